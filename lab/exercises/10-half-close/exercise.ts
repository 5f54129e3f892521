import type { Exercise } from '../../exercise/exercise.ts';
import { type Connection, initialNumber } from '../../exercise/judge/connection.ts';
import { type Evidence, segmentsOf } from '../../exercise/judge/evidence.ts';
import type { Judge } from '../../exercise/judge/judge.ts';
import { duration, type Life, stayIn } from '../../exercise/judge/life.ts';
import type { SegmentEvent } from '../../observe/timeline.ts';
import { segmentEnd } from '../../tcp/segment.ts';
import { seqAdd, seqBefore, seqDiff } from '../../tcp/sequence.ts';

/** What the server answers, in bytes. */
const ANSWER = 65_536;
/** How long the client has to stay after it has read everything, in milliseconds: the server has not closed yet. */
const STAY_MS = 200;
/** The moment when the server is told to answer. */
const TOLD = 'the server is told to answer: FIN_WAIT_2 and CLOSE_WAIT have been seen';

export const exercise: Exercise = {
  number: 10,
  slug: 'half-close',
  title: 'Close one direction, and read 64 KiB from the other',
  points: 8,
  paths: {
    client: ['CLOSED', 'SYN_SENT', 'ESTABLISHED', 'FIN_WAIT_1', 'FIN_WAIT_2', 'TIME_WAIT'],
    server: ['CLOSED', 'LISTEN', 'SYN_RCVD', 'ESTABLISHED', 'CLOSE_WAIT', 'LAST_ACK', 'CLOSED'],
  },
  cast: {
    server: { host: 'server', provided: 'servers/answer-when-told.ts' },
    client: { host: 'client', student: 'client.ts', reference: 'clients/half-close.ts' },
  },
  lastsMs: 1_500,

  async scenario(scene) {
    const { client, server, plan } = scene;
    const answering = await server.start('server');
    await server.listens();
    await client.start('client');
    const synAck = await client.saw({ has: 'S.', source: { port: plan.port } });
    const closing = { localPort: synAck.segment.destination.port, deadlineMs: 3_000 };
    const closer = await client.reaches('FIN_WAIT_2', closing);
    await server.reaches('CLOSE_WAIT', { localPort: plan.port });
    await scene.ss();

    await scene.step(TOLD);
    answering.signal('SIGUSR2');
    const answered = seqAdd(synAck.segment.seq, 1 + ANSWER);
    await server.saw({ ack: answered }, { deadlineMs: 2_000 });
    const cookie = closer?.cookie ?? '';
    await client.until(
      'to have read the answer',
      (sockets) => sockets.every((socket) => socket.cookie !== cookie || socket.receiveQueue === 0),
      { deadlineMs: 2_000 },
    );
    await client.holds('FIN_WAIT_2', STAY_MS, { cookie });

    answering.signal('SIGUSR2');
    await client.reaches('TIME_WAIT', { cookie, patient: true });
    await server.until('to have closed', (sockets) => sockets.every(({ state }) => state === 'LISTEN'), {
      patient: true,
    });
  },

  checks: [
    {
      id: 'closes-first',
      title: 'The client sends a FIN, and no reset',
      weight: 1,
      expects: { client: 'FIN_WAIT_1, then FIN_WAIT_2', server: 'CLOSE_WAIT' },
      help: 'Close the sending side as soon as you are connected. The server says nothing before you have.',
      judge(j) {
        const connection = j.connection('client', 'server', { help: GIVEN_PLACE });
        const told = j.evidence.when(TOLD) ?? j.evidence.endMs;
        j.notSent(connection, 'client', { has: 'R', beforeMs: told }, { because: 'reset', help: NO_RESET });
        j.sent(connection, 'client', { has: 'F' }, { because: 'not-closed' });
      },
    },
    {
      id: 'half-closed',
      title: 'The client holds FIN_WAIT_2 open for reading, with CLOSE_WAIT on the server',
      weight: 2,
      needs: ['closes-first'],
      expects: { client: 'FIN_WAIT_2, and a program that holds the socket', server: 'CLOSE_WAIT' },
      help: 'Close the sending side only, and let the program and its socket live on: end(), and not destroy().',
      judge(j) {
        const connection = j.connection('client', 'server');
        const closer = j.socket(connection, 'client');
        const waiting = j.reaches(closer, 'FIN_WAIT_2');
        const told = j.found(j.evidence.when(TOLD), {
          host: 'server',
          action: 'the server is in CLOSE_WAIT meanwhile',
          expected: 'FIN_WAIT_2 on the client and CLOSE_WAIT on the server at the same time',
          observed: `the client left FIN_WAIT_2 after ${duration(waiting.toMs - waiting.fromMs)}`,
          because: 'not-together',
          atMs: waiting.toMs,
        });
        owned(j, closer, told, {
          action: 'a program on the client still holds the socket',
          help: END_NOT_DESTROY,
        });
      },
    },
    {
      id: 'answer',
      title: 'All 64 KiB of the answer arrive after the FIN, and the client reads them',
      weight: 3,
      needs: ['half-closed'],
      expects: {
        client: 'FIN_WAIT_2 with 0 bytes in Recv-Q, 65,536 acknowledged',
        server: 'CLOSE_WAIT with 0 bytes in Send-Q',
      },
      help: 'After end() the program goes on reading until the end: resume(), a data handler, or for await.',
      judge(j) {
        const connection = j.connection('client', 'server');
        const told = j.evidence.when(TOLD) ?? j.evidence.endMs;
        const closer = j.socket(connection, 'client');
        j.notSent(
          connection,
          'client',
          { has: 'R' },
          { because: 'reset', help: 'Keep the socket until the server has closed, too.' },
        );
        j.sent(
          connection,
          'server',
          { payload: 'some', afterMs: told },
          { action: "the server sends data, after the client's FIN" },
        );
        const acknowledged = bytesAcknowledged(connection);
        const unread = stayIn(closer, 'FIN_WAIT_2')?.rows.at(-1)?.socket.receiveQueue ?? 0;
        j.that(acknowledged >= ANSWER && unread === 0, {
          host: 'client',
          action: `the client's program reads all ${ANSWER} bytes`,
          expected: `${ANSWER} bytes acknowledged, and none of them left in the client's Recv-Q`,
          observed: `the client's kernel acknowledged ${acknowledged}, and ${unread} bytes wait in its Recv-Q: nobody reads them`,
          because: 'not-read',
        });
      },
    },
    {
      id: 'stays',
      title: 'The client says nothing more, and stays until the server has closed, too',
      weight: 2,
      needs: ['answer'],
      expects: {
        client: 'FIN_WAIT_2, and a program that holds the socket; TIME_WAIT after the FIN of the server',
        server: 'CLOSE_WAIT → LAST_ACK, then no socket',
      },
      help: "Let the program wait for the socket's 'end' event: the server's FIN. Having read much is no sign of the end.",
      judge(j) {
        const connection = j.connection('client', 'server');
        const closer = j.socket(connection, 'client');
        const fin = j.sent(connection, 'client', { has: 'F' });
        const more = segmentsOf(connection, { from: 'client', payload: 'some' }).find(
          ({ segment }) => !seqBefore(segment.seq, segmentEnd(fin.segment)),
        );
        j.that(more === undefined, {
          host: 'client',
          action: 'the client sends only acknowledgements after that',
          expected: 'no data from the client after its FIN',
          observed: 'the client sent data after its FIN',
          because: 'data-after-fin',
          ...(more === undefined ? {} : { atMs: more.atMs, segments: [more] }),
        });
        const close = j.sent(connection, 'server', { has: 'F' });
        owned(j, closer, close.atMs, {
          action: 'a program on the client holds the socket until the server closes',
        });
        j.passes(closer, ['SYN_SENT?', 'ESTABLISHED?', 'FIN_WAIT_1?', 'FIN_WAIT_2', 'TIME_WAIT']);
        j.passes(j.socket(connection, 'server'), [
          'SYN_RCVD?',
          'ESTABLISHED?',
          'CLOSE_WAIT',
          'LAST_ACK?',
          'CLOSED',
        ]);
      },
    },
  ],

  questions: [
    {
      id: 'what-flows',
      ask: 'The client has closed its sending side, and the server has acknowledged that. What can still flow on this connection?',
      choices: {
        a: 'Nothing: a FIN closes the connection.',
        b: 'Data from the server to the client.',
        c: 'Data in both directions, until the server closes too.',
      },
      kernel: (evidence, { port }) => {
        const fin = closeOf(evidence, port);
        if (fin === undefined || evidence.when(TOLD) === undefined) return undefined;
        const after = { afterMs: evidence.when(TOLD) ?? 0, payload: 'some' } as const;
        if (segmentsOf(fin.connection, { ...after, from: 'client' }).length > 0) return 'c';
        return segmentsOf(fin.connection, { ...after, from: 'server' }).length > 0 ? 'b' : 'a';
      },
      hints: {
        a: 'Look at what ss shows: CLOSE-WAIT on the server is a state in which write() works as ever.',
        c: 'A FIN is a promise: no byte comes after it. A write() after shutdown() is refused by the kernel with EPIPE.',
      },
    },
    {
      id: 'own-number',
      ask: 'While the client receives and acknowledges 64 KiB, by how much does its own sequence number grow?',
      choices: { a: 'By 65,536.', b: 'By one for each acknowledgement.', c: 'Not at all.' },
      kernel: (evidence, { port }) => {
        const fin = closeOf(evidence, port);
        if (fin === undefined) return undefined;
        const afterMs = evidence.when(TOLD) ?? evidence.endMs;
        const acknowledgements = segmentsOf(fin.connection, { from: 'client', has: '.', afterMs });
        const last = acknowledgements.at(-1);
        if (last === undefined || bytesAcknowledged(fin.connection) < ANSWER) return undefined;
        const grown = seqDiff(last.segment.seq, segmentEnd(fin.event.segment));
        if (grown === 0) return 'c';
        return grown === ANSWER ? 'a' : 'b';
      },
      hints: {
        a: 'Each end counts what it sends itself. What comes in is counted by the acknowledgement number.',
        b: 'Only SYN, FIN and data take numbers. What would happen if an acknowledgement did, and were lost?',
      },
    },
  ],
  hints: [
    'A connection has two directions. Which of them does a FIN close: the one of who sends it, or the one of who gets it?',
    "close(2), Node's destroy(), gives both directions back at once; shutdown(2), Node's end(), closes only the one in which you send. After it you can still read, until the other side's FIN: end of file.",
    'const socket = connect({ host, port: Number(port) }, () => socket.end()); socket.resume();',
  ],
  wrong: [
    {
      file: 'destroy-instead-of-end.ts',
      believes: 'destroy() closes like end(), only faster',
      fails: 'half-closed',
      says: 'no program held it any more',
    },
    {
      file: 'exit-after-end.ts',
      believes: 'after end() there is nothing left to do',
      fails: 'half-closed',
      says: 'no program held it any more',
    },
    {
      file: 'end-and-not-read.ts',
      believes: 'the kernel receives, so nobody has to read',
      fails: 'answer',
      says: 'nobody reads them',
    },
    {
      file: 'leave-after-the-answer.ts',
      believes: 'the answer is complete when enough bytes have come',
      fails: 'stays',
      says: 'no program held it any more',
    },
    {
      file: 'shut-down-reading.ts',
      believes: 'SHUT_RD tells the other side that this one is done',
      fails: 'closes-first',
      says: 'Expected a FIN from the client',
    },
    {
      file: 'wait-for-the-server.ts',
      believes: 'the answer comes first, then the FIN',
      fails: 'closes-first',
      says: 'Expected a FIN from the client',
    },
    {
      file: 'reset-instead-of-close.ts',
      believes: 'a reset closes one direction',
      fails: 'closes-first',
      says: 'the client sent an RST',
    },
    { file: 'exit-at-once.ts', believes: 'printing PASS is enough', fails: 'runs', says: 'exit code 0' },
  ],
};

const GIVEN_PLACE =
  'Connect to the address and port you are given: const [host, port] = process.argv.slice(2);';
const NO_RESET =
  'A reset closes both directions and throws away what is on its way. Use end(): it sends a FIN.';
const END_NOT_DESTROY =
  'Find out what closes both directions: destroy(), process.exit(), and the end of the program. end() closes one. The program has to live on for the other.';

/** The FIN with which the client closed, and the connection it belongs to. */
function closeOf(
  evidence: Evidence,
  port: number,
): { connection: Connection; event: SegmentEvent } | undefined {
  const connection = evidence.connections({ from: 'client', port })[0];
  const [event] = connection === undefined ? [] : segmentsOf(connection, { from: 'client', has: 'F' });
  return connection === undefined || event === undefined ? undefined : { connection, event };
}

/** How many bytes of the server's the client has acknowledged. */
function bytesAcknowledged(connection: Connection): number {
  const first = seqAdd(initialNumber(connection, 'server') ?? 0, 1);
  const acks = segmentsOf(connection, { from: 'client', has: '.' });
  return Math.min(ANSWER, Math.max(0, ...acks.map(({ segment }) => seqDiff(segment.ack, first))));
}

/** At this moment a socket was in the table, and a program held it. */
function owned(j: Judge, life: Life, atMs: number, words: { action: string; help?: string }): void {
  const row = life.stays.flatMap(({ rows }) => rows).findLast((each) => each.atMs <= atMs)?.socket;
  j.that(row !== undefined && row.inode !== 0, {
    host: life.host,
    expected: `a socket that a program on the ${life.host} holds: ss shows its uid and inode`,
    observed:
      row === undefined
        ? 'there was no socket any more'
        : 'no program held it any more (ino:0 in ss): both directions were closed, and nobody is left to read',
    because: 'orphaned',
    atMs,
    ...words,
  });
}
