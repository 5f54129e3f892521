import type { Exercise } from '../../exercise/exercise.ts';
import { segmentsOf } from '../../exercise/judge/evidence.ts';
import type { Judge } from '../../exercise/judge/judge.ts';
import { describeLife, stayIn } from '../../exercise/judge/life.ts';

/** The kernel counts apart why it reset: a close() with unread bytes, or SO_LINGER with zero seconds. */
const UNREAD = 'TCPAbortOnClose';
const LINGER = 'TCPAbortOnData';

export const exercise: Exercise = {
  number: 23,
  slug: 'unread',
  title: 'Close with unread bytes: RST though nobody asked for it',
  points: 16,
  paths: {
    client: ['CLOSED', 'SYN_SENT', 'ESTABLISHED', 'CLOSED'],
    server: ['CLOSED', 'LISTEN', 'SYN_RCVD', 'ESTABLISHED', 'CLOSED'],
  },
  cast: {
    server: { host: 'server', student: 'server.ts', reference: 'servers/newest-only.ts' },
    sender: { host: 'client', provided: 'clients/send.ts' },
    second: { host: 'client', provided: 'clients/connect.ts' },
  },
  lastsMs: 1_000,

  async scenario(scene) {
    const { client, server, plan } = scene;
    const bytes = plan.number('bytes', 2_000, 9_000);
    await server.counters(UNREAD, LINGER);
    await server.start('server');
    await server.listens();
    await client.start('sender', { more: [String(bytes)] });
    const { segment } = await server.saw({ flags: 'S' });
    const sender = { remotePort: segment.source.port };
    await server.saw({ payload: 'some' });
    await client.until(
      'to have all its bytes acknowledged',
      (sockets) => sockets.every(({ state, sendQueue }) => state !== 'SYN_SENT' && sendQueue === 0),
      { localPort: sender.remotePort },
    );
    await server.sample();
    await scene.ss();
    await scene.step('the bytes have arrived');
    await client.start('second');
    await server.reaches('CLOSED', { ...sender, deadlineMs: 3_000, patient: true });
    await client.reaches('CLOSED', { localPort: sender.remotePort, patient: true, deadlineMs: 1_000 });
    await server.counters(UNREAD, LINGER);
  },

  checks: [
    {
      id: 'delivered',
      title: "The client's bytes reach the server, and its kernel acknowledges them",
      weight: 1,
      expects: { client: 'ESTABLISHED', server: 'LISTEN and ESTABLISHED' },
      help: 'Listen on the address and port that you are given, and keep the connection open until the bytes have come.',
      judge(j, { port }) {
        j.that(j.evidence.listeners('server', port).length > 0, {
          host: 'server',
          action: `the server listens on port ${port}`,
          expected: `LISTEN on port ${port} of the server`,
          observed: 'nobody listened there',
          because: 'not-listening',
        });
        const connection = j.connection('client', 'server');
        j.sent(connection, 'server', { flags: 'S.' });
        j.sent(connection, 'client', { payload: 'some' });
      },
    },
    {
      id: 'unread',
      title: 'They lie unread in the queue when the server closes',
      weight: 2,
      needs: ['delivered'],
      expects: { client: 'ESTABLISHED', server: 'ESTABLISHED, with Recv-Q above 0' },
      help: 'Do not read what comes: look for pauseOnConnect in the documentation of createServer().',
      judge(j) {
        const life = j.evidence.life(j.connection('client', 'server'), 'server');
        const rows = (life && stayIn(life, 'ESTABLISHED')?.rows) ?? [];
        const last = rows.at(-1);
        // Whoever closes within a millisecond is not seen with a full queue; the kernel counts such a close all the same.
        const unread = (last?.socket.receiveQueue ?? 0) > 0 || counted(j, UNREAD) > 0;
        const before = rows.some(({ socket }) => socket.receiveQueue > 0);
        j.that(unread, {
          host: 'server',
          action: 'bytes lie unread in the queue to the last',
          expected: "unread bytes in the socket's queue (Recv-Q in ss) when the server closes",
          observed: `Recv-Q was 0: ${before ? 'the program had read them all' : 'the program read them as they came'}`,
          because: 'read',
          atMs: last?.atMs ?? j.evidence.endMs,
          help: 'Somebody reads: a handler of data, resume() or pipe(); and a Node socket without any handler is read all the same. pauseOnConnect stops that.',
        });
      },
    },
    {
      id: 'reset',
      title: 'The server closes, and its kernel sends RST instead of FIN',
      weight: 3,
      needs: ['unread'],
      expects: { client: 'CLOSED', server: 'CLOSED' },
      help: 'Close the socket whole, with destroy(): close(2) is what makes the kernel look at the queue.',
      judge(j) {
        const connection = j.connection('client', 'server');
        j.notSent(
          connection,
          'server',
          { has: 'F' },
          {
            because: 'fin',
            help: 'end() closes the sending side only, and the kernel waits for you to read on. Close both: destroy().',
          },
        );
        const left = j.evidence.life(connection, 'server');
        const open = left !== undefined && left.goneMs === undefined;
        j.that(!open, {
          host: 'server',
          action: 'the server closes the connection',
          expected: 'the connection closed by the server while the bytes are unread',
          observed: open ? `the server showed ${describeLife(left)}` : '',
          because: 'not-closed',
        });
        j.sent(connection, 'server', { has: 'R' }, { because: 'no-reset' });
      },
    },
    {
      id: 'why',
      title: 'The kernel did so because of the unread bytes, not because of SO_LINGER',
      weight: 1,
      needs: ['reset'],
      expects: { client: 'CLOSED', server: `${UNREAD} counted once` },
      help: 'Leave SO_LINGER alone: destroy() instead of resetAndDestroy().',
      judge(j) {
        j.that(counted(j, UNREAD) > 0, {
          host: 'server',
          action: `the server's kernel counts ${UNREAD}`,
          expected: `${UNREAD} counted, a close with unread bytes`,
          observed: `it was not; ${LINGER}, a close with SO_LINGER, grew by ${counted(j, LINGER)}`,
          because: 'other-reason',
        });
      },
    },
    {
      id: 'sender',
      title: "The client's connection is gone, without FIN and without TIME_WAIT",
      weight: 1,
      needs: ['reset'],
      expects: { client: 'CLOSED straight from ESTABLISHED', server: 'CLOSED' },
      help: 'Close once, and leave the rest to the kernel.',
      judge(j) {
        const connection = j.connection('client', 'server');
        const life = j.evidence.life(connection, 'client');
        // It may have lived too short a time to be seen; the wire has shown that it was there.
        if (life !== undefined) j.passes(life, ['SYN_SENT?', 'ESTABLISHED?', 'CLOSED']);
        j.notSent(connection, 'client', { has: 'F' });
      },
    },
  ],

  questions: [
    {
      id: 'close',
      ask: 'The server closes a connection on which bytes lie unread. What does its kernel send?',
      choices: { a: 'FIN: nobody asked for a reset.', b: 'RST.', c: 'FIN, and then the bytes back.' },
      kernel: (evidence, { port }) => {
        const connection = evidence.connections({ from: 'client', port })[0];
        if (connection === undefined) return undefined;
        if (segmentsOf(connection, { from: 'server', has: 'F' }).length > 0) return 'a';
        return segmentsOf(connection, { from: 'server', has: 'R' }).length > 0 ? 'b' : undefined;
      },
      hints: {
        a: 'A FIN would tell the client that all it sent was taken. Was it?',
        c: 'What has been acknowledged never goes back. How else can the client learn that it was lost?',
      },
    },
    {
      id: 'acknowledged',
      ask: 'Were those bytes acknowledged, though the program never read them?',
      choices: { a: 'Yes, as soon as they came.', b: 'No: an ACK means that the program has read.' },
      kernel: (evidence, { port }) => {
        const connection = evidence.connections({ from: 'client', port })[0];
        const socket = connection && evidence.life(connection, 'client');
        const stay = socket && stayIn(socket, 'ESTABLISHED');
        const sent = connection && segmentsOf(connection, { from: 'client', payload: 'some' });
        if (stay === undefined || sent === undefined || sent.length === 0) return undefined;
        return stay.rows.at(-1)?.socket.sendQueue === 0 ? 'a' : 'b';
      },
      hints: { b: "Look at Send-Q on the client: it is 0 while the server's Recv-Q still holds every byte." },
    },
  ],
  hints: [
    'What does a FIN promise to the other end? Can the kernel promise that when bytes were thrown away?',
    'close(2) with bytes in the receive queue sends RST (RFC 2525, 2.17). So accept, do not read, and close once the bytes have come.',
    'createServer({ pauseOnConnect: true }, (socket) => …), and socket.destroy() of the first connection when the second one comes.',
  ],
  wrong: [
    {
      file: 'reads-first.ts',
      believes: 'closing is what matters, not what was read',
      fails: 'unread',
      says: 'Recv-Q was 0',
    },
    {
      file: 'no-handler.ts',
      believes: 'without a handler nothing is read',
      fails: 'unread',
      says: 'Recv-Q was 0',
    },
    {
      file: 'resets.ts',
      believes: 'any RST will do',
      fails: 'unread',
      says: 'Recv-Q was 0',
    },
    {
      file: 'shuts-down.ts',
      believes: 'end() closes the connection',
      fails: 'reset',
      says: 'the server sent a FIN',
    },
    {
      file: 'closes-the-newest.ts',
      believes: 'it does not matter which connection is closed',
      fails: 'reset',
      says: 'the server showed ESTABLISHED',
    },
    {
      file: 'other-port.ts',
      believes: 'any port will do',
      fails: 'delivered',
      says: 'nobody listened there',
    },
    { file: 'exit-at-once.ts', believes: 'printing PASS is enough', fails: 'runs', says: 'exit code 0' },
  ],
};

/** By how much a counter of the server grew in the run. */
function counted({ evidence }: Judge, name: string): number {
  const readings = evidence.counter('server', name);
  return (readings.at(-1)?.value ?? 0) - (readings[0]?.value ?? 0);
}
