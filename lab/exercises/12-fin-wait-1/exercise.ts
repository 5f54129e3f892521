import type { Exercise } from '../../exercise/exercise.ts';
import { type Connection, initialNumber } from '../../exercise/judge/connection.ts';
import { type Evidence, segmentsOf } from '../../exercise/judge/evidence.ts';
import { duration, type Life, stayIn } from '../../exercise/judge/life.ts';
import { streamOf } from '../../exercise/judge/stream.ts';
import type { SocketRecord } from '../../observe/sock-diag.ts';
import type { SegmentEvent } from '../../observe/timeline.ts';
import { FIN } from '../../tcp/flags.ts';
import { seqAdd } from '../../tcp/sequence.ts';

/** Timeouts that are waited for before the gates open: with the one that then gets through there are three. */
const TIMEOUTS = 2;
/** How long the orphan is there at least: two timeouts of 0.2 s and 0.4 s, and the wait of 0.8 s after them, with room. */
const ORPHAN_MS = 500;
/** A tail loss probe may come a few milliseconds after what it probes for, and is no timeout. RFC 8985, section 7. */
const PROBE_MS = 150;

export const exercise: Exercise = {
  number: 12,
  slug: 'fin-wait-1',
  title: 'Leave a socket in FIN_WAIT_1 behind',
  points: 8,
  paths: {
    client: ['CLOSED', 'SYN_SENT', 'ESTABLISHED', 'FIN_WAIT_1', 'TIME_WAIT'],
    server: ['CLOSED', 'LISTEN', 'SYN_RCVD', 'ESTABLISHED', 'CLOSE_WAIT', 'LAST_ACK', 'CLOSED'],
  },
  cast: {
    server: { host: 'server', provided: 'servers/close-last.ts' },
    client: { host: 'client', student: 'client.ts', reference: 'clients/close-and-exit.ts' },
  },
  lastsMs: 4_000,
  waitsForTimer: true,

  async scenario(scene) {
    const { client, server, plan } = scene;
    const gates = await Promise.all([server.gate('data'), server.gate('fin')]);
    await server.start('server');
    await server.listens();
    await client.start('client');
    await server.saw({ has: 'S', destination: { port: plan.port } });
    const closed = await client.reaches('FIN_WAIT_1', { remotePort: plan.port, deadlineMs: 3_000 });
    const cookie = closed?.cookie ?? '';

    let timeouts = TIMEOUTS;
    const orphan = (sockets: readonly SocketRecord[]): SocketRecord | undefined =>
      sockets.find((socket) => socket.cookie === cookie && socket.inode === 0);
    await client.until(
      'to have a socket without an owner',
      (sockets) => {
        const found = orphan(sockets);
        if (found !== undefined) timeouts = Math.max(TIMEOUTS, found.retransmits + 1);
        return found !== undefined;
      },
      { patient: true, deadlineMs: 2_500 },
    );
    await client.until(
      'to send it again',
      (sockets) => (orphan(sockets)?.retransmits ?? timeouts) >= timeouts,
      { patient: true },
    );
    await scene.ss();
    await Promise.all(gates.map((gate) => gate.open()));
    await client.reaches('TIME_WAIT', { cookie, patient: true });
    await server.until('to have closed', (sockets) => sockets.every(({ state }) => state === 'LISTEN'), {
      patient: true,
    });
  },

  checks: [
    {
      id: 'farewell',
      title: 'The client sends a few bytes and then a FIN, and no reset',
      weight: 1,
      expects: { client: 'FIN_WAIT_1', server: 'ESTABLISHED: the gates keep everything from it' },
      help: 'Connect, send a line, and close.',
      judge(j) {
        const connection = j.connection('client', 'server', { help: GIVEN_PLACE });
        j.notSent(connection, 'client', { has: 'R' }, { because: 'reset', help: NO_RESET });
        const fin = j.sent(connection, 'client', { has: 'F' }, { because: 'not-closed' });
        const bytes = streamOf(connection, 'client').length;
        j.that(bytes > 0, {
          host: 'client',
          action: `the client sends bytes before it: ${bytes}`,
          expected: 'at least one byte from the client before its FIN',
          observed: 'the client sent a FIN and no data',
          because: 'no-data',
          help: 'Write once you are connected: what is written earlier waits in your program, and is lost with it.',
          atMs: fin.atMs,
          segments: [fin],
        });
      },
    },
    {
      id: 'orphan',
      title: 'The socket stays in FIN_WAIT_1 after the program has let go of it',
      weight: 3,
      needs: ['farewell'],
      expects: {
        client: `FIN_WAIT_1 without an owner (ino:0), and bytes in Send-Q, for ${duration(ORPHAN_MS)} and more`,
        server: 'ESTABLISHED: the gates keep everything from it',
      },
      help: 'Nobody answers your FIN, so no event will tell your program that all is well. Let it end all the same.',
      judge(j) {
        const connection = j.connection('client', 'server');
        const life = j.socket(connection, 'client');
        const stay = j.reaches(life, 'FIN_WAIT_1');
        const orphaned = stay.rows.find(({ socket }) => socket.inode === 0);
        const row = j.found(orphaned, {
          host: 'client',
          action: 'no program holds it any more',
          expected: 'FIN_WAIT_1 on a socket without an owner: ss shows ino:0',
          observed: `a program still held the socket after ${duration(stay.toMs - stay.fromMs)} in FIN_WAIT_1`,
          because: 'owned',
          atMs: orphaned?.atMs ?? stay.toMs,
        });
        j.that(row.socket.sendQueue > 1, {
          host: 'client',
          action: `${row.socket.sendQueue} numbers are not acknowledged: bytes and the FIN`,
          expected: 'bytes and a FIN that are not acknowledged: Send-Q above 1',
          observed: `Send-Q was ${row.socket.sendQueue}`,
          because: 'nothing-unacknowledged',
          atMs: row.atMs,
        });
        const heldMs = stay.toMs - row.atMs;
        j.that(heldMs >= ORPHAN_MS, {
          host: 'client',
          action: `the kernel keeps it for ${duration(ORPHAN_MS)} at least`,
          expected: `FIN_WAIT_1 without an owner for at least ${duration(ORPHAN_MS)}`,
          observed: `it was there for ${duration(heldMs)}`,
          because: 'left-early',
          atMs: stay.toMs,
        });
      },
    },
    {
      id: 'again',
      title: 'The kernel sends bytes and FIN again, and waits twice as long each time',
      weight: 2,
      needs: ['orphan'],
      expects: {
        client: 'the same again after about 0.2 s, 0.4 s and 0.8 s',
        server: 'nothing: it gets none of it',
      },
      help: 'Send few bytes, so that they fit into one segment, and leave the rest to the kernel.',
      judge(j) {
        const connection = j.connection('client', 'server');
        const sent = transmissions(connection);
        const gaps = gapsOf(sent);
        const shown = gaps.map((ms) => duration(ms)).join(', ');
        j.that(gaps.length > TIMEOUTS, {
          host: 'client',
          action: 'the kernel sends again what is not acknowledged, three times at least',
          expected: 'the first unacknowledged byte on the wire four times at least',
          observed: `it was there ${sent.length === 1 ? 'once' : `${sent.length} times`}`,
          because: 'not-repeated',
          segments: sent,
        });
        const even = gaps.findIndex((ms, n) => n > 0 && !doubles(gaps[n - 1] ?? 0, ms));
        j.that(even === -1, {
          host: 'client',
          action: `the waits grow: ${shown}`,
          expected: 'waits that double',
          observed: `they were ${shown}`,
          because: 'no-backoff',
          segments: sent,
        });
      },
    },
    {
      id: 'delivered',
      title: 'When the gates open, bytes and FIN arrive, though the program is gone',
      weight: 2,
      needs: ['again'],
      expects: { client: 'FIN_WAIT_1 → TIME_WAIT', server: 'CLOSE_WAIT → LAST_ACK, then no socket' },
      help: 'Leave the socket to the kernel in an orderly way: end() or destroy(), or just the end of the program.',
      judge(j) {
        const connection = j.connection('client', 'server');
        const fin = j.sent(connection, 'client', { has: 'F' });
        const all = seqAdd(fin.segment.seq, fin.segment.payload.length + 1);
        j.sent(
          connection,
          'server',
          { ack: all },
          {
            action: `the server acknowledges all ${streamOf(connection, 'client').length} bytes, and the FIN`,
          },
        );
        const path = ['SYN_SENT?', 'ESTABLISHED?', 'FIN_WAIT_1', 'FIN_WAIT_2?', 'TIME_WAIT'] as const;
        j.passes(j.socket(connection, 'client'), path);
        j.gone(j.socket(connection, 'server'));
      },
    },
  ],

  questions: [
    {
      id: 'after-the-program',
      ask: 'Your program has ended, and its FIN is not acknowledged. What does ss show on the client?',
      choices: {
        a: 'Nothing: sockets go with their program.',
        b: 'FIN-WAIT-1, without an owner.',
        c: 'TIME-WAIT: the client closed first.',
      },
      kernel: (evidence, { port }) => {
        const life = clientLife(evidence, port);
        const orphan = life?.stays
          .flatMap(({ state, rows }) => rows.map(({ socket }) => ({ state, socket })))
          .find(({ socket }) => socket.inode === 0);
        if (life === undefined) return undefined;
        if (orphan === undefined) return life.goneMs === undefined ? undefined : 'a';
        return orphan.state === 'FIN_WAIT_1' ? 'b' : 'c';
      },
      hints: {
        a: 'The kernel has promised to deliver what write() took. Whose is the socket when the program is gone?',
        c: 'TIME_WAIT comes after both FINs have been acknowledged. Which of the two has been?',
      },
    },
    {
      id: 'waits',
      ask: 'Nothing is acknowledged. How long does the kernel wait before it sends the FIN again, each time?',
      choices: { a: 'Always as long.', b: 'Twice as long each time.', c: 'It does not send it again.' },
      kernel: (evidence, { port }) => {
        const connection = evidence.connections({ from: 'client', port })[0];
        if (connection === undefined || stayInFinWait(evidence, port) === undefined) return undefined;
        const gaps = gapsOf(transmissions(connection));
        if (gaps.length === 0) return evidence.endMs - connection.fromMs > 1_000 ? 'c' : undefined;
        if (gaps.length < 2) return undefined;
        return gaps.every((ms, n) => n === 0 || doubles(gaps[n - 1] ?? 0, ms)) ? 'b' : 'a';
      },
      hints: {
        a: 'If many senders on a jammed path all repeated as fast as before, it would stay jammed. See RFC 6298, rule 5.5.',
        c: 'A lost FIN and a lost byte are the same to TCP: both have a sequence number that somebody has to acknowledge.',
      },
    },
    {
      id: 'the-bytes',
      ask: 'The bytes were not acknowledged when the program ended. What becomes of them when the network works again?',
      choices: { a: 'They arrive.', b: 'They are lost: nobody is left to send them.' },
      kernel: (evidence, { port }) => {
        const connection = evidence.connections({ from: 'client', port })[0];
        const bytes = connection === undefined ? 0 : streamOf(connection, 'client').length;
        const first = connection === undefined ? undefined : initialNumber(connection, 'client');
        const opened = evidence.gates('server', 'data').find(({ action }) => action === 'opened')?.atMs;
        if (connection === undefined || first === undefined || opened === undefined || bytes === 0)
          return undefined;
        const acks = segmentsOf(connection, { from: 'server', has: '.', afterMs: opened });
        const want = [seqAdd(first, 1 + bytes), seqAdd(first, 2 + bytes)];
        return acks.some(({ segment }) => want.includes(segment.ack)) ? 'a' : 'b';
      },
      hints: {
        b: 'write() hands bytes to the kernel. Watch Send-Q after the program has ended: whose are they now?',
      },
    },
  ],
  hints: [
    'Who sends a FIN again when nobody acknowledges it: your program, or the kernel? Does the kernel need your program for it?',
    "end() hands the last bytes and the FIN to the kernel, and its callback tells that it has taken them. It does not tell that they have arrived: for that your program would wait until the other side's FIN comes.",
    "socket.end('Goodbye.\\n', () => process.exit());",
  ],
  wrong: [
    {
      file: 'wait-for-the-end.ts',
      believes: 'the program has to be there until everything has arrived',
      fails: 'orphan',
      says: 'a program still held the socket',
    },
    {
      file: 'half-close-and-stay.ts',
      believes: 'shutdown() gives the socket back',
      fails: 'orphan',
      says: 'a program still held the socket',
    },
    {
      file: 'exit-before-it-is-sent.ts',
      believes: 'what was given to write() has been sent',
      fails: 'farewell',
      says: 'the client sent a FIN and no data',
    },
    {
      file: 'say-nothing.ts',
      believes: 'a FIN alone is what has to be kept',
      fails: 'farewell',
      says: 'the client sent a FIN and no data',
    },
    {
      file: 'reset-and-exit.ts',
      believes: 'a program that ends resets its connections',
      fails: 'farewell',
      says: 'the client sent an RST',
    },
    {
      file: 'never-close.ts',
      believes: 'the other side will see that nothing more comes',
      fails: 'farewell',
      says: 'Expected a FIN from the client',
    },
    { file: 'exit-at-once.ts', believes: 'printing PASS is enough', fails: 'runs', says: 'exit code 0' },
  ],
};

const GIVEN_PLACE =
  'Connect to the address and port you are given: const [host, port] = process.argv.slice(2);';
const NO_RESET =
  'An RST throws away what is not acknowledged, and leaves nothing behind. Close in an orderly way: end().';

/** Each time that the first byte which nobody acknowledges was on its way: data, or the FIN when there are none. */
function transmissions(connection: Connection): readonly SegmentEvent[] {
  const seq = seqAdd(initialNumber(connection, 'client') ?? 0, 1);
  return segmentsOf(connection, { from: 'client', seq, not: 'R' }).filter(
    ({ segment }) => segment.payload.length > 0 || (segment.flags & FIN) !== 0,
  );
}

/**
 * The waits between timeouts, in milliseconds. A probe is none: it comes at once behind a tail of several segments, and behind
 * a single one after as long as the first timeout takes.
 */
function gapsOf(sent: readonly SegmentEvent[]): number[] {
  const gaps = sent
    .slice(1)
    .map(({ atMs }, n) => atMs - (sent[n]?.atMs ?? 0))
    .filter((ms) => ms >= PROBE_MS);
  const [first = 0, second = Number.POSITIVE_INFINITY] = gaps;
  return second < first * 1.6 ? gaps.slice(1) : gaps;
}

/** Whether a wait is twice as long as the one before, with room for the kernel's tick and a busy machine. */
function doubles(before: number, after: number): boolean {
  return after > before * 1.6 && after < before * 2.6;
}

function clientLife(evidence: Evidence, port: number): Life | undefined {
  const connection = evidence.connections({ from: 'client', port })[0];
  return connection === undefined ? undefined : evidence.life(connection, 'client');
}

function stayInFinWait(evidence: Evidence, port: number): unknown {
  const life = clientLife(evidence, port);
  return life === undefined ? undefined : stayIn(life, 'FIN_WAIT_1');
}
