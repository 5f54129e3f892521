import type { Exercise } from '../../exercise/exercise.ts';
import type { Connection } from '../../exercise/judge/connection.ts';
import { type Evidence, segmentsOf } from '../../exercise/judge/evidence.ts';
import { duration, type Life, stayIn } from '../../exercise/judge/life.ts';
import type { SegmentEvent } from '../../observe/timeline.ts';
import { segmentEnd } from '../../tcp/segment.ts';

/** So long the client leaves the connection open, to see that the server does not close it first. */
const OPEN_MS = 100;
/** So long the server has to close, from the client's close on. */
const CLOSE_MS = 3_000;
const OPENED = 'the gate on the server is open: the ACK of its FIN may come';

export const exercise: Exercise = {
  number: 14,
  slug: 'last-ack',
  title: 'Hold LAST_ACK: the last ACK does not come',
  points: 8,
  paths: {
    client: ['CLOSED', 'SYN_SENT', 'ESTABLISHED', 'FIN_WAIT_1', 'FIN_WAIT_2', 'TIME_WAIT'],
    server: ['CLOSED', 'LISTEN', 'SYN_RCVD', 'ESTABLISHED', 'CLOSE_WAIT', 'LAST_ACK', 'CLOSED'],
  },
  cast: {
    server: { host: 'server', student: 'server.ts', reference: 'servers/close-last.ts' },
    client: { host: 'client', provided: 'clients/close-when-told.ts' },
  },
  lastsMs: 3_000,
  waitsForTimer: true,

  async scenario(scene) {
    const { client, server, plan } = scene;
    const gate = await server.gate('ack-of-fin');
    await server.start('server');
    await server.listens();
    const program = await client.start('client');
    const opened = await client.reaches('ESTABLISHED', { remotePort: plan.port });
    const at = { localPort: plan.port, remotePort: opened?.local.port ?? 0 };
    await server.until('to accept the connection', (sockets) =>
      sockets.some(
        ({ inode, local, remote }) =>
          inode !== 0 && local.port === at.localPort && remote.port === at.remotePort,
      ),
    );
    await server.holds('ESTABLISHED', OPEN_MS, at);
    program.signal();
    await server.reaches('LAST_ACK', { ...at, patient: true, deadlineMs: CLOSE_MS });
    await scene.ss();
    await client.sawAll(2, { has: 'F', source: { port: plan.port } }, { patient: true });
    await server.holds('LAST_ACK', 0, { ...at, patient: true });
    await scene.step(OPENED);
    await gate.open();
    await server.reaches('CLOSED', { ...at, patient: true });
  },

  checks: [
    {
      id: 'passive',
      title: 'The server leaves the first close to the client, then closes too',
      weight: 2,
      expects: {
        client: 'FIN_WAIT_1, then FIN_WAIT_2, which may be too short to be seen',
        server: 'CLOSE_WAIT, then LAST_ACK',
      },
      help: 'Keep the connection open until the client has closed. Then close your side, too.',
      judge(j) {
        const connection = j.connection('client', 'server');
        for (const end of ['client', 'server'] as const) j.notSent(connection, end, { has: 'R' }, NO_RESET);
        const theirs = finOf(connection, 'client');
        const own = finOf(connection, 'server');
        const first =
          own !== undefined && (theirs === undefined || own.segment.ack !== segmentEnd(theirs.segment));
        j.that(!first, {
          host: 'server',
          action: 'the server does not close before the client',
          expected: 'the FIN of the client before that of the server',
          observed: 'the server sent its FIN before that of the client had arrived',
          because: 'closed-first',
          atMs: own?.atMs ?? j.evidence.endMs,
          ...(own === undefined ? {} : { segments: [own] }),
          help: 'Who closes first never comes to LAST_ACK. Wait for the end of what the client sends.',
        });
        j.sent(connection, 'client', { has: 'F' });
        j.sent(connection, 'server', { has: 'F' }, { help: NOT_CLOSED });
      },
    },
    {
      id: 'held',
      title: 'The server is in LAST_ACK as long as the ACK of its FIN does not come',
      weight: 3,
      needs: ['passive'],
      expects: { client: 'TIME_WAIT', server: 'LAST_ACK until the gate opens' },
      help: 'Close in the ordinary way, and leave the rest to the kernel.',
      judge(j) {
        const connection = j.connection('client', 'server');
        const server = j.socket(connection, 'server');
        const stay = j.reaches(server, 'LAST_ACK');
        const openedMs = j.evidence.when(OPENED);
        j.that(openedMs !== undefined && stay.toMs >= openedMs, {
          host: 'server',
          action: 'the server stays in LAST_ACK until the gate opens',
          expected: 'LAST_ACK until the ACK of the FIN may come',
          observed: `the server was in LAST_ACK for ${duration(stay.toMs - stay.fromMs)}`,
          because: 'left-early',
          atMs: stay.toMs,
        });
        j.reaches(j.socket(connection, 'client'), 'TIME_WAIT');
      },
    },
    {
      id: 'repeated',
      title: 'It sends its FIN again, and the client in TIME_WAIT acknowledges each one',
      weight: 1,
      needs: ['held'],
      expects: { client: 'TIME_WAIT', server: 'LAST_ACK' },
      help: 'Leave the FIN to the kernel: it sends it again until it is acknowledged.',
      judge(j) {
        const connection = j.connection('client', 'server');
        const fins = segmentsOf(connection, { from: 'server', has: 'F' });
        const again = fins[1];
        j.that(again !== undefined, {
          host: 'server',
          action: 'the server sends its FIN again',
          expected: 'the same FIN a second time',
          observed: `it came ${fins.length === 1 ? 'only once' : 'never'}`,
          because: 'not-repeated',
          atMs: again?.atMs ?? j.evidence.endMs,
        });
        for (const [n, fin] of fins.entries()) {
          j.sent(
            connection,
            'client',
            {
              has: '.',
              ack: segmentEnd(fin.segment),
              afterMs: fin.atMs,
              beforeMs: fins[n + 1]?.atMs ?? j.evidence.endMs,
            },
            { action: `the client acknowledges FIN number ${n + 1}` },
          );
        }
      },
    },
    {
      id: 'closed',
      title: 'With the ACK the server’s socket is gone; TIME_WAIT is the client’s',
      weight: 2,
      needs: ['held'],
      expects: { client: 'TIME_WAIT', server: 'CLOSED' },
      help: 'Leave the socket to the kernel: LAST_ACK ends with the ACK of your FIN.',
      judge(j) {
        const connection = j.connection('client', 'server');
        const server = j.socket(connection, 'server');
        j.gone(server);
        j.passes(server, ['SYN_RCVD?', 'ESTABLISHED', 'CLOSE_WAIT?', 'LAST_ACK', 'CLOSED']);
        const client = j.socket(connection, 'client');
        j.passes(client, ['SYN_SENT?', 'ESTABLISHED', 'FIN_WAIT_1?', 'FIN_WAIT_2?', 'TIME_WAIT']);
      },
    },
  ],

  questions: [
    {
      id: 'lost-ack',
      ask: 'The ACK of the server’s FIN is lost. Who finds out, and what does it do?',
      choices: {
        a: 'The client: it sends the ACK again after a while.',
        b: 'The server: it sends its FIN again, and each FIN earns a new ACK.',
        c: 'Nobody: both ends are closed.',
      },
      kernel: (evidence, { port }) => {
        const found = held(evidence, port);
        if (found === undefined) return undefined;
        const fins = segmentsOf(found.connection, { from: 'server', has: 'F' });
        if (fins.length > 1) return 'b';
        const own = fins[0];
        if (own === undefined) return undefined;
        const acks = segmentsOf(found.connection, { from: 'client', has: '.', ack: segmentEnd(own.segment) });
        return acks.length > 1 ? 'a' : 'c';
      },
      hints: {
        a: 'An ACK is never acknowledged, so who sends one cannot know that it was lost. Who can?',
        c: 'To the server its FIN has not arrived. What does TCP do with what has not been acknowledged?',
      },
    },
    {
      id: 'what-is-left',
      ask: 'The ACK has come at last. What is left on the server?',
      choices: { a: 'A socket in TIME_WAIT.', b: 'A socket in CLOSE_WAIT.', c: 'Nothing but the listener.' },
      kernel: (evidence, { port }) => {
        const found = held(evidence, port);
        if (found === undefined || evidence.when(OPENED) === undefined) return undefined;
        if (stayIn(found.server, 'TIME_WAIT') !== undefined) return 'a';
        return found.server.goneMs === undefined ? undefined : 'c';
      },
      hints: {
        a: 'TIME_WAIT is there to answer a FIN that comes again. Which end may still receive one?',
        b: 'CLOSE_WAIT ends when the program closes. Has it?',
      },
    },
  ],
  hints: [
    'LAST_ACK is a state of who closes last. After which event must the server close, then?',
    'The client’s FIN brings the server to CLOSE_WAIT, and the program reads the end of the stream. When the program closes then, its FIN brings it to LAST_ACK. The gate on the server’s host keeps the ACK away.',
    "socket.resume(); socket.on('end', () => socket.end());   or leave allowHalfOpen out: then Node does it for you.",
  ],
  wrong: [
    {
      file: 'never-close.ts',
      believes: 'the kernel closes both directions when one is closed',
      fails: 'passive',
      says: 'Expected a FIN from the server',
    },
    {
      file: 'close-first.ts',
      believes: 'a server that has nothing to say closes',
      fails: 'passive',
      says: 'before that of the client had arrived',
    },
    {
      file: 'reset.ts',
      believes: 'a reset is a close, too',
      fails: 'passive',
      says: 'the server sent an RST',
    },
    {
      file: 'wait-for-an-answer.ts',
      believes: 'who has closed its sending side may still say something',
      fails: 'passive',
      says: 'Expected a FIN from the server',
    },
    {
      file: 'leave.ts',
      believes: 'a program that has ended has left its sockets in LAST_ACK',
      fails: 'passive',
      says: 'before that of the client had arrived',
    },
    {
      file: 'own-client.ts',
      believes: 'LAST_ACK anywhere on the server counts',
      fails: 'passive',
      says: 'Expected a FIN from the server',
    },
    { file: 'exit-at-once.ts', believes: 'printing PASS is enough', fails: 'runs', says: 'exit code 0' },
  ],
};

const NO_RESET = {
  because: 'reset',
  help: 'A reset ends a connection at once, without any closing state. Close it in the ordinary way: end().',
} as const;
const NOT_CLOSED =
  'The client has closed only its own direction, and the server stays in CLOSE_WAIT. Read to the end of the stream, then close.';

/** The first FIN of a host. */
function finOf(connection: Connection, from: string): SegmentEvent | undefined {
  return segmentsOf(connection, { from, has: 'F' })[0];
}

/** The connection whose server end was in LAST_ACK. */
function held(evidence: Evidence, port: number): { connection: Connection; server: Life } | undefined {
  const connection = evidence.connections({ from: 'client', to: 'server', port })[0];
  const server = connection === undefined ? undefined : evidence.life(connection, 'server');
  if (connection === undefined || server === undefined) return undefined;
  return stayIn(server, 'LAST_ACK') === undefined ? undefined : { connection, server };
}
