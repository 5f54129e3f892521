import type { Exercise } from '../../exercise/exercise.ts';
import { type Connection, relative } from '../../exercise/judge/connection.ts';
import { type Evidence, segmentsOf } from '../../exercise/judge/evidence.ts';
import type { Judge } from '../../exercise/judge/judge.ts';
import { duration, type Life, stayIn } from '../../exercise/judge/life.ts';
import type { SegmentEvent } from '../../observe/timeline.ts';
import { segmentEnd } from '../../tcp/segment.ts';

/** How long the server keeps its side open, and what is let pass for it: a timer of Node may be early by a millisecond. */
const OPEN_MS = 500;
const ENOUGH_MS = 490;

export const exercise: Exercise = {
  number: 9,
  slug: 'four-way-close',
  title: 'Close a connection through all five closing states',
  points: 6,
  paths: {
    client: ['CLOSED', 'SYN_SENT', 'ESTABLISHED', 'FIN_WAIT_1', 'FIN_WAIT_2', 'TIME_WAIT'],
    server: ['CLOSED', 'LISTEN', 'SYN_RCVD', 'ESTABLISHED', 'CLOSE_WAIT', 'LAST_ACK', 'CLOSED'],
  },
  cast: {
    client: { host: 'client', student: 'client.ts', reference: 'clients/close.ts' },
    server: { host: 'server', student: 'server.ts', reference: 'servers/close-later.ts' },
  },
  lastsMs: 2_500,
  waitsForTimer: true,

  async scenario(scene) {
    const { client, server, plan } = scene;
    // Each is there to make a state of microseconds long enough to be seen; both open as soon as it has been.
    const firstFin = await server.gate('fin');
    const lastAck = await server.gate('ack-of-fin');
    const passive = await server.start('server');
    await server.listens();
    const active = await client.start('client');
    await server.saw({ has: 'S', destination: { port: plan.port } }, { programs: [active] });
    const closing = { remotePort: plan.port, patient: true, deadlineMs: 3_000 };
    const activeEnd = await client.reaches('FIN_WAIT_1', closing);
    const ends = { cookie: activeEnd?.cookie ?? '', patient: true };
    await firstFin.open();
    await server.reaches('CLOSE_WAIT', { localPort: plan.port, patient: true });
    await client.reaches('FIN_WAIT_2', { ...ends, deadlineMs: 1_000 });
    await scene.ss();
    const passiveEnd = await server.reaches('LAST_ACK', {
      localPort: plan.port,
      programs: [passive],
      deadlineMs: 3_000,
    });
    await client.reaches('TIME_WAIT', { ...ends, deadlineMs: 1_000 });
    await scene.ss();
    await lastAck.open();
    await server.reaches('CLOSED', { cookie: passiveEnd?.cookie ?? '', patient: true });
  },

  checks: [
    {
      id: 'client-first',
      title: 'The client closes first, with a FIN',
      weight: 1,
      expects: { client: 'FIN_WAIT_1', server: 'CLOSE_WAIT, not before the client has closed' },
      help: 'The client closes as soon as it is connected: what ends the sending side of a Node socket?',
      judge(j) {
        const connection = j.connection('client', 'server', { help: GIVEN_PLACE });
        const [reset] = segmentsOf(connection, { has: 'R' });
        const [fin] = segmentsOf(connection, { from: 'client', has: 'F' });
        const [servers] = segmentsOf(connection, { from: 'server', has: 'F' });
        j.that(reset === undefined, {
          action: 'nobody resets the connection',
          expected: 'two FINs and no RST',
          observed: `the ${reset?.from} sent an RST: that ends both directions at once, and there is nothing left to close`,
          because: 'reset',
          help: `Close with end() on the ${reset?.from}, and let it read whatever comes; resetAndDestroy(), and bytes nobody reads, send an RST.`,
          ...at(reset),
        });
        j.that(
          servers === undefined || (fin !== undefined && servers.segment.ack === segmentEnd(fin.segment)),
          {
            host: 'server',
            action: "the server sends no FIN before it has the client's",
            expected: "no FIN from the server before it has the client's",
            observed: "the server's FIN did not wait for the client: it does not acknowledge a FIN",
            because: 'server-first',
            help: SERVER_WAITS,
            ...at(servers),
          },
        );
        j.sent(connection, 'client', { has: 'F' }, { because: 'not-closed' });
        j.reaches(j.socket(connection, 'client'), 'FIN_WAIT_1');
      },
    },
    {
      id: 'waits',
      title: "The server keeps its side open for half a second after the client's FIN, then closes",
      weight: 2,
      needs: ['client-first'],
      expects: { client: 'FIN_WAIT_2 for 0.5 s', server: 'CLOSE_WAIT for 0.5 s, then a FIN' },
      help: "Close in the server half a second after the socket's 'end' event: that event is the client's FIN.",
      judge(j) {
        const connection = j.connection('client', 'server');
        const fin = j.sent(
          connection,
          'server',
          { has: 'F' },
          { because: 'never-closed', help: SERVER_CLOSES, action: 'the server closes, too: it sends a FIN' },
        );
        const keptMs = fin.atMs - (finTaken(connection, fin.segment.ack)?.atMs ?? 0);
        j.that(keptMs >= ENOUGH_MS, {
          host: 'server',
          action: `the server's FIN comes at least ${duration(OPEN_MS)} after the client's`,
          expected: `the server's FIN ${duration(OPEN_MS)} after the client's, or later`,
          observed: `the server's FIN came ${duration(keptMs)} after the client's`,
          because: 'too-early',
          atMs: fin.atMs,
          segments: [fin],
          ...(keptMs < 100 ? { help: WHO_CLOSES } : {}),
        });
      },
    },
    {
      id: 'five-states',
      title: 'The two kernels go through all five closing states, and the server is CLOSED first',
      weight: 2,
      needs: ['waits'],
      expects: {
        client: 'FIN_WAIT_1 → FIN_WAIT_2 → TIME_WAIT',
        server: 'CLOSE_WAIT → LAST_ACK, then no socket any more',
      },
      help: 'Leave the rest to the two kernels: neither program has to do anything after its end().',
      judge(j) {
        const connection = j.connection('client', 'server');
        const active = j.socket(connection, 'client');
        const passive = j.socket(connection, 'server');
        j.passes(active, ['SYN_SENT?', 'ESTABLISHED?', 'FIN_WAIT_1', 'FIN_WAIT_2', 'TIME_WAIT']);
        j.passes(passive, ['SYN_RCVD?', 'ESTABLISHED?', 'CLOSE_WAIT', 'LAST_ACK', 'CLOSED']);
        closedFirst(j, passive, active);
      },
    },
    {
      id: 'numbers',
      title: 'Each FIN takes one sequence number: u is answered with u + 1, w with w + 1',
      weight: 1,
      needs: ['five-states'],
      expects: { client: 'FIN u … ACK w + 1', server: 'ACK u + 1, FIN w' },
      help: 'Close each side once, with a FIN of its own. Look at seq and ack of the last segments.',
      judge(j) {
        const connection = j.connection('client', 'server');
        for (const [closer, other, number] of [
          ['client', 'server', 'u'],
          ['server', 'client', 'w'],
        ] as const) {
          const fin = j.sent(
            connection,
            closer,
            { has: 'F' },
            { action: `the ${closer} sends its FIN, number ${number}` },
          );
          const after = segmentEnd(fin.segment);
          j.sent(
            connection,
            other,
            { ack: after, afterMs: fin.atMs },
            { action: `the ${other} acknowledges ${number} + 1 = ${relative(connection, closer, after)}` },
          );
        }
      },
    },
  ],

  questions: [
    {
      id: 'after-fin',
      ask: "The server's kernel has acknowledged the client's FIN. In which state does the client wait for the server to close?",
      choices: { a: 'FIN_WAIT_1', b: 'FIN_WAIT_2', c: 'TIME_WAIT', d: 'CLOSED' },
      kernel: (evidence, { port }) => {
        const connection = evidence.connections({ from: 'client', port })[0];
        const [fin] = connection === undefined ? [] : segmentsOf(connection, { from: 'client', has: 'F' });
        if (connection === undefined || fin === undefined) return undefined;
        const [ack] = segmentsOf(connection, { from: 'server', ack: segmentEnd(fin.segment) });
        const [closed] = segmentsOf(connection, { from: 'server', has: 'F' });
        const end = evidence.life(connection, 'client');
        if (ack === undefined || closed === undefined || end === undefined) return undefined;
        const middleMs = (ack.atMs + closed.atMs) / 2;
        const state = end.stays.find(({ fromMs, toMs }) => fromMs <= middleMs && toMs > middleMs)?.state;
        return Object.entries({ a: 'FIN_WAIT_1', b: 'FIN_WAIT_2', c: 'TIME_WAIT', d: undefined }).find(
          ([, each]) => each === state,
        )?.[0];
      },
      hints: {
        a: 'In FIN_WAIT_1 two things are still to come: the ACK of the FIN, and the FIN of the other side. One of them has come.',
        c: 'TIME_WAIT comes when nothing more can: after the FIN of the other side. The server may still send data.',
        d: 'The server has not closed: it may still send data, and somebody has to take it.',
      },
    },
    {
      id: 'who-is-left',
      ask: 'Both programs have closed and every FIN is acknowledged. Who still has a row in the table of sockets?',
      choices: { a: 'Only the server.', b: 'Only the client.', c: 'Both.', d: 'Nobody.' },
      kernel: leftOver,
      hints: {
        a: 'The server knows that its FIN was acknowledged. Does the client know whether that acknowledgement arrived?',
        c: 'One of the two has seen everything acknowledged that it ever sent, and no question is open for it.',
        d: 'Type ss -tan on both hosts after the close. The last ACK could have been lost: who has to be there to send it again?',
      },
    },
  ],
  hints: [
    'A FIN closes one direction. Who closes the other one, and what makes your server do that too soon?',
    'Node closes the second direction by itself, as soon as it has read the end of the first, unless the server is created with allowHalfOpen: true. Then closing is yours to do.',
    "createServer({ allowHalfOpen: true }, (socket) => { socket.resume(); socket.on('end', () => setTimeout(() => socket.end(), 500)); })",
  ],
  wrong: [
    {
      file: 'server-closes-first.ts',
      as: 'server.ts',
      believes: 'it does not matter who closes first',
      fails: 'client-first',
      says: 'did not wait for the client',
    },
    {
      file: 'client-waits-for-the-server.ts',
      as: 'client.ts',
      believes: 'the server will close, and then the client does',
      fails: 'client-first',
      says: 'Expected a FIN from the client',
    },
    {
      file: 'reset-instead-of-close.ts',
      as: 'client.ts',
      believes: 'a reset is a fast close',
      fails: 'client-first',
      says: 'the client sent an RST',
    },
    {
      file: 'connect-to-itself.ts',
      as: 'client.ts',
      believes: 'any connection will do',
      fails: 'client-first',
      says: 'which is the client itself',
    },
    {
      file: 'close-at-once.ts',
      as: 'server.ts',
      believes: 'Node leaves the second close to the program',
      fails: 'waits',
      says: "after the client's",
    },
    {
      file: 'never-close.ts',
      as: 'server.ts',
      believes: "the client's FIN closes both directions",
      fails: 'waits',
      says: 'Expected a FIN from the server',
    },
    {
      file: 'exit-at-once.ts',
      as: 'client.ts',
      believes: 'printing PASS is enough',
      fails: 'runs',
      says: 'exit code 0',
    },
  ],
};

const GIVEN_PLACE =
  'Both programs are started with ADDRESS PORT: the server listens there, and there the client connects to.';
const SERVER_WAITS =
  "Let the server wait for the client's FIN: it closes after the socket's 'end' event, not when it has accepted.";
const SERVER_CLOSES =
  "The client's FIN closes one direction only. Close the other one in the server, half a second after the socket's 'end' event.";
const WHO_CLOSES =
  'Find out who closed there: your program, or Node by itself? Read about allowHalfOpen in the documentation of net.createServer.';

function at(event: SegmentEvent | undefined): { atMs: number; segments: SegmentEvent[] } | undefined {
  return event === undefined ? undefined : { atMs: event.atMs, segments: [event] };
}

/** The client's FIN that got through the gate: the last one before the server acknowledged it. */
function finTaken(connection: Connection, ack: number): SegmentEvent | undefined {
  const answered = segmentsOf(connection, { from: 'server', ack })[0];
  return segmentsOf(connection, { from: 'client', has: 'F' }).findLast(
    ({ atMs }) => atMs <= (answered?.atMs ?? 0),
  );
}

/** The passive side is gone while the active side is still in TIME_WAIT. */
function closedFirst(j: Judge, passive: Life, active: Life): void {
  const goneMs = j.gone(passive, { action: "the server's socket is gone: CLOSED" });
  const stay = stayIn(active, 'TIME_WAIT');
  j.that(stay !== undefined && stay.fromMs <= goneMs && stay.toMs >= goneMs, {
    host: 'client',
    action: 'the client is in TIME_WAIT then',
    expected: 'TIME_WAIT on the client when the server is CLOSED',
    observed: 'the client had left it',
    because: 'active-first',
    atMs: goneMs,
  });
}

/** Which ends of the first connection were still in the kernels' tables when the run ended. */
function leftOver(evidence: Evidence, { port }: { readonly port: number }): string | undefined {
  const connection = evidence.connections({ from: 'client', port })[0];
  if (connection === undefined) return undefined;
  const fins = ['client', 'server'].map((from) => segmentsOf(connection, { from, has: 'F' }).length);
  if (fins.includes(0)) return undefined;
  const there = (host: string): boolean => {
    const end = evidence.life(connection, host);
    return end !== undefined && end.goneMs === undefined;
  };
  if (there('server')) return there('client') ? 'c' : 'a';
  return there('client') ? 'b' : 'd';
}
