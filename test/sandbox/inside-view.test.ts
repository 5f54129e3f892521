import { expect, test } from 'vitest';
import { CLONE, FORBIDDEN_CALLS, MISSING_CALLS, SOCKET } from '../../lab/host/sandbox/forbidden-calls.ts';
import { teachingFiles } from '../../lab/host/sandbox/teaching-files.ts';
import { runInSlot, submission } from './support/slot.ts';

/** Runs one program in a slot and gives what it prints as JSON, and the worker's own namespaces. */
async function seen<T>(
  source: string,
  ...args: string[]
): Promise<{ said: T; namespaces: Readonly<Record<string, string>> }> {
  using folder = submission({ 'client.ts': source, 'answers.json': '{}' });
  const { ended, namespaces } = await runInSlot([{ file: folder.file('client.ts'), args }]);
  expect(ended[0]).toMatchObject({ exit: { code: 0, signal: null }, stderr: '' });
  return { said: JSON.parse(ended[0]?.stdout ?? '') as T, namespaces };
}

test('the program is nobody, may open raw sockets and nothing else, and cannot gain anything', async () => {
  const { said } = await seen<Record<string, string>>(`import { readFileSync } from 'node:fs';
    const status = readFileSync('/proc/self/status', 'utf8');
    console.log(JSON.stringify(Object.fromEntries(status.split('\\n').map((line) => line.split(':\\t')))));`);
  const NET_RAW = '0000000000002000';
  expect(said).toMatchObject({
    ...{ CapInh: NET_RAW, CapPrm: NET_RAW, CapEff: NET_RAW, CapBnd: NET_RAW, CapAmb: NET_RAW },
    ...{ Uid: '1000\t1000\t1000\t1000', Gid: '1000\t1000\t1000\t1000', NoNewPrivs: '1', Seccomp: '2' },
  });
});

test('all its namespaces are its own', async () => {
  const { said, namespaces } = await seen<Record<string, string>>(`import { readlinkSync } from 'node:fs';
    const kinds = ['user', 'net', 'pid', 'mnt', 'ipc', 'uts', 'cgroup'];
    console.log(JSON.stringify(Object.fromEntries(kinds.map((kind) => [kind, readlinkSync('/proc/self/ns/' + kind)]))));`);
  expect(Object.keys(namespaces)).toEqual(Object.keys(said));
  for (const [kind, name] of Object.entries(namespaces)) expect(said[kind], kind).not.toBe(name);
});

test('its environment, its name for the host, its descriptors: nothing is of the grader, and there is no terminal', async () => {
  const { said } = await seen<{
    env: unknown;
    hostname: string;
    open: string[];
    processes: string[];
    first: string[];
    tty: string;
  }>(
    `import { openSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
    import { hostname } from 'node:os';
    const open = readdirSync('/proc/self/fd').flatMap((fd) => { try { return [readlinkSync('/proc/self/fd/' + fd)]; } catch { return []; } });
    let tty = 'open';
    try { openSync('/dev/tty', 'r+'); } catch (error) { tty = error.code; }
    const processes = readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name));
    const first = ['cmdline', 'environ'].map((name) => readFileSync('/proc/1/' + name, 'utf8'));
    console.log(JSON.stringify({ env: process.env, hostname: hostname(), open, processes, first, tty }));`,
  );
  expect(said.env).toEqual({
    ...{ PATH: '/usr/bin:/bin', HOME: '/tmp', TMPDIR: '/tmp', LANG: 'C.UTF-8' },
    ...{ NODE_COMPILE_CACHE: '/cache', PWD: '/submission' },
  });
  expect(said.hostname).toBe('client');
  expect(said.tty).toBe('ENOENT');
  expect(said.processes).toEqual(['1', '2']);
  expect(said.first.join()).not.toMatch(/SECRET|tcplab|lab\//);
  expect(said.first.join()).not.toContain(process.cwd());
  // Standard input is /dev/null, as is what Node opens for itself; output and error are a socket each; the rest is Node's event loops.
  const kinds = Map.groupBy(said.open, (name) =>
    name.replace(/:?\[.*|^anon_inode.*/, (end) => (end.startsWith('anon') ? 'anon' : '')),
  );
  expect([...kinds.keys()].sort()).toEqual(['/dev/null', 'anon', 'pipe', 'socket']);
  expect(kinds.get('socket')).toHaveLength(2);
  for (const ends of Map.groupBy(kinds.get('pipe') ?? [], (name) => name).values())
    expect(ends).toHaveLength(2);
});

test('the files that it sees are its own, the teaching modules, two tools and their libraries', async () => {
  const { said } = await seen<string[]>(`import { readdirSync } from 'node:fs';
    const walk = (folder) => readdirSync(folder + '/', { withFileTypes: true }).flatMap((entry) => {
      const path = folder + '/' + entry.name;
      if (path === '/proc') return [];
      return entry.isDirectory() ? walk(path) : [path];
    });
    console.log(JSON.stringify(walk('')));`);
  const known = [
    ...teachingFiles().map((path) => `/${path}`),
    ...['/submission/answers.json', '/submission/client.ts'],
    ...['/usr/bin/node', '/usr/bin/sh', '/usr/bin/ss', '/bin/sh'],
    ...['/etc/passwd', '/etc/group', '/etc/hosts', '/etc/nsswitch.conf'],
    ...['null', 'zero', 'full', 'random', 'urandom'].map((name) => `/dev/${name}`),
  ];
  const rest = said.filter((path) => !known.includes(path) && !path.startsWith('/cache/'));
  expect(
    rest.filter((path) => !/^\/(usr\/)?lib(64|32|x32)?\/([\w-]+\/)?[\w.+-]+\.so(\.\d+)*$/.test(path)),
  ).toEqual([]);
  expect(known.filter((path) => !said.includes(path))).toEqual([]);
  expect(said.filter((path) => /exercise|servers|clients|grade|judge|test/.test(path))).toEqual([]);
});

test('nothing but /tmp can be written, /proc and its sysctls least of all', async () => {
  const places = [
    ...[
      '/',
      '/submission/',
      '/lab/',
      '/lab/sys/',
      '/cache/',
      '/dev/',
      '/etc/',
      '/usr/bin/',
      '/node_modules/',
    ],
  ];
  const files = [
    ...[
      '/proc/sys/net/ipv4/tcp_syncookies',
      '/proc/sys/net/ipv4/ip_local_port_range',
      '/proc/sys/kernel/hostname',
    ],
    ...['/proc/sys/user/max_user_namespaces', '/proc/sys/kernel/core_pattern', '/proc/self/oom_score_adj'],
    ...[
      '/proc/self/mem',
      '/proc/1/mem',
      '/proc/self/uid_map',
      '/submission/client.ts',
      '/lab/sys/socket.ts',
      '/usr/bin/node',
    ],
  ];
  const { said } = await seen<Record<string, string>>(
    `import { openSync, writeFileSync } from 'node:fs';
    const [places, files] = process.argv.slice(2).map((text) => JSON.parse(text));
    const tried = {};
    const attempt = (name, work) => { try { work(); tried[name] = 'written'; } catch (error) { tried[name] = error.code; } };
    for (const place of places) attempt(place, () => writeFileSync(place + 'x', 'x'));
    for (const file of files) attempt(file, () => openSync(file, 'r+'));
    attempt('/tmp/', () => writeFileSync('/tmp/x', 'x'));
    console.log(JSON.stringify(tried));`,
    JSON.stringify(places),
    JSON.stringify(files),
  );
  const { '/tmp/': tmp, ...others } = said;
  expect(tmp).toBe('written');
  expect(Object.keys(others)).toEqual([...places, ...files]);
  for (const [place, code] of Object.entries(others))
    expect(['EROFS', 'EACCES', 'EPERM', 'ETXTBSY'], `${place}: ${code}`).toContain(code);
});

/** Calls the kernel from the program itself, past every library: koffi is there for the teaching modules. */
const CALL = `import koffi from 'koffi';
  import { constants } from 'node:os';
  const call = koffi.load(null).func('long syscall(long, long, long, long, long, long, long)');
  const names = new Map(Object.entries(constants.errno).map(([name, number]) => [number, name]));
  const answer = (...args) => {
    const result = call(...args, ...Array(7 - args.length).fill(0));
    return result >= 0 ? 'done' : names.get(koffi.errno());
  };`;

test('every forbidden call answers EPERM, and those with an older way ENOSYS', async () => {
  const arch = process.arch === 'arm64' ? 'arm64' : 'x64';
  const numbers = (calls: Readonly<Record<string, { x64?: number; arm64?: number }>>): [string, number][] =>
    Object.entries(calls).flatMap(([name, number]) =>
      number[arch] === undefined ? [] : [[name, number[arch]]],
    );
  const forbidden = Object.values(FORBIDDEN_CALLS).flatMap(numbers);
  const missing = [...numbers(MISSING_CALLS), ['a call of the future', 463] as [string, number]];
  const { said } = await seen<Record<string, string>>(
    `${CALL}
    const calls = JSON.parse(process.argv[2]);
    console.log(JSON.stringify(Object.fromEntries(calls.map(([name, number]) => [name, answer(number)]))));`,
    JSON.stringify([...forbidden, ...missing]),
  );
  expect(forbidden.length).toBeGreaterThan(60);
  expect(said).toEqual({
    ...Object.fromEntries(forbidden.map(([name]) => [name, 'EPERM'])),
    ...Object.fromEntries(missing.map(([name]) => [name, 'ENOSYS'])),
  });
});

test('no namespace can be made by clone, nor by unshare(1) of another program', async () => {
  const number = CLONE[process.arch === 'arm64' ? 'arm64' : 'x64'];
  const flags = {
    user: 0x1000_0000,
    net: 0x4000_0000,
    mnt: 0x2_0000,
    pid: 0x2000_0000,
    uts: 0x400_0000,
    ipc: 0x800_0000,
    cgroup: 0x200_0000,
  };
  const { said } = await seen<Record<string, string>>(
    `${CALL}
    console.log(JSON.stringify(Object.fromEntries(Object.entries(${JSON.stringify(flags)}).map(([name, flag]) => [name, answer(${number}, flag + 17)]))));`,
  );
  expect(said).toEqual(Object.fromEntries(Object.keys(flags).map((name) => [name, 'EPERM'])));
});

test('sockets are those of the course: TCP, UDP, ping and raw ones, Unix, and the netlinks that tell of the host', async () => {
  const number = SOCKET[process.arch === 'arm64' ? 'arm64' : 'x64'];
  const sockets: Record<string, [domain: number, type: number, protocol: number, expected: string]> = {
    ...{
      tcp: [2, 1, 0, 'done'],
      tcp6: [10, 1, 6, 'done'],
      udp: [2, 2, 0, 'done'],
      raw: [2, 3, 6, 'done'],
      raw6: [10, 3, 6, 'done'],
    },
    ...{ unix: [1, 1, 0, 'done'], route: [16, 3, 0, 'done'], 'sock-diag': [16, 3, 4, 'done'] },
    ...{ nonblocking: [2, 1 | 0x800 | 0x80000, 0, 'done'] },
    ...{
      mptcp: [2, 1, 262, 'EPROTONOSUPPORT'],
      sctp: [2, 1, 132, 'EPROTONOSUPPORT'],
      udplite: [2, 2, 136, 'EPROTONOSUPPORT'],
    },
    ...{
      packet: [17, 3, 0, 'EAFNOSUPPORT'],
      vsock: [40, 1, 0, 'EAFNOSUPPORT'],
      alg: [38, 5, 0, 'EAFNOSUPPORT'],
    },
    ...{
      xdp: [44, 3, 0, 'EAFNOSUPPORT'],
      bluetooth: [31, 3, 0, 'EAFNOSUPPORT'],
      can: [29, 3, 1, 'EAFNOSUPPORT'],
    },
    ...{ netfilter: [16, 3, 12, 'EPROTONOSUPPORT'], uevents: [16, 3, 15, 'EPROTONOSUPPORT'] },
  };
  const { said } = await seen<Record<string, string>>(
    `${CALL}
    const sockets = Object.entries(JSON.parse(process.argv[2]));
    console.log(JSON.stringify(Object.fromEntries(sockets.map(([name, [a, b, c]]) => [name, answer(${number}, a, b, c)]))));`,
    JSON.stringify(sockets),
  );
  expect(said).toEqual(
    Object.fromEntries(Object.entries(sockets).map(([name, [, , , expected]]) => [name, expected])),
  );
});

test('its host is its whole network, and it can change nothing of it', async () => {
  const { said } = await seen<{ names: string[]; up: string; repair: string; mark: string }>(
    `${CALL}
    import { networkInterfaces } from 'node:os';
    import { KernelSocket } from '#lab/socket';
    const SET_LINK = Buffer.alloc(32);
    SET_LINK.writeUInt32LE(32, 0); SET_LINK.writeUInt16LE(16, 4); SET_LINK.writeUInt16LE(5, 6); SET_LINK.writeInt32LE(2, 20); SET_LINK.writeUInt32LE(1, 28);
    const libc = koffi.load(null);
    const socket = libc.func('int socket(int, int, int)'), send = libc.func('long send(int, void *, size_t, int)'), recv = libc.func('long recv(int, _Out_ void *, size_t, int)');
    const route = socket(16, 3, 0);
    send(route, SET_LINK, 32, 0);
    const answered = Buffer.alloc(512); recv(route, answered, 512, 0);
    const up = names.get(-answered.readInt32LE(16));
    const tcp = KernelSocket.open();
    let repair = 'done';
    try { tcp.setOption(6, 19, 1); } catch (error) { repair = error.code; }
    let mark = 'done';
    try { tcp.setOption(1, 36, 7); } catch (error) { mark = error.code; }
    console.log(JSON.stringify({ names: Object.keys(networkInterfaces()), up, repair, mark }));`,
  );
  expect(said).toEqual({ names: ['lo', 'eth0'], up: 'EPERM', repair: 'EPERM', mark: 'done' });
});
