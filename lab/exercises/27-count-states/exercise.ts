import type { Exercise } from '../../exercise/exercise.ts';
import { ownTurn } from '../../exercise/own-turn.ts';
import type { Scene, SceneHost } from '../../exercise/scene.ts';
import type { RunningProgram } from '../../host/program.ts';
import type { SocketRecord } from '../../observe/sock-diag.ts';
import type { State } from '../../tcp/states.ts';
import { judgeAgain, judgeCounts, judgeListed, judgeNamed, judgePeers, judgeReport } from './judge-report.ts';
import { READY, READY_AGAIN, tableOf } from './table.ts';

/** Retransmissions that go on for longer than anyone looks at the machine by hand. tcp(7). */
const KNOBS = {
  tcp_syn_retries: '127',
  tcp_synack_retries: '255',
  tcp_orphan_retries: '60',
};

/** How long a program may take for its report, in milliseconds; what it has printed by then is the report. */
const PATIENCE_MS = 3_000;

export const exercise: Exercise = {
  number: 27,
  slug: 'count-states',
  title: 'Count the sockets of a busy machine',
  points: 50,
  paths: {
    server: ['CLOSED', 'LISTEN', 'SYN_RCVD', 'ESTABLISHED', 'FIN_WAIT_1', 'FIN_WAIT_2', 'TIME_WAIT'],
    north: ['CLOSED', 'SYN_SENT', 'ESTABLISHED', 'CLOSE_WAIT', 'LAST_ACK', 'CLOSED'],
  },
  hosts: ['server', 'north', 'south', 'west'],
  ipv6: true,
  knobs: KNOBS,
  cast: {
    'any-address': { host: 'server', provided: 'servers/never-close.ts' },
    'close-first': { host: 'server', provided: 'servers/close-first.ts' },
    'close-last': { host: 'server', provided: 'servers/close-last.ts' },
    clients: { host: 'north', provided: 'clients/connect-many.ts' },
    count: { host: 'server', student: 'count.ts', reference: 'servers/count.ts' },
  },
  lastsMs: 2_500,

  async scenario(scene) {
    const { server } = scene;
    const established = await busy(scene);
    await server.ss();
    for (const moment of [READY, READY_AGAIN] as const) {
      if (moment === READY_AGAIN) await more(scene, established);
      await scene.step(moment);
      const program = await server.start('count', { args: [] });
      await server.until('to have its report', ended(program), { patient: true, deadlineMs: PATIENCE_MS });
    }
  },

  checks: [
    {
      id: 'report',
      title: 'Your program prints lines `state STATE COUNT` and `peer ADDRESS COUNT`',
      weight: 1,
      expects: { server: 'a table with many sockets, and your program that reports on it' },
      help: "Print a line like `state SYN_RCVD 3` for each state, in RFC 9293's words, and one like `peer 198.18.0.2 7` for each machine.",
      judge: judgeReport,
    },
    {
      id: 'states',
      title: 'No state that a socket is in is missing from the report',
      weight: 1,
      needs: ['report'],
      expects: { server: 'sockets in ten states' },
      help: 'Read what ss(8) says about which sockets it shows when you do not ask for all of them.',
      judge: judgeListed,
    },
    {
      id: 'counts',
      title: 'Each state has the number of sockets that the kernel has in it',
      weight: 1,
      needs: ['states'],
      expects: { server: 'as many sockets in each state as the report says' },
      help: 'Print the lines that you count on stderr, and compare them with what ss shows in ./tcplab shell 27 server',
      judge: (j) => judgeCounts(j),
    },
    {
      id: 'peers',
      title: 'The peers are the machines at the other end, each by one address',
      weight: 1,
      needs: ['report'],
      expects: { server: 'connections with three other hosts' },
      help: 'Look at the remote addresses, as ss prints them. Which of them belong to the same machine?',
      judge: judgeNamed,
    },
    {
      id: 'by-peer',
      title: 'Each peer has the number of connections that the kernel has with it',
      weight: 1,
      needs: ['peers'],
      expects: { server: 'as many connections with each peer as the report says' },
      help: 'Every socket but a listener has a peer, whatever state it is in.',
      judge: (j) => judgePeers(j),
    },
    {
      id: 'again',
      title: 'Asked once more, after connections have come, it counts anew',
      weight: 1,
      needs: ['counts', 'by-peer'],
      expects: { server: 'some more sockets in ESTABLISHED than before' },
      help: 'Read the table each time the program is started. The numbers of one moment are not those of the next.',
      judge: judgeAgain,
    },
  ],

  questions: [
    {
      id: 'owner',
      ask: 'Some sockets of the busy machine are in TIME_WAIT. Which program do they belong to?',
      choices: {
        a: 'The program that closed first.',
        b: 'The program that closed last.',
        c: 'None: only the kernel still keeps them.',
      },
      kernel: (evidence) => {
        const rows = tableOf(evidence).rows('TIME_WAIT');
        if (rows.length === 0) return undefined;
        return rows.every(({ inode }) => inode === 0) ? 'c' : 'a';
      },
      hints: {
        a: 'In ./tcplab shell 27 server, type: ss -tanpe state time-wait. A socket that a program has open shows an inode.',
        b: 'In ./tcplab shell 27 server, type: ss -tanpe state time-wait. A socket that a program has open shows an inode.',
      },
    },
    {
      id: 'mapped',
      ask: 'A client connects over IPv4 to a server that listens on the address `::`. As what does the table show the client?',
      choices: {
        a: 'As its IPv4 address: 198.18.7.2',
        b: 'As an IPv6 address that contains it: ::ffff:198.18.7.2',
        c: 'As the IPv6 address that the client also has: 2001:db8::2',
      },
      kernel: (evidence) => {
        const rows = tableOf(evidence).rows('CLOSE_WAIT');
        if (rows.length === 0) return undefined;
        if (rows.every(({ remote }) => remote.address.startsWith('::ffff:'))) return 'b';
        return rows.every(({ remote }) => remote.address.includes(':')) ? 'c' : 'a';
      },
      hints: {
        a: 'A socket that was opened for IPv6 has room for an IPv6 address, and for no other. How can an IPv4 address stand there?',
        c: 'The client has sent IPv4 packets, so the kernel knows only that address of it. How can it stand in an IPv6 socket?',
      },
    },
    {
      id: 'rows',
      ask: "RFC 9293 has eleven states. How many of them can a socket in the kernel's table be seen in?",
      choices: { a: 'Eleven.', b: 'Ten.', c: 'Eight: SYN_RCVD, TIME_WAIT and CLOSED are no sockets.' },
      kernel: (evidence) => {
        const seen = tableOf(evidence).counts.size;
        if (seen < 8) return undefined;
        return seen > 10 ? 'a' : seen === 8 ? 'c' : 'b';
      },
      hints: {
        a: 'What would a row in the table look like, of a connection that is not there?',
        c: 'Count in ./tcplab shell 27 server, with: ss -Htan | cut -d" " -f1 | sort | uniq -c',
      },
    },
  ],
  hints: [
    'Which sockets does `ss -t` leave out when nobody asks for all of them, and why would it?',
    'ss shows only connections unless -a asks for listeners, requests and TIME_WAIT as well. A socket that takes IPv4 and IPv6 shows an IPv4 peer as ::ffff:198.18.7.2; it is the same machine as 198.18.7.2.',
    "execFileSync('ss', ['-Htan'], { encoding: 'utf8' }) gives one line a socket: state, two queues, local and remote address; then remote.replace(/:\\d+$/, '') without its brackets and without ::ffff:",
  ],
  wrong: [
    {
      file: 'without-all.ts',
      believes: 'ss -t shows all TCP sockets',
      fails: 'states',
      says: 'LISTEN, SYN_RCVD and TIME_WAIT',
    },
    {
      file: 'one-family.ts',
      believes: 'ss -4 shows whatever travels over IPv4',
      fails: 'states',
      says: 'no line for',
    },
    {
      file: 'words-of-ss.ts',
      believes: "what ss prints are the states' names",
      fails: 'report',
      says: "ss's word for",
    },
    {
      file: 'mapped-apart.ts',
      believes: '::ffff:198.18.0.2 and 198.18.0.2 are two machines',
      fails: 'peers',
      says: 'is the same machine as',
    },
    {
      file: 'listeners-have-peers.ts',
      believes: 'every line of ss has a peer',
      fails: 'peers',
      says: 'a listener has no peer',
    },
    {
      file: 'only-established.ts',
      believes: 'a connection is what is ESTABLISHED',
      fails: 'by-peer',
      says: 'the report has',
    },
    {
      file: 'hard-coded.ts',
      believes: 'the numbers of one run are those of every run',
      fails: 'again',
      says: 'the report has',
    },
    { file: 'exit-at-once.ts', believes: 'printing PASS is enough', fails: 'report', says: 'no line' },
  ],
};

/** Where to, at which port, and how many connections. */
type Group = readonly [address: string, port: number, count: number];

/**
 * Brings the server into every state at once. No gate is on the server: north lets everything through, south's gate eats FINs,
 * so that whatever the server closes there waits, and at west no handshake gets through, in either direction.
 * @returns how many of its sockets are in ESTABLISHED.
 */
async function busy(scene: Scene): Promise<number> {
  const { server, plan } = scene;
  const [north, south, west] = ['north', 'south', 'west'].map((name) => scene.host(name)) as [
    SceneHost,
    SceneHost,
    SceneHost,
  ];
  const { ipv4, ipv6 = '' } = server.addresses;
  const keep = plan.port;
  const first = keep + 1;
  const last = keep + 2;
  const count = (name: string): number => plan.number(name, 1, 5);
  const start = async (host: SceneHost, part: string, args: readonly unknown[]): Promise<RunningProgram> => {
    await ownTurn();
    return host.start(part, { args: args.map(String) });
  };
  const open = (from: SceneHost, ...groups: Group[]): Promise<RunningProgram> =>
    start(from, 'clients', groups.flat());
  const numbers = Object.fromEntries(NUMBERED.map((name) => [name, count(name)])) as Record<Numbered, number>;

  await Promise.all([south.gate('fin'), west.gate('syn'), west.gate('syn-ack')]);
  await start(server, 'any-address', ['::', keep]);
  await start(server, 'close-first', [ipv4, first]);
  await start(server, 'close-last', [ipv6, last]);
  await Promise.all([keep, first, last].map((port) => server.listens(port)));

  await open(north, [ipv4, keep, numbers.mapped], [ipv4, first, numbers.FIN_WAIT_2]);
  await open(south, [ipv6, keep, numbers.native], [ipv4, first, numbers.FIN_WAIT_1]);
  await open(west, [ipv4, keep, numbers.SYN_RCVD]);
  await open(server, [west.addresses.ipv4, plan.clientPort, numbers.SYN_SENT]);
  const ending = [
    await open(north, [ipv4, keep, numbers.CLOSE_WAIT], [ipv4, first, numbers.TIME_WAIT]),
    await open(south, [ipv4, first, numbers.CLOSING], [ipv6, last, numbers.LAST_ACK]),
  ];
  await server.until('to have all connections', (sockets) =>
    hasCounts(sockets, {
      ESTABLISHED: numbers.mapped + numbers.native + numbers.CLOSE_WAIT + numbers.LAST_ACK,
      FIN_WAIT_2: numbers.FIN_WAIT_2 + numbers.TIME_WAIT,
      FIN_WAIT_1: numbers.FIN_WAIT_1 + numbers.CLOSING,
      SYN_RCVD: numbers.SYN_RCVD,
      SYN_SENT: numbers.SYN_SENT,
    }),
  );
  // These programs end without closing, and their kernels close for them.
  for (const program of ending) program.signal('SIGTERM');
  const { mapped, native, ...states } = numbers;
  await server.until('to be in every state', (sockets) =>
    hasCounts(sockets, { LISTEN: 3, ESTABLISHED: mapped + native, ...states }),
  );
  return mapped + native;
}

/** Some more clients from north, `before` of them are there: whoever has counted does not know how many there are now. */
async function more(scene: Scene, before: number): Promise<void> {
  const { server, plan } = scene;
  const coming = plan.number('more', 1, 4);
  await ownTurn();
  await scene
    .host('north')
    .start('clients', { args: [server.addresses.ipv4, plan.port, coming].map(String) });
  const wanted = { ESTABLISHED: before + coming };
  await server.until('to have more connections', (sockets) => hasCounts(sockets, wanted), { patient: true });
}

const NUMBERED = [
  'mapped',
  'native',
  'SYN_SENT',
  'SYN_RCVD',
  'FIN_WAIT_1',
  'FIN_WAIT_2',
  'CLOSE_WAIT',
  'CLOSING',
  'LAST_ACK',
  'TIME_WAIT',
] as const;
type Numbered = (typeof NUMBERED)[number];

function hasCounts(
  sockets: readonly SocketRecord[],
  wanted: Readonly<Partial<Record<State, number>>>,
): boolean {
  return Object.entries(wanted).every(
    ([state, count]) => sockets.filter((socket) => socket.state === state).length === count,
  );
}

function ended(program: RunningProgram): () => boolean {
  let done = false;
  void program.exited.then(() => {
    done = true;
  });
  return () => done;
}
