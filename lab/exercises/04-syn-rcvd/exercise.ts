import type { Exercise } from '../../exercise/exercise.ts';
import { segmentsOf } from '../../exercise/judge/evidence.ts';
import { duration, stayIn } from '../../exercise/judge/life.ts';
import { seqAdd } from '../../tcp/sequence.ts';

const HOLD_MS = 3_000;
/** One retransmission of the SYN-ACK after 1 s, and the end of the request 2 s later. tcp(7), tcp_synack_retries. */
const KNOBS = { tcp_synack_retries: '1' };

export const exercise: Exercise = {
  number: 4,
  slug: 'syn-rcvd',
  title: 'Hold SYN_RCVD by withholding the final ACK',
  points: 14,
  paths: { client: [], server: ['CLOSED', 'LISTEN', 'SYN_RCVD', 'LISTEN'] },
  knobs: KNOBS,
  cast: {
    server: { host: 'server', provided: 'servers/echo.ts' },
    client: { host: 'client', student: 'client.ts', reference: 'clients/withhold-ack.ts' },
  },
  lastsMs: 4_000,
  waitsForTimer: true,

  async scenario(scene) {
    const { client, server, plan } = scene;
    await client.gate('own-rst');
    await server.start('server');
    await server.listens();
    await client.start('client');
    const request = await server.reaches('SYN_RCVD', { localPort: plan.port });
    await scene.ss();
    await server.leaves('SYN_RCVD', { cookie: request?.cookie ?? '' });
  },

  checks: [
    {
      id: 'answered',
      title: 'The server answers your SYN with a SYN-ACK',
      weight: 1,
      expects: { client: 'no TCP socket: a raw program has none', server: 'SYN_RCVD' },
      help: 'Send one segment with the SYN flag: RawPeer.to(address, port), then send("S").',
      judge(j) {
        const connection = j.connection('client', 'server');
        const syn = j.sent(connection, 'client', { flags: 'S' });
        j.sent(connection, 'server', { flags: 'S.', ack: seqAdd(syn.segment.seq, 1) });
      },
    },
    {
      id: 'silent',
      title: 'Your host sends neither the final ACK nor a reset',
      weight: 1,
      needs: ['answered'],
      expects: { client: 'no TCP socket: a raw program has none', server: 'SYN_RCVD' },
      help: 'After the SYN-ACK has come, send nothing at all.',
      judge(j) {
        const connection = j.connection('client', 'server');
        j.notSent(connection, 'client', { has: 'R' }, { because: 'reset' });
        const byKernel = j.evidence.life(connection, 'client') !== undefined;
        const words = { because: 'acknowledged', ...(byKernel ? { help: WHO_SENDS_IT } : {}) };
        j.notSent(connection, 'client', { has: '.' }, words);
      },
    },
    {
      id: 'held',
      title: 'The server holds SYN_RCVD for three seconds',
      weight: 2,
      needs: ['silent'],
      expects: { client: 'no TCP socket: a raw program has none', server: 'SYN_RCVD for 3 s' },
      help: 'Keep silent until the server gives up: about three seconds.',
      judge(j) {
        const connection = j.connection('client', 'server');
        const synAck = j.sent(connection, 'server', { flags: 'S.' });
        // The request is there when its SYN-ACK leaves, and seen at the first look after that. Its timer has a grain of 4 ms.
        j.holds(j.socket(connection, 'server'), 'SYN_RCVD', HOLD_MS - 100, { sinceMs: synAck.atMs });
      },
    },
    {
      id: 'given-up',
      title: 'The server sends its SYN-ACK again after a second, then gives up and is back in LISTEN',
      weight: 2,
      needs: ['held'],
      expects: { client: 'no TCP socket', server: 'LISTEN, and no SYN_RCVD any more' },
      help: 'Keep silent until the server gives up: about three seconds.',
      judge(j) {
        const connection = j.connection('client', 'server');
        const [first, second] = segmentsOf(connection, { from: 'server', flags: 'S.' });
        const afterMs = first === undefined || second === undefined ? 0 : second.atMs - first.atMs;
        j.that(afterMs > 900 && afterMs < 1_400, {
          host: 'server',
          action: 'the server sends the SYN-ACK again',
          expected: 'the same SYN-ACK again after about 1 s',
          observed: second === undefined ? 'it came only once' : `it came after ${duration(afterMs)}`,
          because: 'not-repeated',
          atMs: second?.atMs ?? j.evidence.endMs,
          ...(segmentsOf(connection, { from: 'client' }).length > 1 ? { help: ONE_SYN } : {}),
        });
        j.passes(j.socket(connection, 'server'), ['SYN_RCVD', 'CLOSED']);
        const listener = j.evidence.listeners('server', j.plan.port)[0];
        j.that(listener?.goneMs === undefined, {
          host: 'server',
          action: 'the server is still in LISTEN',
          expected: 'LISTEN to the end of the run',
          observed: 'the listening socket is gone',
          because: 'not-listening',
        });
      },
    },
  ],

  questions: [
    {
      id: 'after-silence',
      ask: 'Your program never answers the SYN-ACK. What does the server do after one second?',
      choices: { a: 'It closes the connection.', b: 'It sends the SYN-ACK again.', c: 'Nothing; it waits.' },
      kernel: (evidence, { port }) => {
        const connection = evidence.connections({ from: 'client', port })[0];
        const request = connection === undefined ? undefined : evidence.life(connection, 'server');
        const stay = request === undefined ? undefined : stayIn(request, 'SYN_RCVD');
        if (connection === undefined || stay === undefined) return undefined;
        // What the client does about it is no silence.
        if (segmentsOf(connection, { from: 'client', not: 'S' }).length > 0) return undefined;
        if (stay.toMs - stay.fromMs < 900) return stay.lasting ? undefined : 'a';
        return segmentsOf(connection, { from: 'server', flags: 'S.' }).length > 1 ? 'b' : 'c';
      },
      hints: {
        a: 'To the server, an ACK that was lost and an ACK that was never sent look the same. What would you do in its place?',
        c: 'Watch the wire for longer than a second: in ./tcplab shell 4 server, type tcpdump -n tcp',
      },
    },
    {
      id: 'sees-it',
      ask: 'While the server is in SYN_RCVD, which program on the server knows of the connection?',
      choices: {
        a: 'The server program: accept() has returned it.',
        b: 'None: only the kernel knows. The row in ss has no owner.',
      },
      kernel: (evidence, { port }) => {
        const connection = evidence.connections({ from: 'client', port })[0];
        const request = connection === undefined ? undefined : evidence.life(connection, 'server');
        const row = request === undefined ? undefined : stayIn(request, 'SYN_RCVD')?.rows[0];
        if (row === undefined) return undefined;
        return row.socket.inode === 0 ? 'b' : 'a';
      },
      hints: {
        a: 'accept() gives out connections whose handshake is complete. Look at the end of the ss line: is there a uid and an inode?',
      },
    },
  ],
  hints: [
    'The server is in SYN_RCVD between two segments. Which segment ends the state, and who sends it?',
    'An ordinary socket leaves that ACK to its kernel, and the kernel sends it at once. A raw program sends exactly what you tell it to, and nothing else.',
    "const peer = await RawPeer.to(address, Number(port)); await peer.send('S'); await peer.receive('S.');",
  ],
  wrong: [
    {
      file: 'connect-and-wait.ts',
      believes: 'a connection that nobody writes to stays half open',
      fails: 'silent',
      says: 'the client sent an ACK',
    },
    {
      file: 'send-the-ack.ts',
      believes: 'the ACK is part of holding it',
      fails: 'silent',
      says: 'the client sent an ACK',
    },
    {
      file: 'answer-late.ts',
      believes: 'an ACK that comes late is as good as none',
      fails: 'silent',
      says: 'the client sent an ACK',
    },
    {
      file: 'syn-again.ts',
      believes: 'a SYN must be repeated, or the server forgets it',
      fails: 'given-up',
      says: 'it came after',
    },
    {
      file: 'syn-sent-instead.ts',
      believes: 'half open means that nobody answers',
      fails: 'answered',
      says: 'nothing of this exercise is there',
    },
    {
      file: 'reset.ts',
      believes: 'a reset keeps it half open',
      fails: 'silent',
      says: 'the client sent an RST',
    },
    {
      file: 'wrong-port.ts',
      believes: 'any SYN will do',
      fails: 'answered',
      says: 'no SYN from the client arrived there',
    },
    { file: 'exit-at-once.ts', believes: 'printing PASS is enough', fails: 'runs', says: 'exit code 0' },
  ],
};

const ONE_SYN =
  'Send the SYN once only: the server answers every one at once, and you never see its own timer.';
const WHO_SENDS_IT =
  'Find out who sends that ACK: your program, or the kernel below it? An ordinary socket leaves it to the kernel. Use a RawPeer.';
