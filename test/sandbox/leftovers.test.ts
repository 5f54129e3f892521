import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { prepareSlot, type SlotOrders } from '../../lab/host/sandbox/slot.ts';
import { makeSlotGroups, removeSlotGroups } from '../../lab/host/sandbox/slot-groups.ts';
import { isRoot } from '../support/nobody.ts';
import { runInSlot, submission } from './support/slot.ts';

/** A slot's number that no other test has. */
const SLOT = 20_000 + (process.pid % 10_000);
const RUN_JOBS = join(import.meta.dirname, 'inside/run-jobs.ts');

const BUSY = `import { spawn } from 'node:child_process';
  for (let n = 0; n < 5; n++) spawn('sh', ['-c', 'read x'], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  setTimeout(() => {}, 9_000);`;

/** The processes of a user, by their names. */
function processesOf(uid: number): string[] {
  return readdirSync('/proc').flatMap((pid) => {
    try {
      if (!/^\d+$/.test(pid) || statSync(`/proc/${pid}`).uid !== uid) return [];
      return [readFileSync(`/proc/${pid}/comm`, 'utf8').trim()];
    } catch {
      return [];
    }
  });
}

function foldersOf({ groups }: SlotOrders): string[] {
  if (groups === undefined) return [];
  return groups.by === 'cgroup2' ? [groups.folder] : [groups.memory, groups.pids, groups.cpuacct];
}

test('after programs of every kind no process, mount or control group is left', {
  timeout: 60_000,
}, async () => {
  using folder = submission({ 'busy.ts': BUSY, 'short.ts': '' });
  const mounts = readFileSync('/proc/self/mounts', 'utf8');
  const file = (name: string): { file: string } => ({ file: folder.file(name) });
  const { confinement, left } = await runInSlot(
    [file('busy.ts'), ...Array.from({ length: 20 }, () => file('short.ts'))],
    {
      limits: { wallMs: 2_000 },
    },
  );
  expect(left).toEqual([]);
  // To an ordinary user a slot is no user of its own, but `left` says the same of it.
  if (isRoot) expect(processesOf(confinement.uid)).toEqual([]);
  expect(mounts.split('\n')).toEqual(
    expect.arrayContaining(mineOf(readFileSync('/proc/self/mounts', 'utf8'))),
  );
});

/** Other tests mount and unmount containers' file systems meanwhile. */
function mineOf(mounts: string): string[] {
  return mounts.split('\n').filter((line) => !/overlay|docker|shm|nsfs/.test(line));
}

test.runIf(isRoot)(
  'a worker that is killed takes its programs with it, and disposing of the slot the groups',
  { timeout: 60_000 },
  async () => {
    using folder = submission({ 'busy.ts': BUSY });
    const slot = prepareSlot(SLOT);
    const order = { orders: slot.orders, limits: {}, jobs: [{ file: folder.file('busy.ts') }] };
    const [command, ...args] = [...slot.command, process.execPath, RUN_JOBS, JSON.stringify(order)];
    const worker = spawn(command, args, { stdio: 'ignore' });
    await vi.waitFor(
      () => expect(processesOf(slot.uid).filter((name) => name === 'sh')).toHaveLength(5),
      20_000,
    );
    worker.kill('SIGKILL');
    await vi.waitFor(() => expect(processesOf(slot.uid)).toEqual([]), 5_000);
    slot[Symbol.dispose]();
    expect(foldersOf(slot.orders).filter((path) => existsSync(path))).toEqual([]);
  },
);

test.runIf(isRoot)(
  'when the lab itself is killed all goes, and the next slot removes the groups',
  { timeout: 60_000 },
  async () => {
    using folder = submission({ 'busy.ts': BUSY });
    const { uid } = (() => {
      using slot = prepareSlot(SLOT + 1);
      return slot;
    })();
    const outer = spawn(
      process.execPath,
      [join(import.meta.dirname, 'inside/start-and-wait.ts'), String(SLOT + 1), folder.file('busy.ts')],
      { stdio: 'ignore' },
    );
    await vi.waitFor(() => expect(processesOf(uid).filter((name) => name === 'sh')).toHaveLength(5), 20_000);
    outer.kill('SIGKILL');
    await vi.waitFor(() => expect(processesOf(uid)).toEqual([]), 5_000);
    const groups = makeSlotGroups(uid);
    if (groups === undefined) return;
    try {
      const parents = foldersOf({ groups }).map((path) => join(path, '..'));
      const left = parents
        .flatMap((path) => readdirSync(path))
        .filter((name) => name.startsWith(`tcplab-slot-${outer.pid}-`));
      expect(left).toEqual([]);
    } finally {
      removeSlotGroups(groups);
    }
  },
);

test.runIf(isRoot)(
  'a program that cannot be put into its sandbox has not run, and that is said',
  { timeout: 60_000 },
  async () => {
    using folder = submission({ 'client.ts': '', 'honest.ts': '' });
    const { ended } = await runInSlot([
      { file: '/proc/1/root/client.ts' },
      { file: folder.file('honest.ts') },
    ]);
    expect(ended[0]).toMatchObject({ hasRun: false });
    expect(ended[0]?.stderr).toContain('bwrap: ');
    expect(ended[1]).toMatchObject({ hasRun: true, exit: { code: 0, signal: null } });
  },
);

test.runIf(isRoot)('as the machine’s root nothing untrusted is run', { timeout: 60_000 }, async () => {
  await expect(runInSlot([], { asRoot: true })).rejects.toThrow('must not run under user id 0');
});
