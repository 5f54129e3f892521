import type { Exercise } from '../../exercise/exercise.ts';
import type { Connection } from '../../exercise/judge/connection.ts';
import { segmentsOf } from '../../exercise/judge/evidence.ts';
import type { Judge } from '../../exercise/judge/judge.ts';
import type { SegmentEvent } from '../../observe/timeline.ts';
import { segmentEnd } from '../../tcp/segment.ts';

export const exercise: Exercise = {
  number: 25,
  slug: 'write-after-close',
  title: 'Write to a server that has hung up, and survive it',
  points: 16,
  paths: {
    client: ['CLOSED', 'SYN_SENT', 'ESTABLISHED', 'CLOSE_WAIT', 'CLOSED'],
    server: ['CLOSED', 'LISTEN', 'SYN_RCVD', 'ESTABLISHED', 'FIN_WAIT_1', 'FIN_WAIT_2', 'CLOSED'],
  },
  cast: {
    server: { host: 'server', provided: 'servers/hang-up.ts' },
    client: { host: 'client', student: 'client.ts', reference: 'clients/write-on.ts' },
  },
  lastsMs: 1_000,

  async scenario(scene) {
    const { client, server, plan } = scene;
    await server.start('server');
    await server.listens();
    await client.start('client');
    const syn = await server.saw({ flags: 'S' });
    const source = { port: syn.segment.source.port };
    await client.saw({ has: 'F' });
    await server.saw({ payload: 'some', source }, { deadlineMs: 3_000 });
    await client.saw({ has: 'R' }, { deadlineMs: 1_000, patient: true });
    await client.reaches('CLOSED', { localPort: source.port, remotePort: plan.port, patient: true });
    await scene.step('the server has reset the connection');
    const again = await server.saw({ flags: 'S' }, { sinceMs: syn.atMs + 1, deadlineMs: 3_000 });
    const { port } = again.segment.source;
    await server.saw({ flags: '.', source: { port } }, { patient: true });
    await client.reaches('CLOSED', { localPort: port, patient: true, deadlineMs: 1_000 });
  },

  checks: [
    {
      id: 'hung-up',
      title: 'The client connects, and the server closes: its FIN arrives',
      weight: 1,
      expects: { client: 'CLOSE_WAIT', server: 'FIN_WAIT_2' },
      help: 'Connect to the address and port that you are given, and wait for the end of what the server sends.',
      judge(j) {
        const connection = j.connection('client', 'server');
        j.sent(connection, 'server', { has: 'F' });
      },
    },
    {
      id: 'wrote',
      title: 'The client writes after that, and has not closed its own side',
      weight: 3,
      needs: ['hung-up'],
      expects: { client: 'CLOSE_WAIT', server: 'FIN_WAIT_2, with no owner' },
      help: "Wait for the event 'end' of the socket, and write then.",
      judge(j) {
        const connection = j.connection('client', 'server');
        const fin = j.sent(connection, 'server', { has: 'F' });
        const data = segmentsOf(connection, { from: 'client', payload: 'some', afterMs: fin.atMs })[0];
        const closed = segmentsOf(connection, { from: 'client', has: 'F' })[0];
        j.that(closed === undefined || (data !== undefined && data.atMs < closed.atMs), {
          host: 'client',
          action: 'the client keeps its side open',
          expected: 'CLOSE_WAIT on the client, and no FIN from it yet',
          observed: "the client sent its own FIN in answer to the server's, and can write no more",
          because: 'closed-too',
          atMs: closed?.atMs ?? fin.atMs,
          ...(closed === undefined ? {} : { segments: [closed] }),
          help: "Who sent that FIN? Node answers the server's FIN by itself, unless you say allowHalfOpen: true in connect().",
        });
        j.sent(connection, 'client', { payload: 'some', afterMs: fin.atMs }, { because: 'not-written' });
      },
    },
    {
      id: 'reset',
      title: "The first write succeeds; the server's kernel answers it with RST",
      weight: 1,
      needs: ['wrote'],
      expects: { client: 'CLOSED straight from CLOSE_WAIT', server: 'LISTEN, and no connection' },
      help: 'Write once and wait a moment for what comes back.',
      judge(j) {
        const connection = j.connection('client', 'server');
        const data = written(j, connection);
        j.sent(connection, 'server', { has: 'R', seq: data.segment.ack }, { because: 'no-reset' });
        const life = j.evidence.life(connection, 'client');
        // The whole of it may have been too short to be seen.
        if (life !== undefined)
          j.passes(life, ['SYN_SENT?', 'ESTABLISHED?', 'CLOSE_WAIT?', 'CLOSED'], { because: 'not-reset' });
      },
    },
    {
      id: 'nothing-more',
      title: 'What is written after the RST never leaves the client: no data, no FIN',
      weight: 1,
      needs: ['reset'],
      expects: { client: 'no socket of that connection', server: 'LISTEN' },
      help: 'Leave the socket alone after the error.',
      judge(j) {
        const connection = j.connection('client', 'server');
        const reset = j.sent(connection, 'server', { has: 'R' });
        j.notSent(
          connection,
          'client',
          { afterMs: reset.atMs + CROSSING_MS, not: 'SR' },
          { because: 'more' },
        );
      },
    },
    {
      id: 'survived',
      title: 'The program survives the error: it connects again',
      weight: 2,
      needs: ['reset'],
      expects: { client: 'a second connection', server: 'a second connection' },
      help: "A write that fails is reported by the event 'error'. Listen to it, and connect anew when it comes.",
      judge(j) {
        const first = j.connection('client', 'server');
        const reset = j.sent(first, 'server', { has: 'R' });
        const all = j.evidence.connections({ from: 'client', to: 'server', port: j.plan.port });
        const second = all.find(({ fromMs }) => fromMs > reset.atMs);
        j.that(second !== undefined, {
          host: 'client',
          action: 'the client connects again, after the RST',
          expected: 'a new SYN from the client, after the RST',
          observed: 'none came',
          because: 'not-survived',
          atMs: second?.fromMs ?? j.evidence.endMs,
        });
        if (second !== undefined) {
          j.sent(second, 'server', { flags: 'S.' });
          j.sent(second, 'client', { flags: '.' });
        }
      },
    },
  ],

  questions: [
    {
      id: 'first',
      ask: 'The server has closed. What happens to the first thing that the client writes then?',
      choices: {
        a: 'The write fails, and nothing is sent.',
        b: 'The write succeeds, the bytes are sent, and an RST comes back.',
        c: 'The bytes are sent and acknowledged.',
      },
      kernel: (evidence, { port }) => {
        const connection = evidence.connections({ from: 'client', port })[0];
        const fin = connection && segmentsOf(connection, { from: 'server', has: 'F' })[0];
        if (connection === undefined || fin === undefined) return undefined;
        const data = segmentsOf(connection, { from: 'client', payload: 'some', afterMs: fin.atMs })[0];
        if (data === undefined) return 'a';
        return segmentsOf(connection, { from: 'server', has: 'R' }).length > 0 ? 'b' : 'c';
      },
      hints: {
        a: 'All the client has seen is a FIN. Does a FIN say that the other end will not read any more?',
        c: 'The server closed both directions. Who is there to take the bytes?',
      },
    },
    {
      id: 'second',
      ask: 'And the second thing it writes, after the RST: how much of it goes on the wire?',
      choices: { a: 'All of it, and a second RST comes back.', b: 'Nothing: the write fails at once.' },
      kernel: (evidence, { port }) => {
        const connection = evidence.connections({ from: 'client', port })[0];
        const reset = connection && segmentsOf(connection, { from: 'server', has: 'R' })[0];
        if (connection === undefined || reset === undefined) return undefined;
        const more = segmentsOf(connection, {
          from: 'client',
          payload: 'some',
          afterMs: reset.atMs + CROSSING_MS,
        });
        return more.length > 0 ? 'a' : 'b';
      },
      hints: { a: 'After the RST the kernel has no connection any more that bytes could be sent on.' },
    },
  ],
  hints: [
    'A FIN says "I send no more". What does it say about reading?',
    "The first write goes out and earns an RST; only the next one fails, with EPIPE. In C that would come with SIGPIPE, which ends a program; Node ignores the signal, and emits 'error'.",
    "connect({ …, allowHalfOpen: true }); on 'end', write every 20 ms; on 'error', stop writing and connect again",
  ],
  wrong: [
    {
      file: 'no-error-handler.ts',
      believes: 'nobody needs to listen to errors',
      fails: 'survived',
      says: 'ended with an error: Error: write EPIPE',
    },
    {
      file: 'writes-once.ts',
      believes: 'a write that succeeds has arrived',
      fails: 'survived',
      says: 'none came',
    },
    {
      file: 'gives-up.ts',
      believes: 'to report the error is to survive it',
      fails: 'survived',
      says: 'none came',
    },
    {
      file: 'polite.ts',
      believes: 'one can write after Node has answered the FIN',
      fails: 'wrote',
      says: 'the client sent its own FIN',
    },
    {
      file: 'comes-back-at-once.ts',
      believes: 'a new connection is all that counts',
      fails: 'wrote',
      says: 'data from the client',
    },
    {
      file: 'own-host.ts',
      believes: 'any connection will do',
      fails: 'hung-up',
      says: 'The client listened on 127.0.0.1',
    },
    { file: 'exit-at-once.ts', believes: 'printing PASS is enough', fails: 'runs', says: 'exit code 0' },
  ],
};

/** What was sent before the RST came may arrive a little after the RST was seen at the other end. */
const CROSSING_MS = 5;

/** The first data of the client after the server's FIN. */
function written(j: Judge, connection: Connection): SegmentEvent {
  const fin = j.sent(connection, 'server', { has: 'F' });
  const data = j.sent(connection, 'client', { payload: 'some', afterMs: fin.atMs });
  const end = segmentEnd(fin.segment);
  j.that(data.segment.ack === end, {
    host: 'client',
    action: "the data acknowledges the server's FIN",
    expected: "data that was sent after the server's FIN had come",
    observed: 'it was sent before',
    because: 'crossed',
    atMs: data.atMs,
    segments: [data],
    help: "Wait for the event 'end', and write then.",
  });
  return data;
}
