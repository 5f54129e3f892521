import type { Exercise } from '../../exercise/exercise.ts';
import type { Connection } from '../../exercise/judge/connection.ts';
import { type Evidence, segmentsOf } from '../../exercise/judge/evidence.ts';
import type { Judge } from '../../exercise/judge/judge.ts';
import { duration, stayIn } from '../../exercise/judge/life.ts';
import type { Plan } from '../../exercise/plan.ts';
import type { SegmentEvent } from '../../observe/timeline.ts';
import { segmentEnd } from '../../tcp/segment.ts';
import { seqBefore } from '../../tcp/sequence.ts';

export const exercise: Exercise = {
  number: 16,
  slug: 'three-segment-close',
  title: 'Close in three segments: FIN_WAIT_1 → TIME_WAIT',
  points: 10,
  paths: {
    client: ['CLOSED', 'SYN_SENT', 'ESTABLISHED', 'FIN_WAIT_1', 'TIME_WAIT'],
    server: ['CLOSED', 'LISTEN', 'SYN_RCVD', 'ESTABLISHED', 'CLOSE_WAIT', 'LAST_ACK', 'CLOSED'],
  },
  cast: {
    server: { host: 'server', student: 'server.ts', reference: 'servers/echo.ts' },
    client: { host: 'client', provided: 'clients/request-and-close.ts' },
  },
  lastsMs: 1_500,

  async scenario(scene) {
    const { client, server, plan } = scene;
    await server.start('server');
    await server.listens();
    await client.start('client');
    const [first] = await server.sawAll(1, { flags: 'S', destination: { port: plan.port } });
    await client.saw({ payload: 'some' }, { deadlineMs: 2_000 });
    await client.reaches('TIME_WAIT', {
      localPort: first?.segment.source.port ?? 0,
      patient: true,
      deadlineMs: 2_000,
    });
    // Three connections, one after another: the kernel waits only about 40 ms for a program's answer to a FIN.
    await client.until('to close three connections', (sockets) => count(sockets, 'TIME_WAIT') === 3, {
      deadlineMs: 2_000,
    });
    await server.until('to have nothing left', (sockets) => sockets.every(({ state }) => state === 'LISTEN'));
    await scene.ss();
  },

  checks: [
    {
      id: 'answered',
      title: 'The server answers the request, and leaves the first close to the client',
      weight: 1,
      expects: { client: 'ESTABLISHED, then FIN_WAIT_1', server: 'ESTABLISHED, then CLOSE_WAIT' },
      help: 'Send back what you receive, and do not close before the client has closed.',
      judge(j, plan) {
        const connection = closing(j, plan);
        j.sent(connection, 'client', { payload: 'some' });
        j.sent(connection, 'server', { payload: 'some' });
        for (const end of ['client', 'server'] as const) j.notSent(connection, end, { has: 'R' }, NO_RESET);
        const fin = finOf(connection, 'client');
        const early = j.evidence
          .connections({ from: 'client', to: 'server', port: plan.port })
          .map(earlyFin)
          .find((event) => event !== undefined);
        j.that(early === undefined, {
          host: 'server',
          action: 'the client closes first',
          expected: 'the FIN of the client before any of the server',
          observed: 'the server sent its FIN before that of the client had arrived',
          because: 'closed-first',
          atMs: early?.atMs ?? fin?.atMs ?? j.evidence.endMs,
          ...(early === undefined ? {} : { segments: [early] }),
          help: 'The server here closes because the client has closed. Wait for the end of what the client sends.',
        });
        j.sent(connection, 'client', { has: 'F' });
      },
    },
    {
      id: 'one-segment',
      title: 'One segment of the server acknowledges the client’s FIN and carries its own',
      weight: 4,
      needs: ['answered'],
      expects: { client: 'FIN_WAIT_1', server: 'CLOSE_WAIT for a moment only, then LAST_ACK' },
      help: 'Close as soon as the end of the stream is there: nothing to send, nothing to wait for in between.',
      judge(j, plan) {
        const connection = closing(j, plan);
        const fin = j.sent(connection, 'client', { has: 'F' });
        const answer = j.sent(connection, 'server', { has: '.', ack: segmentEnd(fin.segment) }, ANSWERS);
        const own = finOf(connection, 'server');
        const how =
          answer.segment.payload.length > 0
            ? 'with data'
            : `alone, ${duration(answer.atMs - fin.atMs)} after the client's FIN`;
        const late =
          own === undefined
            ? 'the server never sent a FIN of its own'
            : `the server's FIN came ${duration(own.atMs - answer.atMs)} later`;
        j.that(answer === own && answer.segment.payload.length === 0, {
          host: 'server',
          action: 'the segment that acknowledges the FIN is the server’s FIN',
          expected: "the ACK of the client's FIN and the server's own FIN in one segment",
          observed: `the ACK came ${how}, and ${late}`,
          because: own === undefined ? 'not-closed' : 'two-segments',
          atMs: answer.atMs,
          segments: own === undefined ? [fin, answer] : [fin, answer, own],
          help: own === undefined ? NEVER : answer.segment.payload.length > 0 ? WITH_DATA : TOO_LATE,
        });
      },
    },
    {
      id: 'three',
      title: 'The whole close takes exactly three segments',
      weight: 2,
      needs: ['one-segment'],
      expects: { client: 'FIN_WAIT_1, then TIME_WAIT', server: 'LAST_ACK, then CLOSED' },
      help: 'After your FIN, send nothing more.',
      judge(j, plan) {
        const connection = closing(j, plan);
        const fin = j.sent(connection, 'client', { has: 'F' });
        const own = j.sent(connection, 'server', { has: 'F', ack: segmentEnd(fin.segment) });
        const last = j.sent(connection, 'client', {
          flags: '.',
          ack: segmentEnd(own.segment),
          payload: 'none',
        });
        const all = closeOf(connection);
        j.that(all.length === 3 && all.at(-1) === last, {
          host: 'server',
          action: 'the close is over after FIN, FIN with ACK, ACK',
          expected: 'three segments from the first FIN on',
          observed: `there were ${all.length}`,
          because: 'more-segments',
          atMs: all.at(-1)?.atMs ?? last.atMs,
          segments: all,
        });
      },
    },
    {
      id: 'path',
      title: 'The client goes from FIN_WAIT_1 straight to TIME_WAIT, never FIN_WAIT_2',
      weight: 3,
      needs: ['three'],
      expects: { client: 'FIN_WAIT_1, then TIME_WAIT', server: 'CLOSE_WAIT, LAST_ACK, CLOSED' },
      help: 'The client is in FIN_WAIT_2 from the ACK of its FIN to your FIN. Let there be no time between the two.',
      judge(j, plan) {
        const connection = closing(j, plan);
        const client = j.socket(connection, 'client');
        j.passes(client, ['SYN_SENT?', 'ESTABLISHED?', 'FIN_WAIT_1?', 'TIME_WAIT']);
        // All of it may have taken less time than passes between two looks at the server.
        const server = j.evidence.life(connection, 'server');
        if (server !== undefined)
          j.passes(server, ['SYN_RCVD?', 'ESTABLISHED?', 'CLOSE_WAIT?', 'LAST_ACK?', 'CLOSED']);
      },
    },
  ],

  questions: [
    {
      id: 'how-many',
      ask: 'The server closes as soon as it has read to the end. How many segments does the close take, both ends together?',
      choices: { a: 'Two.', b: 'Three.', c: 'Four: each FIN has its ACK.' },
      kernel: (evidence, plan) => {
        const connection = chosen(evidence, plan);
        if (connection === undefined || finOf(connection, 'server') === undefined) return undefined;
        const { length } = closeOf(connection);
        return length === 2 ? 'a' : length === 3 ? 'b' : 'c';
      },
      hints: {
        a: 'Each end has to learn that its own FIN has arrived. Can the last one to send a FIN know it without another segment?',
        c: 'Every segment after the handshake carries an acknowledgement, a FIN too. Who says that an ACK must travel alone?',
      },
    },
    {
      id: 'skipped',
      ask: 'Which state does the client skip?',
      choices: { a: 'FIN_WAIT_1.', b: 'FIN_WAIT_2.', c: 'TIME_WAIT.', d: 'None.' },
      kernel: (evidence, plan) => {
        const connection = chosen(evidence, plan);
        const life = connection === undefined ? undefined : evidence.life(connection, 'client');
        if (connection === undefined || life === undefined) return undefined;
        if (finOf(connection, 'server') === undefined) return undefined;
        if (stayIn(life, 'TIME_WAIT') === undefined) return 'c';
        return inOne(connection) ? 'b' : 'd';
      },
      hints: {
        a: 'The client has sent its FIN and nothing has come back yet. What state is that?',
        c: 'Who has closed first must wait in case its last ACK is lost. Has that changed?',
        d: 'FIN_WAIT_2 begins with the ACK of the FIN, and ends with the FIN of the other end. When do they come?',
      },
    },
  ],
  hints: [
    'A close needs four messages: FIN, its ACK, the other FIN, its ACK. Which two of them go the same way, one after the other?',
    'The kernel does not acknowledge a FIN at once: it waits about 40 ms for something that can carry the ACK. If the program closes within that time, its FIN does.',
    "socket.on('data', (data) => socket.write(data)); socket.on('end', () => socket.end());   or all of it: socket.pipe(socket);",
  ],
  wrong: [
    {
      file: 'think-first.ts',
      believes: 'when to close after the other end has closed makes no difference',
      fails: 'one-segment',
      says: 'the ACK came alone',
    },
    {
      file: 'say-goodbye.ts',
      believes: 'a last word still travels with the FIN',
      fails: 'one-segment',
      says: 'the ACK came with data',
    },
    {
      file: 'never-close.ts',
      believes: 'the kernel closes both directions when one is closed',
      fails: 'one-segment',
      says: 'the server never sent a FIN of its own',
    },
    {
      file: 'close-with-the-answer.ts',
      believes: 'who has answered may close',
      fails: 'answered',
      says: 'the server sent its FIN before that of the client had arrived',
    },
    {
      file: 'reset.ts',
      believes: 'fewer segments are better, so one reset is best',
      fails: 'answered',
      says: 'the server sent an RST',
    },
    {
      file: 'no-answer.ts',
      believes: 'the request needs no answer',
      fails: 'answered',
      says: 'Expected data from the server',
    },
    { file: 'exit-at-once.ts', believes: 'printing PASS is enough', fails: 'runs', says: 'exit code 0' },
  ],
};

const NO_RESET = {
  because: 'reset',
  help: 'A reset ends a connection at once, without any closing state. Close it in the ordinary way: end().',
} as const;
const ANSWERS = { action: "the server acknowledges the client's FIN" } as const;
const NEVER = 'The client has closed only its own direction. The other one is the server’s to close.';
const WITH_DATA = 'Data takes the ACK along, and the FIN comes behind it. Close without a last word.';
const TOO_LATE =
  'The kernel waits about 40 ms for something that can carry the ACK, then sends it alone. Close as soon as the end of the stream is read.';

function count(sockets: readonly { readonly state: string }[], state: string): number {
  return sockets.filter((socket) => socket.state === state).length;
}

/** The first FIN of a host. */
function finOf(connection: Connection, from: string): SegmentEvent | undefined {
  return segmentsOf(connection, { from, has: 'F' })[0];
}

/** A FIN of the server that does not acknowledge one of the client's. */
function earlyFin(connection: Connection): SegmentEvent | undefined {
  const fin = finOf(connection, 'client');
  return segmentsOf(connection, { from: 'server', has: 'F' }).find(
    (event) => fin === undefined || seqBefore(event.segment.ack, segmentEnd(fin.segment)),
  );
}

/** All segments of a connection from its first FIN on. */
function closeOf(connection: Connection): readonly SegmentEvent[] {
  const [first] = segmentsOf(connection, { has: 'F' });
  return first === undefined ? [] : connection.segments.slice(connection.segments.indexOf(first));
}

/** Whether the server's first ACK of the client's FIN is its own FIN. */
function inOne(connection: Connection): boolean {
  const fin = finOf(connection, 'client');
  if (fin === undefined) return false;
  const answer = segmentsOf(connection, { from: 'server', has: '.', ack: segmentEnd(fin.segment) })[0];
  return answer !== undefined && answer === finOf(connection, 'server');
}

/**
 * The connection that is judged: the first that was closed in three segments, or else the first. A busy machine may let the
 * program be too late for one of them; a program that does it wrong is too late for all.
 */
function chosen(evidence: Evidence, { port }: Plan): Connection | undefined {
  const all = evidence.connections({ from: 'client', to: 'server', port });
  return all.find((connection) => inOne(connection)) ?? all[0];
}

function closing(j: Judge, plan: Plan): Connection {
  return chosen(j.evidence, plan) ?? j.connection('client', 'server');
}
