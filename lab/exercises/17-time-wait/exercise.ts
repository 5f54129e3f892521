import type { Exercise } from '../../exercise/exercise.ts';
import { segmentsOf } from '../../exercise/judge/evidence.ts';
import { duration, stayIn } from '../../exercise/judge/life.ts';
import { Inconclusive } from '../../exercise/judge/step.ts';
import { RST } from '../../tcp/flags.ts';
import { TIME_WAIT_MS, timeWaitRun } from './time-wait-run.ts';

/** A retransmission timeout is 200 ms at least on Linux, TCP_RTO_MIN; what comes sooner is no answer to a lost ACK. */
const RESENT_AFTER_MS = 150;
/** What the clock of TIME_WAIT may be off: a tick of the kernel, and the time between a segment and a look. */
const ROOM_MS = 60;
const FALLEN_MS = 50;

const IN_TIME_WAIT = { client: 'no TCP socket: a raw program has none', server: 'TIME_WAIT, no owner' };

export const exercise: Exercise = {
  number: 17,
  slug: 'time-wait',
  title: 'Lose the last ACK, and restart the clock of TIME_WAIT',
  points: 10,
  paths: {
    client: [],
    server: ['CLOSED', 'LISTEN', 'SYN_RCVD', 'ESTABLISHED', 'FIN_WAIT_1', 'FIN_WAIT_2', 'TIME_WAIT'],
  },
  cast: {
    server: { host: 'server', provided: 'servers/close-first.ts' },
    client: { host: 'client', student: 'client.ts', reference: 'clients/resend-fin.ts' },
  },
  lastsMs: 3_000,

  async scenario(scene) {
    const { client, server, plan } = scene;
    await client.gate('own-rst');
    const service = await server.start('server');
    await server.listens();
    await client.start('client');
    const waiting = await server.reaches('TIME_WAIT', { localPort: plan.port });
    await server.sample();
    const counting = server.until(
      `to count the first ${FALLEN_MS} ms of TIME_WAIT down`,
      (sockets) =>
        sockets.some(
          ({ cookie, timerMs }) => cookie === waiting?.cookie && timerMs <= TIME_WAIT_MS - FALLEN_MS,
        ),
      { patient: true },
    );
    await Promise.all([counting.then(() => server.sample()), service.stop()]);
    await scene.ss();
    const [, again] = await server.sawAll(2, { has: 'F', destination: { port: plan.port } });
    await client.saw({ flags: '.', source: { port: plan.port } }, { sinceMs: again?.atMs ?? 0 });
    await server.sample();
    await scene.ss();
  },

  checks: [
    {
      id: 'time-wait',
      title: 'You close last: the server is in TIME_WAIT, and you have no socket',
      weight: 3,
      expects: IN_TIME_WAIT,
      help: 'Wait for the server\'s FIN, acknowledge it, and then send your own: send("."), then send("F.").',
      judge(j) {
        const connection = j.connection('client', 'server');
        const theirs = j.sent(connection, 'server', { has: 'F' });
        const yours = segmentsOf(connection, { from: 'client', has: 'F' })[0];
        j.that(yours === undefined || yours.atMs > theirs.atMs, {
          host: 'client',
          action: 'the client does not close first',
          expected: "the server's FIN before the client's: the one who closes first gets TIME_WAIT",
          observed: 'the FIN of the client came first, so no TIME_WAIT is left on the server',
          because: 'closed-first',
          atMs: yours?.atMs ?? j.evidence.endMs,
        });
        j.sent(connection, 'client', { has: 'F' }, { because: 'no-fin' });
        const socket = j.socket(connection, 'server');
        j.reaches(socket, 'TIME_WAIT');
        const own = j.evidence.life(connection, 'client');
        const left = own === undefined ? undefined : stayIn(own, 'TIME_WAIT');
        j.that(left === undefined, {
          host: 'client',
          action: 'the client, which closed last, has no TIME_WAIT',
          expected: 'no TIME_WAIT on the client',
          observed: 'the client has one as well',
          because: 'closed-first',
          atMs: left?.fromMs ?? j.evidence.endMs,
        });
      },
    },
    {
      id: 'resent',
      title: 'Your FIN comes again, the same as before, after a retransmission timeout',
      weight: 2,
      needs: ['time-wait'],
      expects: IN_TIME_WAIT,
      help: 'Note peer.sendNext before you send the FIN. Some 300 ms later send the FIN again with that number: send("F.", { seq }).',
      judge(j) {
        const connection = j.connection('client', 'server');
        j.notSent(connection, 'client', { has: 'R' }, { because: 'reset', help: RESET_ENDS_IT });
        const [first, again] = segmentsOf(connection, { from: 'client', has: 'F' });
        j.that(first !== undefined && again !== undefined, {
          host: 'client',
          action: 'the client sends its FIN again',
          expected: "the client's FIN a second time, for the ACK of the first is taken to be lost",
          observed: 'the client sent its FIN only once',
          because: 'not-resent',
          atMs: again?.atMs ?? j.evidence.endMs,
        });
        if (first === undefined || again === undefined) return;
        const off = (again.segment.seq - first.segment.seq) | 0;
        j.that(off === 0, {
          host: 'client',
          action: 'it has the same sequence number',
          expected: 'the same sequence number both times: it is the same FIN',
          observed: `the second FIN's number is ${Math.abs(off)} ${off < 0 ? 'lower' : 'higher'} than the first's`,
          because: 'other-number',
          atMs: again.atMs,
          segments: [first, again],
        });
        const afterMs = again.atMs - first.atMs;
        j.that(afterMs >= RESENT_AFTER_MS, {
          host: 'client',
          action: 'it comes after a retransmission timeout',
          expected: `${duration(RESENT_AFTER_MS)} or more between the two, as a TCP that waits for an ACK leaves`,
          observed: `they are ${duration(afterMs)} apart, too close to see a clock run`,
          because: 'too-soon',
          atMs: again.atMs,
          segments: [first, again],
        });
      },
    },
    {
      id: 'answered',
      title: 'The kernel acknowledges your FIN again, though no program is left on the server',
      weight: 2,
      needs: ['resent'],
      expects: IN_TIME_WAIT,
      help: 'Keep your raw socket open until the second ACK has come; send nothing else.',
      judge(j) {
        const connection = j.connection('client', 'server');
        const [first, again] = segmentsOf(connection, { from: 'client', has: 'F' });
        const ack = ((first?.segment.seq ?? 0) + 1 + (first?.segment.payload.length ?? 0)) >>> 0;
        j.sent(connection, 'server', { flags: '.', ack, afterMs: again?.atMs ?? 0 });
        const stay = j.reaches(j.socket(connection, 'server'), 'TIME_WAIT');
        const owned = stay.rows.find(({ socket }) => socket.inode !== 0);
        j.that(owned === undefined, {
          host: 'server',
          action: 'the row of TIME_WAIT has no owner',
          expected: 'TIME_WAIT without an owner: inode 0',
          observed: `the row belongs to inode ${owned?.socket.inode}`,
          because: 'owned',
          atMs: stay.fromMs,
        });
      },
    },
    {
      id: 'restarted',
      title: 'The clock of TIME_WAIT falls from 60 s, and your second FIN sets it back to 60 s',
      weight: 3,
      needs: ['answered'],
      expects: { ...IN_TIME_WAIT, server: 'TIME_WAIT, its timer at 60 s again' },
      help: 'Send nothing but that one FIN, and only when the clock has run for some 300 ms.',
      judge(j) {
        const { entered, fell, restarted } = timeWaitRun(j.evidence, j.plan);
        j.that(entered !== undefined && Math.abs(entered.setToMs - TIME_WAIT_MS) <= ROOM_MS, {
          host: 'server',
          action: 'the clock begins at 60 s',
          expected: 'a timer of 60 s from the first FIN on, whatever tcp_fin_timeout says',
          observed: entered === undefined ? 'no row was seen' : `it was set to ${duration(entered.setToMs)}`,
          because: 'other-clock',
          atMs: entered?.atMs ?? j.evidence.endMs,
        });
        const hasFallen = fell !== undefined && fell.timerMs <= TIME_WAIT_MS - FALLEN_MS;
        // There were 150 ms between the FINs: whoever did not look at the clock meanwhile cannot say that it stood still.
        if (!hasFallen && entered !== undefined && (fell?.atMs ?? 0) - entered.atMs < FALLEN_MS)
          throw new Inconclusive('The lab did not get to look at the clock between the two FINs.');
        j.that(hasFallen, {
          host: 'server',
          action: 'it falls',
          expected: `a timer of at most ${TIME_WAIT_MS - FALLEN_MS} ms before the second FIN`,
          observed: fell === undefined ? 'no row was seen' : `it was at ${fell.timerMs} ms`,
          because: 'did-not-fall',
          atMs: fell?.atMs ?? j.evidence.endMs,
        });
        j.that(restarted !== undefined && Math.abs(restarted.setToMs - TIME_WAIT_MS) <= ROOM_MS, {
          host: 'server',
          action: 'the second FIN sets it to 60 s again',
          expected: 'a timer of 60 s, counted from the second FIN',
          observed:
            restarted === undefined
              ? 'no row was seen after it'
              : `it was set to ${duration(restarted.setToMs)}`,
          because: 'not-restarted',
          atMs: restarted?.atMs ?? j.evidence.endMs,
        });
      },
    },
  ],

  slow: {
    lastsMs: 66_000,
    async scenario({ server, plan }) {
      await server.leaves('TIME_WAIT', { localPort: plan.port, deadlineMs: 68_000 });
    },
    checks: [
      {
        id: 'sixty-seconds',
        title: 'The server leaves TIME_WAIT a minute after your second FIN',
        weight: 0,
        needs: ['restarted'],
        expects: { client: 'no TCP socket', server: 'no TIME_WAIT any more' },
        help: 'Send nothing after the second FIN: each segment would start the 60 s again.',
        judge(j) {
          const connection = j.connection('client', 'server');
          const again = segmentsOf(connection, { from: 'client', has: 'F' })[1];
          const goneMs = j.gone(j.socket(connection, 'server'));
          const afterMs = goneMs - (again?.atMs ?? 0);
          j.that(afterMs > TIME_WAIT_MS - ROOM_MS && afterMs < TIME_WAIT_MS + LATE_MS, {
            host: 'server',
            action: 'TIME_WAIT lasts 60 s from the second FIN on, and not much longer',
            expected: `60 s to ${duration(TIME_WAIT_MS + LATE_MS)} between the second FIN and the end of TIME_WAIT`,
            observed: `there were ${duration(afterMs)}`,
            because: 'other-clock',
            atMs: goneMs,
          });
        },
      },
    ],
  },

  questions: [
    {
      id: 'resent-fin',
      ask: 'The server has been in TIME_WAIT for a while, and your FIN arrives once more. What does its kernel do?',
      choices: {
        a: 'Nothing: it has seen this FIN.',
        b: 'It sends the ACK again, and its 60 s go on running down.',
        c: 'It sends the ACK again, and starts the 60 s anew.',
        d: 'It answers with RST: no program is there any more.',
      },
      kernel: (evidence, plan) => {
        const connection = evidence.connections({ from: 'client', port: plan.port })[0];
        const again =
          connection === undefined ? undefined : segmentsOf(connection, { from: 'client', has: 'F' })[1];
        if (connection === undefined || again === undefined) return undefined;
        const answers = segmentsOf(connection, { from: 'server', afterMs: again.atMs });
        if (answers.some(({ segment }) => (segment.flags & RST) !== 0)) return 'd';
        const { restarted } = timeWaitRun(evidence, plan);
        if (restarted === undefined) return undefined;
        if (answers.length === 0) return 'a';
        return Math.abs(restarted.setToMs - TIME_WAIT_MS) <= ROOM_MS ? 'c' : 'b';
      },
      hints: {
        a: 'A FIN that comes again means that its ACK was lost. Who but this kernel could send another?',
        b: 'Look at the timer in ss -tano before and after the second FIN.',
        d: 'RST would tell the other end that its data may be lost, though all of it arrived. Preventing that is what the state is for.',
      },
    },
    {
      id: 'owner',
      ask: 'The lab stops the server program while its connection is in TIME_WAIT. What becomes of the connection?',
      choices: {
        a: 'It stays in TIME_WAIT: the row belongs to the kernel, not to a program.',
        b: 'It is gone: the kernel cleans up when a process ends.',
      },
      kernel: (evidence, { port }) => {
        const connection = evidence.connections({ from: 'client', port })[0];
        const life = connection === undefined ? undefined : evidence.life(connection, 'server');
        const stay = life === undefined ? undefined : stayIn(life, 'TIME_WAIT');
        const ended = evidence.programs('server').find(({ action }) => action === 'ended')?.atMs;
        if (stay === undefined || ended === undefined) return undefined;
        return stay.toMs > ended ? 'a' : 'b';
      },
      hints: {
        b: 'Look for the end of the row in ss -tanoe: is there an inode, as every open descriptor has?',
      },
    },
  ],
  hints: [
    'Who gets TIME_WAIT: the end that closes first, or the one that closes last? And what would that end have to do if the last ACK were lost?',
    'The end that closes last sends its FIN again until it is acknowledged. A raw program has to do so itself, and with the same sequence number: it is the same FIN.',
    "const seq = peer.sendNext; await peer.send('F.'); setTimeout(() => void peer.send('F.', { seq }), 300);",
  ],
  wrong: [
    {
      file: 'connect-and-end.ts',
      believes: 'TIME_WAIT can be seen at work with two ordinary programs and no loss',
      fails: 'resent',
      says: 'the client sent its FIN only once',
    },
    {
      file: 'close-first.ts',
      believes: 'the server has TIME_WAIT whoever closes first',
      fails: 'time-wait',
      says: 'the FIN of the client came first',
    },
    {
      file: 'ack-only.ts',
      believes: "acknowledging the server's FIN closes the connection",
      fails: 'time-wait',
      says: 'Expected a FIN from the client',
    },
    {
      file: 'fin-once.ts',
      believes: 'after the last ACK nothing can happen any more',
      fails: 'resent',
      says: 'the client sent its FIN only once',
    },
    {
      file: 'next-number.ts',
      believes: 'a FIN that is sent again takes the next sequence number',
      fails: 'resent',
      says: "the second FIN's number is 1 higher",
    },
    {
      file: 'resend-at-once.ts',
      believes: 'sending it twice at once is the same as sending it again',
      fails: 'resent',
      says: 'too close to see a clock run',
    },
    {
      file: 'reset-to-finish.ts',
      believes: 'a reset is a polite way to end TIME_WAIT',
      fails: 'resent',
      says: 'the client sent an RST',
    },
    { file: 'exit-at-once.ts', believes: 'printing PASS is enough', fails: 'runs', says: 'exit code 0' },
  ],
};

/**
 * How late a timer of 60 s may fire. The kernel keeps long timers in groups: 512 ticks wide at this length, 2 s with HZ=250 and
 * 5.1 s with HZ=100, or 4,096 ticks with HZ=1000. kernel/time/timer.c.
 */
const LATE_MS = 5_500;

const RESET_ENDS_IT =
  'An RST ends TIME_WAIT at once, and so takes away the protection it gives (RFC 1337). Send the FIN again instead.';
