import type { Exercise } from '../../exercise/exercise.ts';
import { describeLife, stayIn } from '../../exercise/judge/life.ts';
import type { SocketRecord } from '../../observe/sock-diag.ts';
import { RST } from '../../tcp/flags.ts';
import {
  at,
  childrenOf,
  EARLY,
  LATE,
  late,
  lateClients,
  listenerOf,
  OVERFLOWS,
  overflowed,
  rejected,
  rowsOf,
  thirdClient,
} from './queues.ts';

/** A queue takes one connection more than its limit. */
const HELD = 2;
const HOLD_MS = 150;
/** A client of the lab’s connects within this time, on a busy machine as well. */
const CLIENT_MS = 3_000;
const LATE_COME = 'the accept queue is full, and two more clients come';
const ABORT = 'tcp_abort_on_overflow is 1 from now on';

export const exercise: Exercise = {
  number: 5,
  slug: 'two-queues',
  title: 'Overflow the accept queue',
  points: 14,
  paths: {
    client: ['CLOSED', 'SYN_SENT', 'ESTABLISHED', 'CLOSED'],
    server: ['CLOSED', 'LISTEN', 'SYN_RCVD', 'ESTABLISHED'],
  },
  cast: {
    server: { host: 'server', student: 'server.ts', reference: 'servers/never-accept.ts' },
    client: { host: 'client', provided: 'clients/speak-when-told.ts' },
  },
  lastsMs: 2_000,

  async scenario(scene) {
    const { client, server, plan } = scene;
    const to = { remotePort: plan.port };
    await server.counters(OVERFLOWS);
    await server.start('server');
    await server.listens();
    await client.start('client');
    const one = (sockets: readonly SocketRecord[]): boolean => at('ESTABLISHED', sockets, plan) >= 1;
    await server.until('to have one connection', one, { deadlineMs: CLIENT_MS });
    // The queue of requests has the same limit, so two are as many as fit at a time.
    const acks = await server.gate('ack-of-syn-ack');
    const early = await client.start('client', { more: ['2'] });
    const three = (sockets: readonly SocketRecord[]): boolean => at('ESTABLISHED', sockets, plan) >= EARLY;
    await client.until('to have three connections', three, { deadlineMs: CLIENT_MS });
    const requests = (sockets: readonly SocketRecord[]): boolean => at('SYN_RCVD', sockets, plan) >= 2;
    await server.until('to have two requests', requests, { deadlineMs: CLIENT_MS });
    await acks.open();
    early.signal('SIGUSR2');
    await server.sawAll(2, { payload: 'some', destination: { port: plan.port } });
    const queued = (sockets: readonly SocketRecord[]): boolean => at('ESTABLISHED', sockets, plan) >= HELD;
    await server.until('to have two connections in its queue', queued, { deadlineMs: 1_000 });
    await scene.step(LATE_COME);
    await client.start('client', { more: [String(LATE)] });
    await client.until(
      'to have five connections',
      (sockets) => sockets.filter(({ remote }) => remote.port === plan.port).length >= EARLY + LATE,
    );
    await client.holds('SYN_SENT', HOLD_MS, to);
    await scene.ss();
    await server.counters(OVERFLOWS);
    await scene.step(ABORT);
    await server.knob('tcp_abort_on_overflow', '1');
    early.signal('SIGUSR2');
    await client.saw({ has: 'R', source: { port: plan.port } });
    await client.until('to have lost one', (sockets) => at('ESTABLISHED', sockets, plan) < EARLY);
    await client.holds('SYN_SENT', HOLD_MS, to);
    await server.counters(OVERFLOWS);
  },

  checks: [
    {
      id: 'backlog',
      title: 'Your listener’s queue has the limit 1',
      weight: 1,
      expects: { server: 'LISTEN with Send-Q 1' },
      help: 'The limit is the backlog that listen(2) is given, and no other number will do: look at the arguments of your listener.',
      judge(j) {
        const listener = listenerOf(j);
        const limit = stayIn(listener, 'LISTEN')?.rows.at(-1)?.socket.sendQueue ?? 0;
        j.that(limit === 1, {
          host: 'server',
          action: 'ss shows the limit of its queue as Send-Q 1',
          expected: 'a listener with the backlog 1, which ss shows as Send-Q 1',
          observed: `ss shows Send-Q ${limit}`,
          because: 'backlog',
          atMs: stayIn(listener, 'LISTEN')?.fromMs ?? j.evidence.endMs,
        });
      },
    },
    {
      id: 'queued',
      title: 'Two clients wait in the accept queue, and nobody accepts them',
      weight: 2,
      needs: ['backlog'],
      expects: { client: 'ESTABLISHED', server: 'ESTABLISHED twice, with no owner; LISTEN with Recv-Q 2' },
      help: 'Do not call accept(). Node calls it for you: a listener that Node knows nothing of is a KernelSocket.',
      judge(j) {
        const { evidence, plan } = j;
        const listener = listenerOf(j);
        j.that(listener.goneMs === undefined, {
          host: 'server',
          action: 'the listener is there to the end',
          expected: 'a listener that is there to the end',
          observed: `the server showed ${describeLife(listener)}`,
          because: 'gone',
          atMs: listener.goneMs ?? evidence.endMs,
          help: 'Keep the listener open until your program is stopped: a timer keeps the program running.',
        });
        const children = childrenOf(evidence, plan);
        const accepted = children.filter((life) => rowsOf(life).some(({ inode }) => inode !== 0));
        j.that(accepted.length === 0, {
          host: 'server',
          action: 'no connection gets an owner',
          expected: 'connections that no program has accepted, without owner or inode in ss',
          observed: `your program accepted ${accepted.length === 1 ? 'one of them' : `${accepted.length} of them`}`,
          because: 'accepted',
          atMs: accepted[0]?.stays[0]?.fromMs ?? evidence.endMs,
        });
        const own = children.filter(({ remote }) => !evidence.isAt('client', remote.address));
        j.that(own.length === 0, {
          host: 'server',
          action: 'only clients of the other host are in the queue',
          expected: 'a queue with clients of the other host in it',
          observed: `your program filled it with ${own.length} connections of its own`,
          because: 'own',
          help: 'Leave the queue to the clients: do not connect to your own listener.',
          atMs: own[0]?.stays[0]?.fromMs ?? evidence.endMs,
        });
        const queued = children.filter((life) => stayIn(life, 'ESTABLISHED') !== undefined);
        j.that(queued.length === HELD, {
          host: 'server',
          action: 'two handshakes are completed',
          expected: 'two connections in ESTABLISHED on the server',
          observed: `there were ${queued.length}`,
          because: 'not-queued',
          atMs: queued[0]?.stays[0]?.fromMs ?? evidence.endMs,
        });
        const last = stayIn(listener, 'LISTEN')?.rows.at(-1);
        const waiting = last?.socket.receiveQueue ?? 0;
        j.that(waiting === HELD, {
          host: 'server',
          action: 'ss shows them as Recv-Q 2 of the listener, to the end',
          expected: 'a listener with Recv-Q 2 to the end: one more than Send-Q',
          observed: `ss shows Recv-Q ${waiting} at the end`,
          because: 'not-full',
          atMs: last?.atMs ?? evidence.endMs,
        });
      },
    },
    {
      id: 'late-ack',
      title: 'A third client believes it is connected; the server ignores its ACK and stays in SYN_RCVD',
      weight: 2,
      needs: ['queued'],
      expects: { client: 'ESTABLISHED', server: 'SYN_RCVD: its queue had no room for the third ACK' },
      help: 'Keep the listener as it is: limit 1, nobody accepts.',
      judge(j) {
        const third = thirdClient(j);
        const untilMs = j.evidence.when(ABORT) ?? j.evidence.endMs;
        const data = j.sent(third, 'client', { payload: 'some' });
        for (const [host, state] of [
          ['client', 'ESTABLISHED'],
          ['server', 'SYN_RCVD'],
        ] as const) {
          const life = j.socket(third, host);
          const stay = j.reaches(life, state);
          j.that(stay.fromMs <= data.atMs + 50 && stay.toMs >= untilMs, {
            host,
            action: `the ${host} is still in ${state} after the third client’s ACK has come`,
            expected: `${state} on the ${host} for as long as tcp_abort_on_overflow is 0`,
            observed: `the ${host} showed ${describeLife(life)}`,
            because: 'left-early',
            atMs: stay.toMs,
          });
        }
        overflowed(j, 1, untilMs);
      },
    },
    {
      id: 'late-syn',
      title: 'Two more clients stay in SYN_SENT: their SYNs are dropped',
      weight: 2,
      needs: ['late-ack'],
      expects: { client: 'SYN_SENT twice', server: 'no socket for them' },
      help: 'Keep the listener as it is: limit 1, nobody accepts.',
      judge(j) {
        for (const connection of lateClients(j)) {
          j.notSent(connection, 'server', {}, { because: 'answered' });
          j.passes(j.socket(connection, 'client'), ['SYN_SENT']);
        }
        overflowed(j, 1 + LATE, j.evidence.endMs);
      },
    },
    {
      id: 'abort',
      title: 'With tcp_abort_on_overflow=1 the third client is reset; the two in SYN_SENT still hear nothing',
      weight: 2,
      needs: ['late-syn'],
      expects: {
        client: 'two in ESTABLISHED, two in SYN_SENT, and the third gone',
        server: 'no SYN_RCVD any more',
      },
      help: 'Keep the listener as it is, to the end of the run.',
      judge(j) {
        const third = thirdClient(j);
        const afterMs = j.evidence.when(ABORT) ?? j.evidence.endMs;
        j.sent(third, 'server', { has: 'R', afterMs });
        j.gone(j.socket(third, 'client'));
        for (const connection of lateClients(j)) j.notSent(connection, 'server', { has: 'R' });
      },
    },
  ],

  questions: [
    {
      id: 'how-many',
      ask: 'listen() is given the backlog 1. How many connections wait in the accept queue when it is full?',
      choices: { a: 'None.', b: 'One.', c: 'Two.' },
      kernel: (evidence, { port }) => {
        const rows = evidence.listeners('server', port).flatMap(rowsOf);
        const most = Math.max(-1, ...rows.map(({ receiveQueue }) => receiveQueue));
        return most <= 0 ? undefined : ['a', 'b', 'c'][most];
      },
      hints: {
        a: 'Compare Recv-Q and Send-Q of the listener: ss -ltn',
        b: 'The kernel refuses when the queue is longer than the limit, not when it is as long. Look at Recv-Q: ss -ltn',
      },
    },
    {
      id: 'third',
      ask: 'The third client’s ACK finds the queue full, and the server throws it away. In which state is the third client?',
      choices: { a: 'SYN_SENT', b: 'ESTABLISHED', c: 'CLOSED' },
      kernel: (evidence, plan) => {
        const atMs = evidence.when(ABORT);
        const third = rejected(evidence, plan);
        if (atMs === undefined || third === undefined) return undefined;
        const state = evidence
          .life(third, 'client')
          ?.stays.find((stay) => stay.fromMs <= atMs && atMs <= stay.toMs)?.state;
        return { SYN_SENT: 'a', ESTABLISHED: 'b' }[state as string] ?? 'c';
      },
      hints: {
        a: 'What ends SYN_SENT is the SYN-ACK, and the client had one. Type ss -tn on the client.',
        c: 'Nobody has told the client anything yet: the ACK is thrown away in silence.',
      },
    },
    {
      id: 'fourth',
      ask: 'The fourth client’s SYN finds the queue full. What does the server’s kernel answer?',
      choices: {
        a: 'A reset: connection refused.',
        b: 'A SYN-ACK: the client has to wait then.',
        c: 'Nothing.',
      },
      kernel: (evidence, plan) => {
        const fourth = late(evidence, plan)[0];
        if (fourth === undefined) return undefined;
        const answer = fourth.segments.find(({ from }) => from === 'server');
        if (answer === undefined) return 'c';
        return (answer.segment.flags & RST) !== 0 ? 'a' : 'b';
      },
      hints: {
        a: 'A reset would be final; a SYN that is lost comes again a second later, when there may be room. Which is kinder?',
        b: 'Look at the client: ss -tn state syn-sent',
      },
    },
  ],
  hints: [
    'Who takes connections out of the accept queue, and what happens when nobody does?',
    'createServer() of node:net accepts at once, whatever you do with the connection afterwards. A KernelSocket that listens accepts only when accept() is called.',
    'KernelSocket.listening({ address, port: Number(port) }, { backlog: 1 }); and a timer, so that the program goes on.',
  ],
  wrong: [
    {
      file: 'default-backlog.ts',
      believes: 'not to accept is all it takes',
      fails: 'backlog',
      says: 'ss shows Send-Q 511',
    },
    {
      file: 'backlog-zero.ts',
      believes: 'the backlog counts from zero',
      fails: 'backlog',
      says: 'ss shows Send-Q 0',
    },
    {
      file: 'never-read.ts',
      believes: 'a connection that is not read is not accepted',
      fails: 'queued',
      says: 'your program accepted',
    },
    {
      file: 'accept-one.ts',
      believes: 'one connection has to be taken before the queue counts',
      fails: 'queued',
      says: 'your program accepted one of them',
    },
    {
      file: 'leave-early.ts',
      believes: 'the queue outlives the program',
      fails: 'queued',
      says: '→ gone',
    },
    {
      file: 'fill-it-yourself.ts',
      believes: 'it does not matter whose connections fill the queue',
      fails: 'queued',
      says: 'connections of its own',
    },
    { file: 'exit-at-once.ts', believes: 'printing PASS is enough', fails: 'runs', says: 'exit code 0' },
  ],
};
