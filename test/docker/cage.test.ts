import { cpus } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDockerNetworks, dockerNetwork } from '../../lab/host/docker/network.ts';
import type { Network } from '../../lab/host/host.ts';
import type { RunningProgram } from '../../lab/host/program.ts';
import { DEFAULT_LIMITS, type Limits } from '../../lab/host/sandbox/limits.ts';
import { GREEDY, GREEDY_LIMITS, HONEST } from '../sandbox/support/greedy.ts';
import { submission } from '../sandbox/support/slot.ts';
import { docker } from './support/made.ts';

const TIMEOUT = { timeout: 120_000 };
const LIMITS: Limits = { ...DEFAULT_LIMITS, ...GREEDY_LIMITS };
const NET_RAW = '0000000000002000';
/** Of 1,024, which every other container has. */
const LEAST_SHARES = 2;

let network: Network | undefined;

beforeAll(async () => {
  network = await dockerNetwork({ hosts: ['client'], confinement: { limits: LIMITS, hosts: ['client'] } });
}, 60_000);

afterAll(closeDockerNetworks);

async function run(file: string, untrusted = true): Promise<RunningProgram> {
  const program = await started(file, untrusted);
  await program.exited;
  return program;
}

async function started(file: string, untrusted = true): Promise<RunningProgram> {
  const program = await network?.host('client').run(file, [], { untrusted });
  if (program === undefined) throw new Error('there is no host');
  return program;
}

/** What one program in the cage prints as JSON. */
async function seen<T>(source: string): Promise<T> {
  using folder = submission({ 'client.ts': source });
  const { exit, stdout, stderr } = await run(folder.file('client.ts'));
  expect(exit, stderr).toEqual({ code: 0, signal: null });
  return JSON.parse(stdout) as T;
}

const names = Object.keys(GREEDY) as (keyof typeof GREEDY)[];

test.each(names)('%s: the limit ends it, and the next program is none the worse', TIMEOUT, async (name) => {
  using folder = submission({ 'greedy.ts': GREEDY[name] });
  using after = submission({ 'honest.ts': HONEST });
  const greedy = await run(folder.file('greedy.ts'));
  expect(greedy.limit?.kind, greedy.stderr).toBe(name.split('-')[0]);
  expect(greedy.exit).toEqual({ code: null, signal: 'SIGKILL' });
  const honest = await run(after.file('honest.ts'));
  expect([honest.exit?.code, honest.stdout, honest.limit], honest.stderr).toEqual([
    0,
    'ECONNREFUSED\n',
    undefined,
  ]);
});

test(
  'one that has its launcher ended for want of memory, and not itself, has reached that limit',
  TIMEOUT,
  async () => {
    using folder = submission({
      'last.ts': `import { writeFileSync } from 'node:fs';
    writeFileSync('/proc/self/oom_score_adj', '0');
    const each = 'head -c 24000000 /dev/zero | tail -c 24000000 | sleep 30 &';
    process.execve('/bin/sh', ['sh', '-c', each.repeat(12) + ' wait'], process.env);`,
    });
    const limits = { ...DEFAULT_LIMITS, memoryBytes: 128 << 20 };
    await using other = await dockerNetwork({
      hosts: ['client'],
      confinement: { limits, hosts: ['client'] },
    });
    const program = await other.host('client').run(folder.file('last.ts'), [], { untrusted: true });
    expect(await program.exited, program.stderr).toEqual({ code: null, signal: 'SIGKILL' });
    expect(program.limit?.kind).toBe('mem');
  },
);

test('a program that goes on for too long is ended when its time is up', TIMEOUT, async () => {
  using folder = submission({ 'waits.ts': 'setTimeout(() => {}, 30_000);' });
  const limits = { ...LIMITS, wallMs: 1_500 };
  await using other = await dockerNetwork({ hosts: ['client'], confinement: { limits, hosts: ['client'] } });
  const program = await other.host('client').run(folder.file('waits.ts'), [], { untrusted: true });
  expect(await program.exited).toEqual({ code: null, signal: 'SIGKILL' });
  expect(program.limit?.kind).toBe('wall');
});

test('a limit that was reached just now is told by a look, and is the end', TIMEOUT, async () => {
  using folder = submission({
    'many.ts': `import { openSync } from 'node:fs';
    for (let n = 0; n < 2_000; n++) try { openSync('/dev/null', 'r'); } catch {}
    console.log('ready');
    setTimeout(() => {}, 30_000);`,
  });
  const program = await started(folder.file('many.ts'));
  await expect.poll(() => program.stdout + (program.limit?.kind ?? '')).not.toBe('');
  await program.look();
  expect(program.limit?.kind).toBe('fds');
  expect(await program.exited).toEqual({ code: null, signal: 'SIGKILL' });
});

test('a program that others keep from running is told from one that does not want to', TIMEOUT, async () => {
  using folder = submission({
    'loops.ts': 'const end = performance.now() + 30_000; while (performance.now() < end);',
    'rests.ts': 'setTimeout(() => {}, 30_000);',
  });
  const cages = { label: [`tcplab.owner.pid=${process.pid}`], name: ['-client-cage'] };
  const [cage] = await docker.listContainers({ filters: JSON.stringify(cages) });
  await docker.getContainer(cage?.Id ?? '').update({ CpuShares: LEAST_SHARES });
  const loops = await Promise.all(cpus().map(() => started(folder.file('loops.ts'), false)));
  const starved = await started(folder.file('loops.ts'));
  await expect.poll(() => starved.waitedMs, { timeout: 25_000 }).toBeGreaterThan(3_000);
  await Promise.all([...loops, starved].map((program) => program.stop()));
  const rests = await started(folder.file('rests.ts'));
  await rests.look();
  expect(rests.waitedMs).toBeLessThan(2_000);
  await rests.stop();
});

test(
  'it is nobody, may open raw sockets and nothing else, and has nothing of the grader',
  TIMEOUT,
  async () => {
    const said = await seen<{
      status: Record<string, string>;
      env: object;
      hostname: string;
      hidden: string[];
    }>(
      `import { readFileSync, readdirSync } from 'node:fs';
    import { hostname } from 'node:os';
    const status = Object.fromEntries(readFileSync('/proc/self/status', 'utf8').split('\\n').map((line) => line.split(':\\t')));
    const attempt = (work) => { try { return String(work()); } catch (error) { return error.code; } };
    const launcher = readdirSync('/proc').find((pid) => /^\\d+$/.test(pid) && readFileSync('/proc/' + pid + '/cmdline', 'utf8').includes('launcher'));
    const hidden = [
      ...['/proc/1/environ', '/proc/1/fd', '/proc/' + launcher + '/environ', '/proc/' + launcher + '/fd/1'].map((path) => attempt(() => readdirSync(path))),
      attempt(() => process.kill(Number(launcher), 'SIGUSR1')),
      attempt(() => process.kill(1, 'SIGTERM')),
    ];
    console.log(JSON.stringify({ status, env: process.env, hostname: hostname(), hidden }));`,
    );
    expect(said.status).toMatchObject({
      ...{ CapInh: NET_RAW, CapPrm: NET_RAW, CapEff: NET_RAW, CapBnd: NET_RAW, CapAmb: NET_RAW },
      ...{ Uid: '1000\t1000\t1000\t1000', Gid: '1000\t1000\t1000\t1000', NoNewPrivs: '1', Seccomp: '2' },
    });
    expect(Object.keys(said.env).sort()).toEqual(['HOME', 'LANG', 'NODE_COMPILE_CACHE', 'PATH', 'TMPDIR']);
    expect(said.hostname).toBe('client');
    for (const code of said.hidden) expect(['EACCES', 'EPERM', 'ENOTDIR'], code).toContain(code);
  },
);

test(
  'it sees its own files and the teaching modules: no reference, exercise or judge, by no name',
  TIMEOUT,
  async () => {
    const said = await seen<{ lab: string[]; checkout: string[]; found: string[]; written: string[] }>(
      `import { readdirSync, writeFileSync } from 'node:fs';
    import { KernelSocket } from '#lab/socket';
    import { RawPeer } from '#lab/raw';
    const list = (folder) => { try { return readdirSync(folder, { recursive: true }); } catch (error) { return [error.code]; } };
    const found = ['/', '/cage', '/home', '/root', '/opt', '/srv', '/var', '/etc', '/tmp', '/dev', '/run', '/mnt', '/media', '/usr/local/share', '/usr/src']
      .flatMap((folder) => folder === '/' ? readdirSync('/') : list(folder))
      .filter((name) => /(^|\\/)(exercises?|servers|clients|grade|slots|judge|starter|wrong|withhold-ack\\.ts|docker\\.sock)(\\/|$)/.test(name));
    const written = ['/', '/cage/', '/cage/submission/', '/tcplab/', '/etc/', '/dev/', '/dev/shm/', '/var/tmp/', '/run/', '/sys/fs/cgroup/', '/proc/sys/net/ipv4/', '/tmp/']
      .filter((folder) => { try { writeFileSync(folder + 'x', 'x'); return true; } catch { return false; } });
    console.log(JSON.stringify({ lab: readdirSync('/cage/lab'), checkout: list('/tcplab'), found, written, modules: [typeof KernelSocket, typeof RawPeer] }));`,
    );
    expect(said).toEqual({
      lab: ['gate', 'host', 'raw', 'sys', 'tcp'],
      checkout: [],
      found: [],
      written: ['/tmp/'],
      modules: ['function', 'function'],
    });
  },
);

test('namespaces, mounts, rings and packets past IP are refused', TIMEOUT, async () => {
  const said = await seen<Record<string, string>>(
    `import koffi from 'koffi';
    import { constants } from 'node:os';
    import { spawnSync } from 'node:child_process';
    const names = new Map(Object.entries(constants.errno).map(([name, number]) => [number, name]));
    const libc = koffi.load(null);
    const answer = (result) => result >= 0 ? 'done' : names.get(koffi.errno());
    const call = libc.func('long syscall(long, long, long, long, long, long, long)');
    const socket = libc.func('int socket(int, int, int)');
    console.log(JSON.stringify({
      unshare: answer(libc.func('int unshare(int)')(0x10000000)),
      mount: answer(libc.func('int mount(str, str, str, unsigned long, str)')('x', '/tmp', 'tmpfs', 0, '')),
      unmask: answer(libc.func('int umount2(str, int)')('/tcplab', 2)),
      ring: answer(call(425, 8, 0, 0, 0, 0, 0)),
      bpf: answer(call(process.arch === 'arm64' ? 280 : 321, 0, 0, 0, 0, 0, 0)),
      packet: answer(socket(17, 3, 0)),
      raw: answer(socket(2, 3, 6)),
      tool: spawnSync('unshare', ['--user', 'true']).error?.code ?? 'done',
    }));`,
  );
  expect(said).toEqual({
    ...{ unshare: 'EPERM', mount: 'EPERM', unmask: 'EPERM', ring: 'ENOSYS', bpf: 'EPERM' },
    ...{ packet: 'EAFNOSUPPORT', raw: 'done', tool: 'EACCES' },
  });
});

test(
  'what it leaves running ends with it, also what has left its session; then nobody finds anything of it',
  TIMEOUT,
  async () => {
    using folder = submission({
      'daemon.ts': `import { spawn } from 'node:child_process';
      import { writeFileSync } from 'node:fs';
      writeFileSync('/tmp/left', 'x');
      const script = 'trap "" TERM HUP INT; i=0; while [ $i -lt 20000000 ]; do i=$((i+1)); done';
      spawn('sh', ['-c', script], { detached: true, stdio: 'inherit' }).unref();`,
      'looks.ts': `import { readdirSync, readFileSync } from 'node:fs';
      const all = readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name)).map((pid) => readFileSync('/proc/' + pid + '/comm', 'utf8').trim());
      console.log(JSON.stringify([all.filter((name) => name === 'sh'), readdirSync('/tmp')]));`,
    });
    const daemon = await run(folder.file('daemon.ts'));
    expect([daemon.exit?.code, daemon.stderr, daemon.limit]).toEqual([0, '', undefined]);
    const looks = await run(folder.file('looks.ts'));
    expect(looks.stdout, looks.stderr).toBe('[[],[]]\n');
  },
);

test('a program of the lab on the same host does not run in the cage', TIMEOUT, async () => {
  using folder = submission({
    'own.ts': `import { readdirSync } from 'node:fs'; console.log(readdirSync('/tcplab').includes('servers'));`,
  });
  const { stdout, stderr } = await run(folder.file('own.ts'), false);
  expect(stdout, stderr).toBe('true\n');
});
