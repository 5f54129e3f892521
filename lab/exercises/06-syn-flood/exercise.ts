import type { Exercise } from '../../exercise/exercise.ts';
import { segmentsOf } from '../../exercise/judge/evidence.ts';
import { describeLife, duration, stayIn } from '../../exercise/judge/life.ts';
import type { SocketRecord } from '../../observe/sock-diag.ts';
import { ACK, RST } from '../../tcp/flags.ts';
import {
  counted,
  flood,
  HONEST,
  halfOpen,
  honestClients,
  portsOf,
  requestsAt,
  room,
  wanted,
} from './flood.ts';

const HOLD_MS = 200;
const COOKIES = 'tcp_syncookies is 1 from now on';
const ANOTHER = 'another honest client has its SYN-ACK';
/** TcpExt counters: a SYN dropped because the queue is full; a SYN answered with a cookie; a cookie that came back. */
const DROPPED = 'TCPReqQFullDrop';
const SENT = 'SyncookiesSent';
const CAME_BACK = 'SyncookiesRecv';

export const exercise: Exercise = {
  number: 6,
  slug: 'syn-flood',
  title: 'Flood the queue of half-open connections',
  points: 14,
  paths: { client: [], server: ['CLOSED', 'LISTEN', 'SYN_RCVD'] },
  knobs: { tcp_syncookies: '0' },
  cast: {
    server: { host: 'server', provided: 'servers/echo.ts' },
    flood: { host: 'client', student: 'client.ts', reference: 'clients/half-open.ts' },
    honest: { host: 'client', provided: 'clients/speak-when-told.ts' },
  },
  lastsMs: 2_500,

  async scenario(scene) {
    const { client, server, plan } = scene;
    await server.knob('somaxconn', String(room(plan)));
    await client.gate('own-rst');
    await server.start('server');
    await server.listens();
    await server.counters(DROPPED, SENT, CAME_BACK);
    await client.start('flood', { more: [String(wanted(plan))] });
    await server.sawAll(wanted(plan), { flags: 'S', destination: { port: plan.port } });
    await server.until('to be full', (sockets) => halfOpen(sockets) >= room(plan), { deadlineMs: 1_000 });
    await scene.step(HONEST);
    await client.start('honest');
    const first = await client.reaches('SYN_SENT', { remotePort: plan.port, patient: true });
    await client.holds('SYN_SENT', HOLD_MS, { remotePort: plan.port });
    await client.ss();
    await server.ss();
    await server.counters(DROPPED, SENT, CAME_BACK);
    await scene.step(COOKIES);
    await server.knob('tcp_syncookies', '1');
    // Its ACK is lost on the way. A server that remembered the client would now show it in SYN_RCVD.
    const acks = await server.gate('ack-of-syn-ack');
    const another = await client.start('honest');
    let port = 0;
    const connected = (sockets: readonly SocketRecord[]): boolean => {
      const known = first?.local.port;
      const found = sockets.find(({ state, local }) => state === 'ESTABLISHED' && local.port !== known);
      port = found?.local.port ?? 0;
      return found !== undefined;
    };
    await client.until('to have another client in ESTABLISHED', connected, { patient: true });
    await scene.step(ANOTHER);
    await client.holds('ESTABLISHED', HOLD_MS, { localPort: port });
    await acks.open();
    another.signal('SIGUSR2');
    await server.reaches('ESTABLISHED', { localPort: plan.port, remotePort: port, patient: true });
    await server.counters(DROPPED, SENT, CAME_BACK);
  },

  checks: [
    {
      id: 'flood',
      title: 'Your SYNs arrive, each from a port of its own',
      weight: 1,
      expects: { client: 'no TCP socket: a raw program has none', server: 'SYN_RCVD, many times' },
      help: 'Each half-open connection needs a port of its own on your side. #lab/raw has something for many ports at once: look at sendSyns.',
      judge(j, plan) {
        const ports = portsOf(flood(j)).size;
        // Who chooses ports at random chooses some of them twice.
        const least = Math.floor(wanted(plan) * 0.9);
        j.that(ports >= least, {
          host: 'client',
          action: `SYNs from ${wanted(plan)} ports of the client arrive`,
          expected: `SYNs from ${wanted(plan)} ports of the client`,
          observed:
            ports === 0
              ? 'none arrived at the port of the server'
              : `they came from ${ports === 1 ? 'one port only' : `${ports} ports`}`,
          because: 'no-syn',
          atMs: flood(j)[least - 1]?.fromMs ?? j.evidence.endMs,
        });
      },
    },
    {
      id: 'silent',
      title: 'You complete none of them, and reset none',
      weight: 1,
      needs: ['flood'],
      expects: { client: 'no TCP socket: a raw program has none', server: 'SYN_RCVD, many times' },
      help: 'Send SYNs and nothing else. An ordinary socket completes the handshake by itself; a raw program does not.',
      judge(j) {
        for (const [flag, words, because] of [
          [RST, 'an RST', 'reset'],
          [ACK, 'an ACK', 'acknowledged'],
        ] as const) {
          const sent = flood(j)
            .flatMap(({ segments }) => segments)
            .find(({ from, segment }) => from === 'client' && (segment.flags & flag) !== 0);
          j.that(sent === undefined, {
            host: 'client',
            action: `the client sends no ${words.replace(/^an /, '')}`,
            expected: 'SYNs and nothing else from the client',
            observed: `the client sent ${words}`,
            because,
            atMs: sent?.atMs ?? j.evidence.endMs,
            ...(sent === undefined ? {} : { segments: [sent] }),
          });
        }
      },
    },
    {
      id: 'full',
      title: 'The server’s queue of half-open connections is full; the SYNs that find no room get no answer',
      weight: 2,
      needs: ['silent'],
      expects: { client: 'no TCP socket', server: 'SYN_RCVD as often as its queue has room, and no more' },
      help: 'Send SYNs from many ports, and leave them as they are.',
      judge(j, plan) {
        const atMs = j.evidence.when(HONEST) ?? j.evidence.endMs;
        const held = requestsAt(j.evidence, atMs).length;
        // The limit itself, or one more: kernels differ.
        j.that(held >= room(plan) && held <= room(plan) + 1, {
          host: 'server',
          action: `the server holds ${room(plan)} connections in SYN_RCVD, or one more`,
          expected: `${room(plan)} connections in SYN_RCVD at a time, or one more: so many its queue holds`,
          observed: `there were ${held}`,
          because: 'not-full',
          atMs,
        });
        const ports = portsOf(flood(j)).size;
        const answered = portsOf(
          flood(j).filter((connection) => segmentsOf(connection, { from: 'server', flags: 'S.' }).length > 0),
        ).size;
        j.that(answered < ports, {
          host: 'server',
          action: `${ports - answered} SYNs find no room and get no answer`,
          expected: 'SYNs that find no room and get no answer',
          observed: `all ${answered} were answered`,
          because: 'answered',
          atMs,
        });
      },
    },
    {
      id: 'shut-out',
      title: 'Without cookies an honest client stays in SYN_SENT',
      weight: 2,
      needs: ['full'],
      expects: { client: 'SYN_SENT', server: 'SYN_RCVD for the flood, and nothing for the honest client' },
      help: 'Keep the queue full: leave the connections half open.',
      judge(j) {
        const untilMs = j.evidence.when(COOKIES) ?? j.evidence.endMs;
        const honest = honestClients(j.evidence, j.plan)[0];
        const life = j.found(honest, {
          host: 'client',
          action: 'an honest client sends a SYN',
          expected: 'an honest client that connects',
          observed: 'the run did not get that far',
          because: 'no-client',
          atMs: honest?.stays[0]?.fromMs ?? j.evidence.endMs,
        });
        const stay = j.holds(life, 'SYN_SENT', HOLD_MS);
        j.that(stay.toMs >= untilMs, {
          host: 'client',
          action: 'it is there for as long as tcp_syncookies is 0',
          expected: 'SYN_SENT for as long as tcp_syncookies is 0',
          observed: `the client showed ${describeLife(life)}`,
          because: 'left-early',
          atMs: stay.toMs,
        });
        counted(j, DROPPED, untilMs);
      },
    },
    {
      id: 'cookies',
      title: 'With cookies another honest client gets in, and the server keeps no SYN_RCVD for it',
      weight: 2,
      needs: ['shut-out'],
      expects: { client: 'ESTABLISHED', server: 'first no socket at all for it, then ESTABLISHED' },
      help: 'Keep the queue full: leave the connections half open.',
      judge(j, plan) {
        const atMs = j.evidence.when(ANOTHER);
        const [, life] = honestClients(j.evidence, plan);
        const honest = j.found(life, {
          host: 'client',
          action: 'another honest client comes',
          expected: 'another honest client, once tcp_syncookies is 1',
          observed: 'the run did not get that far',
          because: 'no-client',
          atMs: atMs ?? j.evidence.endMs,
        });
        j.holds(honest, 'ESTABLISHED', HOLD_MS);
        const own = j.evidence
          .lives('server')
          .find(({ local, remote }) => local.port === plan.port && remote.port === honest.local.port);
        const socket = j.found(own, {
          host: 'server',
          action: 'its first data bring the cookie back, and the server makes a socket',
          expected: 'a socket on the server for it, in the end',
          observed: 'there was none',
          because: 'no-socket',
          atMs: own?.stays[0]?.fromMs ?? j.evidence.endMs,
        });
        const begins = socket.stays[0];
        j.that(begins?.state === 'ESTABLISHED' && begins.fromMs >= (atMs ?? 0) + HOLD_MS, {
          host: 'server',
          action: `for ${duration(HOLD_MS)} the server has no socket for it, then at once one in ESTABLISHED`,
          expected: 'no SYN_RCVD on the server for this client: the cookie is all there is',
          observed: `the server showed ${describeLife(socket)}`,
          because: 'remembered',
          atMs: begins?.fromMs ?? j.evidence.endMs,
        });
        counted(j, SENT, j.evidence.endMs);
        counted(j, CAME_BACK, j.evidence.endMs);
      },
    },
  ],

  questions: [
    {
      id: 'no-room',
      ask: 'The queue is full, and cookies are off. What does the server do with one more SYN?',
      choices: {
        a: 'It drops the oldest half-open connection to make room.',
        b: 'It answers with a reset: no room.',
        c: 'It drops the SYN and answers nothing.',
      },
      kernel: (evidence, plan) => {
        const honest = honestClients(evidence, plan)[0];
        const untilMs = evidence.when(COOKIES);
        if (honest === undefined || untilMs === undefined) return undefined;
        const answer = evidence.segments({
          from: 'server',
          destination: { port: honest.local.port },
          beforeMs: untilMs,
        })[0];
        if (answer === undefined) return 'c';
        return (answer.segment.flags & RST) !== 0 ? 'b' : 'a';
      },
      hints: {
        a: 'Count the SYN-RECV rows before and after: ss -tn state syn-recv | wc -l',
        b: 'A reset would tell an honest client to give up. Silence makes it try again a second later.',
      },
    },
    {
      id: 'remembers',
      ask: 'Cookies are on, and the ACK of an honest client is lost. Which state does the server have for that client?',
      choices: { a: 'SYN_RCVD', b: 'None: it has no socket for it.', c: 'ESTABLISHED' },
      kernel: (evidence, plan) => {
        const atMs = evidence.when(ANOTHER);
        const honest = honestClients(evidence, plan).find(
          (each) => stayIn(each, 'ESTABLISHED') !== undefined,
        );
        if (atMs === undefined || honest === undefined) return undefined;
        const state = evidence
          .lives('server')
          .filter(({ remote }) => remote.port === honest.local.port)
          .flatMap(({ stays }) => stays)
          .find(({ fromMs, toMs }) => fromMs <= atMs + HOLD_MS / 2 && atMs + HOLD_MS / 2 <= toMs)?.state;
        return state === undefined
          ? 'b'
          : ({ SYN_RCVD: 'a', ESTABLISHED: 'c' } as Record<string, string>)[state];
      },
      hints: {
        a: 'Then a flood would fill the queue as before. Where else could the server keep what it must know?',
        c: 'For that it would need the ACK, and the ACK is lost.',
      },
    },
  ],
  hints: [
    'What does a SYN cost the server, and when does it get that back if no ACK and no reset ever comes?',
    'Each half-open connection is known by its four numbers. One client’s address has thousands of ports, and a raw program can send a SYN from each without a TCP socket.',
    'sendSyns(own, { address, port: Number(port) }, Number(count)); with own = the IPv4 address of eth0, from networkInterfaces() of node:os',
  ],
  wrong: [
    {
      file: 'connect-them.ts',
      believes: 'many connections are a SYN flood',
      fails: 'silent',
      says: 'the client sent an ACK',
    },
    {
      file: 'reset-them.ts',
      believes: 'a SYN that is taken back still takes up room',
      fails: 'silent',
      says: 'the client sent an RST',
    },
    {
      file: 'one-port.ts',
      believes: 'what counts is the number of SYNs',
      fails: 'flood',
      says: 'they came from one port only',
    },
    { file: 'too-few.ts', believes: 'a few are enough', fails: 'flood', says: 'they came from 20 ports' },
    {
      file: 'wrong-port.ts',
      believes: 'a host has one queue for all its ports',
      fails: 'flood',
      says: 'none arrived at the port of the server',
    },
    { file: 'exit-at-once.ts', believes: 'printing PASS is enough', fails: 'runs', says: 'exit code 0' },
  ],
};
