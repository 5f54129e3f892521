// Doctor on machines that are really whole and really broken, each made so by namespaces that go with the test.
import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DoctorDocument } from '../../lab/cli/doctor/document.ts';
import { ROOT } from '../support/tcplab.ts';

interface Outcome {
  readonly document: DoctorDocument;
  readonly exitCode: number | undefined;
}

/** What stops hosts in namespaces is the question, whatever an engine has. */
const DOCTOR = ['doctor', '--backend', 'namespaces', '--json'];

/** The directory for copies of the lab and of PATH. */
let place: string;

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'tcplab-doctor-'));
  await chmod(place, 0o755);
});
afterAll(() => rm(place, { recursive: true }));

/** Runs doctor of the lab in `root`; `before` is shell run first, inside namespaces of its own when it is given. */
async function doctor(
  options: { root?: string; before?: string; path?: string; uid?: number } = {},
): Promise<Outcome> {
  const { root = ROOT, before, path, uid } = options;
  const command = [process.execPath, join(root, 'lab/cli/main.ts'), ...DOCTOR];
  const wrapped =
    before === undefined
      ? command
      : ['unshare', '-Urm', 'sh', '-c', `${before}\nexec "$@"`, 'sh', ...command];
  const { stdout, stderr, exitCode } = await execa(wrapped[0] as string, wrapped.slice(1), {
    reject: false,
    stdin: 'ignore',
    env: path === undefined ? {} : { PATH: path },
    ...(uid === undefined ? {} : { uid, gid: uid, cwd: '/' }),
  });
  expect(stderr).toBe('');
  return { document: JSON.parse(stdout) as DoctorDocument, exitCode };
}

/** What stops the tour, as `id: detail`. */
function problems({ document }: Outcome): string[] {
  return document.checks
    .filter(({ status }) => status === 'missing' || status === 'broken')
    .map(({ id, detail }) => `${id}: ${detail}`);
}

function check({ document }: Outcome, id: string) {
  return document.checks.find((one) => one.id === id);
}

/** A copy of the lab whose packages are links, but for raw-socket, which is a copy and may be spoilt. */
async function copyOfTheLab(name: string, packages: readonly string[]): Promise<string> {
  const root = join(place, name);
  await mkdir(join(root, 'node_modules'), { recursive: true });
  for (const part of ['lab', 'servers', 'clients', 'package.json']) {
    await cp(join(ROOT, part), join(root, part), { recursive: true });
  }
  for (const one of packages) {
    const [from, to] = [join(ROOT, 'node_modules', one), join(root, 'node_modules', one)];
    await mkdir(dirname(to), { recursive: true });
    if (one === 'raw-socket') await cp(from, to, { recursive: true });
    else await symlink(from, to);
  }
  return root;
}

const PACKAGES = Object.keys(
  (JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { dependencies: object }).dependencies,
);

/** A directory for PATH with links to these tools and nothing else. */
async function pathWith(...tools: string[]): Promise<string> {
  const directory = await mkdtemp(join(place, 'path-'));
  for (const tool of tools) {
    const { stdout } = await execa('sh', ['-c', `command -v ${tool}`]);
    await symlink(stdout, join(directory, tool));
  }
  return directory;
}

test('on this machine everything the tour needs works', async () => {
  const outcome = await doctor();
  expect(problems(outcome)).toEqual([]);
  expect(outcome.document).toMatchObject({
    schema: 'tcplab/doctor/1',
    ready: true,
    backends: ['namespaces'],
    untried: [],
  });
  expect(outcome.exitCode).toBe(0);
  const ids = [
    'koffi',
    'raw-socket',
    'libnftables',
    'ss',
    'namespaces',
    'link',
    'gates',
    'raw',
    'tap',
    'sockets',
  ];
  for (const id of ids) expect(check(outcome, id)?.status).toBe('works');
});

test('the text ends in one sentence, and has no control codes where there is no terminal', async () => {
  const { stdout, exitCode } = await execa(process.execPath, ['lab/cli/main.ts', 'doctor'], { cwd: ROOT });
  expect(exitCode).toBe(0);
  expect(stdout).not.toContain('\u001b');
  expect(stdout.split('\n').at(-1)).toBe('Everything the tour needs works.');
});

test.runIf(process.getuid?.() === 0)('an ordinary user needs no root', async () => {
  const root = await copyOfTheLab('for-anybody', PACKAGES);
  const outcome = await doctor({ root, uid: 65_534 });
  expect(problems(outcome)).toEqual([]);
  expect(check(outcome, 'namespaces')?.detail).toContain('without root');
});

describe('tools', () => {
  test('without ss the tour stops, and ss inside had to wait', async () => {
    const outcome = await doctor({ path: await pathWith('unshare', 'setpriv') });
    expect(problems(outcome)).toEqual(['ss: not installed']);
    expect(outcome.document.untried).toEqual([{ id: 'ss-inside', title: 'ss inside', detail: 'ss first' }]);
    expect(outcome.exitCode).toBe(4);
  });

  test('without unshare no namespaces are tried', async () => {
    const outcome = await doctor({ path: await pathWith('ss', 'setpriv') });
    expect(problems(outcome)).toEqual(['unshare: not installed']);
    expect(outcome.document.untried).toContainEqual({
      id: 'namespaces',
      title: 'namespaces',
      detail: 'unshare first',
    });
  });

  test('BusyBox in the place of unshare is told from it', async () => {
    const path = await pathWith('ss', 'setpriv');
    await writeFile(
      join(path, 'unshare'),
      '#!/bin/sh\necho "BusyBox v1.36.1 multi-call binary." >&2\nexit 1\n',
      {
        mode: 0o755,
      },
    );
    const outcome = await doctor({ path });
    expect(check(outcome, 'unshare')?.detail).toContain('BusyBox?');
  });

  test('without nft and libnftables: nft is not needed, the library is', async () => {
    const { stdout } = await execa('sh', [
      '-c',
      'command -v nft; find /usr/lib* /lib -name libnftables.so.1',
    ]);
    const hide = stdout.split('\n').map((file) => `mount --bind /dev/null $(readlink -f ${file})`);
    const outcome = await doctor({ before: [...new Set(hide)].join('\n') });
    expect(check(outcome, 'nft')?.status).toBe('optional');
    expect(problems(outcome)).toEqual([
      expect.stringContaining('libnftables: libnftables.so.1 does not load'),
    ]);
    expect(outcome.document.untried).toEqual([
      { id: 'gates', title: 'nftables gates', detail: 'libnftables first' },
    ]);
  });
});

describe('packages', () => {
  const without = (name: string): string[] => PACKAGES.filter((one) => one !== name);

  test('none at all: doctor still says so', async () => {
    const outcome = await doctor({ root: await copyOfTheLab('bare', []) });
    expect(problems(outcome).map((problem) => problem.split(':')[0])).toEqual([
      'packages',
      'koffi',
      'raw-socket',
    ]);
    expect(outcome.exitCode).toBe(4);
    expect(check(outcome, 'koffi')?.remedy).toContain('./tcplab doctor');
    expect(outcome.document.untried.map(({ detail }) => detail)).toContain('koffi first');
  });

  test('raw-socket not installed', async () => {
    const outcome = await doctor({ root: await copyOfTheLab('no-raw', without('raw-socket')) });
    expect(problems(outcome)).toContain('raw-socket: the package is not installed');
    expect(check(outcome, 'raw-socket')?.disables).toContain('clients/withhold-ack.ts');
  });

  test('raw-socket never compiled', async () => {
    const root = await copyOfTheLab('not-compiled', PACKAGES);
    await rm(join(root, 'node_modules/raw-socket/build'), { recursive: true });
    expect(problems(await doctor({ root }))).toEqual([
      expect.stringContaining('raw-socket: is not compiled'),
    ]);
  });

  test('raw-socket compiled for another Node', async () => {
    const root = await copyOfTheLab('other-abi', PACKAGES);
    await changeAbi(join(root, 'node_modules/raw-socket/build/Release/raw.node'), 115);
    const expected = `raw-socket: is compiled for another Node (ABI 115, this Node has ${process.versions.modules})`;
    expect(problems(await doctor({ root }))).toEqual([expect.stringContaining(expected)]);
  });

  test('raw-socket cut short', async () => {
    const root = await copyOfTheLab('cut-short', PACKAGES);
    await truncate(join(root, 'node_modules/raw-socket/build/Release/raw.node'), 4096);
    const [problem] = problems(await doctor({ root }));
    expect(problem).toMatch(/^raw-socket: (does not load|loading it crashed Node)/);
  });
});

/** Writes another ABI into the `node_module` structure of an addon: version, flags 0, handle 0. node.h. */
async function changeAbi(file: string, abi: number): Promise<void> {
  const bytes = await readFile(file);
  const head = Buffer.alloc(16);
  head.writeInt32LE(Number(process.versions.modules));
  const at = bytes.indexOf(head);
  expect(at).toBeGreaterThan(0);
  bytes.writeInt32LE(abi, at);
  await writeFile(file, bytes);
}

describe('namespaces', () => {
  test.each(['user', 'net', 'mnt', 'pid'])('user.max_%s_namespaces is 0', async (kind) => {
    const outcome = await doctor({ before: `echo 0 > /proc/sys/user/max_${kind}_namespaces` });
    expect(problems(outcome)).toEqual([`namespaces: user.max_${kind}_namespaces is 0`]);
    expect(check(outcome, 'namespaces')?.remedy).toContain(`sysctl -w user.max_${kind}_namespaces=15000`);
    expect(outcome.exitCode).toBe(4);
    expect(outcome.document.untried.map(({ id }) => id)).toContain('gates');
  });

  test('one network namespace too few inside', async () => {
    // The lab itself takes one of them; the probe's host would be the second. On a busy machine it may be the lab's own that is one too many:
    // the kernel counts a namespace until it has cleaned up after it, which is later than the end of the trial before.
    const outcome = await doctor({ before: 'echo 1 > /proc/sys/user/max_net_namespaces' });
    expect(problems(outcome)).toEqual([
      expect.stringMatching(
        /^(hosts: the limit user\.max_net_namespaces|namespaces: the kernel's limit of namespaces) is reached/,
      ),
    ]);
  });

  test('parts of /proc are covered, as in a container', async () => {
    const outcome = await doctor({ before: 'mount -t tmpfs none /proc/sys/kernel' });
    expect(problems(outcome)).toEqual([
      expect.stringContaining('namespaces: parts of /proc are covered (/proc/sys/kernel)'),
    ]);
  });
});

/** Puts a seccomp filter on itself that refuses unshare(2), as container engines do, and starts a command. seccomp(2). */
const REFUSE_UNSHARE = `
  import { spawnSync } from 'node:child_process';
  import koffi from '${join(ROOT, 'node_modules/koffi/index.js')}';
  const prctl = koffi.load(null).func('int prctl(int, unsigned long, void *, unsigned long, unsigned long)');
  const [PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, FILTER, EPERM] = [38, 22, 2, 1];
  const unshare = process.arch === 'arm64' ? 97 : 272;
  const code = Buffer.alloc(32);
  [[0x20, 0, 0, 0], [0x15, 0, 1, unshare], [0x06, 0, 0, 0x50000 | EPERM], [0x06, 0, 0, 0x7fff0000]].forEach(
    ([op, yes, no, k], n) => {
      code.writeUInt16LE(op, n * 8);
      code.set([yes, no], n * 8 + 2);
      code.writeUInt32LE(k, n * 8 + 4);
    },
  );
  const program = Buffer.alloc(16);
  program.writeUInt16LE(4);
  program.writeBigUInt64LE(BigInt(koffi.address(code)), 8);
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, null, 0, 0) !== 0 || prctl(PR_SET_SECCOMP, FILTER, program, 0, 0) !== 0)
    throw new Error('no seccomp filter');
  const [command, ...args] = process.argv.slice(1);
  process.exitCode = spawnSync(command, args, { stdio: 'inherit' }).status;
`;

test('a seccomp filter that refuses unshare', async () => {
  const command = [process.execPath, join(ROOT, 'lab/cli/main.ts'), ...DOCTOR];
  const { stdout, stderr, exitCode } = await execa(
    process.execPath,
    ['--input-type=module', '-e', REFUSE_UNSHARE, '--', ...command],
    { reject: false },
  );
  expect(stderr).toBe('');
  const document = JSON.parse(stdout) as DoctorDocument;
  expect(problems({ document, exitCode })).toEqual([
    expect.stringMatching(/^namespaces: .*seccomp filter .* refuses unshare$/),
  ]);
  expect(exitCode).toBe(4);
});

test('a verb that finds no namespaces says so in one line, and leads here', async () => {
  const command = 'echo 0 > /proc/sys/user/max_user_namespaces; exec "$@"';
  const { stderr, exitCode } = await execa(
    'unshare',
    ['-Ur', 'sh', '-c', command, 'sh', process.execPath, join(ROOT, 'lab/cli/main.ts'), 'tour'],
    // With an engine it would go on in containers.
    { reject: false, env: { DOCKER_HOST: 'unix:///nowhere' } },
  );
  expect(exitCode).toBe(4);
  expect(stderr.split('\n')).toEqual([
    'unshare: unshare failed: No space left on device',
    "tcplab: the lab's namespaces could not be made or entered: unshare ended with exit code 1. To see why, and what to do: ./tcplab doctor",
  ]);
});
