import type { Exercise } from '../../exercise/exercise.ts';
import type { Connection } from '../../exercise/judge/connection.ts';
import { type Evidence, segmentsOf } from '../../exercise/judge/evidence.ts';
import type { Judge } from '../../exercise/judge/judge.ts';
import { duration } from '../../exercise/judge/life.ts';
import type { SceneHost } from '../../exercise/scene.ts';
import type { RunningProgram } from '../../host/program.ts';
import type { SegmentEvent } from '../../observe/timeline.ts';
import { WaitError } from '../../observe/wait-error.ts';
import { seqAdd } from '../../tcp/sequence.ts';
import { type SynSchedule, synSchedule } from './schedule.ts';

const RETRIES = 2;
const SILENCE = 'from now on every SYN to the server is lost';
/** A program that is still to print what the kernel has told it gets so long. */
const REPORT_MS = 1_500;
const CODES = ['ECONNREFUSED', 'ETIMEDOUT'] as const;

export const exercise: Exercise = {
  number: 3,
  slug: 'syn-sent',
  title: 'Hold SYN_SENT until the kernel gives up, and say what it said',
  points: 12,
  paths: { client: ['CLOSED', 'SYN_SENT', 'CLOSED'] },
  knobs: { tcp_syn_retries: String(RETRIES) },
  cast: { client: { host: 'client', student: 'client.ts', reference: 'clients/report-error.ts' } },
  lastsMs: 9_000,
  waitsForTimer: true,

  async scenario(scene) {
    const { client, server, plan } = scene;
    await client.readKnobs('tcp_syn_linear_timeouts');
    await scene.step('nobody listens on the server: a SYN is refused');
    const refused = await client.start('client');
    await client.saw({ has: 'R', source: { port: plan.port } });
    await reported(client, refused);
    await refused.stop();

    await server.gate('syn');
    await scene.step(SILENCE);
    const ignored = await client.start('client');
    const socket = await client.reaches('SYN_SENT', { remotePort: plan.port, programs: [ignored] });
    await scene.ss();
    const cookie = socket?.cookie ?? '';
    await client.leaves('SYN_SENT', { cookie, deadlineMs: GIVES_UP_AT_MOST_MS });
    await reported(client, ignored);
    await ignored.stop();
  },

  checks: [
    {
      id: 'refused',
      title: 'At a port where nobody listens, one SYN earns an RST',
      weight: 2,
      expects: {
        client: 'SYN_SENT for an instant, then CLOSED',
        server: 'no socket: it answers with an RST',
      },
      help: 'Connect to the address and port that your program is given: connect({ host, port: Number(port) }).',
      judge(j) {
        const connection = j.connection('client', 'server');
        const syn = j.sent(connection, 'client', { flags: 'S' });
        j.sent(connection, 'server', { flags: 'R.', ack: seqAdd(syn.segment.seq, 1) });
      },
    },
    {
      id: 'held',
      title: 'With every SYN lost, the client holds SYN_SENT until its kernel gives up',
      weight: 4,
      needs: ['refused'],
      expects: { client: 'SYN_SENT for about 7 s, then CLOSED', server: 'no socket: it never gets the SYN' },
      help: 'Wait for the kernel: no timer of your own, no destroy(), no second try.',
      judge(j) {
        const { givesUpMs } = implied(j.evidence);
        const life = j.socket(ignoredConnection(j), 'client', { help: WHO_WAITS });
        // It is seen at the first look after it was made.
        j.holds(life, 'SYN_SENT', givesUpMs - 100);
        j.passes(life, ['SYN_SENT', 'CLOSED']);
      },
    },
    {
      id: 'again',
      title: 'Meanwhile the kernel sends the SYN again, as its sysctls imply',
      weight: 2,
      needs: ['held'],
      expects: { client: 'the same SYN, again and again', server: 'no socket' },
      help: 'Leave the SYNs to the kernel: one connect(), and then wait.',
      judge(j) {
        const { sendsMs } = implied(j.evidence);
        const syns = segmentsOf(ignoredConnection(j), { from: 'client', flags: 'S' });
        for (const [n, dueMs] of sendsMs.entries()) {
          if (n > 0) sentInTime(j, syns, n, dueMs - (sendsMs[n - 1] ?? 0));
        }
        const extra = syns[sendsMs.length];
        j.that(extra === undefined, {
          host: 'client',
          action: `then no SYN comes any more: ${sendsMs.length} in all`,
          expected: `${sendsMs.length} SYNs in all`,
          observed: `there were ${syns.length}`,
          because: 'too-many',
          atMs: extra?.atMs ?? j.evidence.endMs,
        });
      },
    },
    {
      id: 'report',
      title: 'Your program prints the code of the error it gets, each time',
      weight: 4,
      needs: ['held'],
      expects: { client: 'ECONNREFUSED for the RST, ETIMEDOUT for the silence' },
      help: "Listen for the socket's 'error' event, and print error.code with console.log.",
      judge(j) {
        const silentMs = j.evidence.when(SILENCE) ?? j.evidence.endMs;
        reports(j, 'ECONNREFUSED', 'was refused', { toMs: silentMs });
        reports(j, 'ETIMEDOUT', 'got no answer', { fromMs: silentMs });
      },
    },
  ],

  questions: [
    {
      id: 'first-wait',
      ask: 'No answer comes to the first SYN. How long does the kernel wait before it sends the next one?',
      choices: { a: 'A fifth of a second.', b: 'One second.', c: 'Three seconds.' },
      kernel: (evidence, { port }) => {
        const [first, second] = ignoredSyns(evidence, port);
        if (first === undefined || second === undefined) return undefined;
        const waitMs = second.atMs - first.atMs;
        if (waitMs < 500) return 'a';
        return waitMs < 2_000 ? 'b' : 'c';
      },
      hints: {
        a: 'That is the shortest timeout of a connection whose round trip has been measured. Of this one the kernel knows nothing yet.',
        c: 'It was three seconds until 2011: RFC 6298 brought it down to one.',
      },
    },
    {
      id: 'how-many',
      ask: 'tcp_syn_retries is 2 in this exercise. How many SYNs does your kernel send in all?',
      choices: { a: 'Two.', b: 'Three: the first, and two retries.', c: 'More than three.' },
      kernel: (evidence, { port }) => {
        const { length } = ignoredSyns(evidence, port);
        if (length === 0) return undefined;
        if (length <= 2) return 'a';
        return length === 3 ? 'b' : 'c';
      },
      hints: {
        a: 'The first SYN is no retry.',
        b: 'So it was before Linux 6.5. Since then the first retransmissions follow each other every second, and the kernel counts the time, not the segments: sysctl net.ipv4.tcp_syn_linear_timeouts',
      },
    },
    {
      id: 'other-end',
      ask: 'The client is in SYN_SENT for seven seconds. What does ss show of that on the server?',
      choices: { a: 'A socket in SYN-RECV.', b: 'Nothing.' },
      kernel: (evidence, { port }) => {
        if (ignoredSyns(evidence, port).length === 0) return undefined;
        return evidence.lives('server').length > 0 ? 'a' : 'b';
      },
      hints: {
        a: 'The server can only remember a SYN that has come. SYN_SENT is what one end knows by itself.',
      },
    },
  ],
  hints: [
    'Who decides that it is enough, your program or the kernel? And how does your program learn of it?',
    "connect() sends one SYN and returns at once; the kernel sends it again by itself. In the end the socket has an 'error' event, and the error has a code.",
    "connect({ host, port: Number(port) }).on('error', (error: NodeJS.ErrnoException) => console.log(error.code));",
  ],
  wrong: [
    {
      file: 'own-timeout.ts',
      believes: 'two seconds of silence are a timeout',
      fails: 'held',
      says: 'SYN_SENT for at least 6.9 s',
    },
    {
      file: 'try-again.ts',
      believes: 'trying again is the business of the program',
      fails: 'held',
      says: 'SYN_SENT for at least 6.9 s',
    },
    {
      file: 'by-hand.ts',
      believes: 'SYN_SENT is whatever has sent a SYN',
      fails: 'held',
      says: 'the kernel of the client never showed one',
    },
    {
      file: 'always-the-same.ts',
      believes: 'a connection that fails has timed out',
      fails: 'report',
      says: 'it printed ETIMEDOUT',
    },
    {
      file: 'no-listener.ts',
      believes: 'Node prints errors by itself',
      fails: 'report',
      says: 'only on standard error',
    },
    {
      file: 'swallow.ts',
      believes: 'an error that is caught is dealt with',
      fails: 'report',
      says: 'it printed neither',
    },
    {
      file: 'to-itself.ts',
      believes: 'any connection will do',
      fails: 'refused',
      says: 'no SYN from the client arrived there',
    },
    {
      file: 'exit-at-once.ts',
      believes: 'printing both codes is enough',
      fails: 'runs',
      says: 'exit code 0',
    },
  ],
};

const WHO_WAITS =
  'SYN_SENT is a state of the kernel. Who sends SYNs by hand has no socket there: call connect(), and the kernel does the rest.';

/** With RETRIES the kernel has given up by then, whatever tcp_syn_linear_timeouts is. */
const GIVES_UP_AT_MOST_MS = 15_000;

/** Waits until a program has printed one of the codes, or has ended; when it does neither, the scenario goes on without. */
async function reported(client: SceneHost, program: RunningProgram): Promise<void> {
  const isDone = (): boolean =>
    program.exit !== undefined || CODES.some((code) => program.stdout.includes(code));
  try {
    await client.until('to report the error', isDone, { patient: true, deadlineMs: REPORT_MS });
  } catch (error) {
    if (!(error instanceof WaitError)) throw error;
  }
}

function implied(evidence: Evidence): SynSchedule {
  return synSchedule(RETRIES, evidence.knob('client', 'tcp_syn_linear_timeouts') ?? 0);
}

/** How many connections were opened before the SYNs began to be lost: the next one is the one that got no answer. */
function answered(evidence: Evidence, port: number): number {
  const silentMs = evidence.when(SILENCE) ?? Number.POSITIVE_INFINITY;
  return evidence
    .connections({ from: 'client', to: 'server', port })
    .filter(({ fromMs }) => fromMs < silentMs).length;
}

function ignoredConnection(j: Judge): Connection {
  return j.connection('client', 'server', {
    nth: answered(j.evidence, j.plan.port),
    action: 'the program is started again, and its SYN is lost',
  });
}

function ignoredSyns(evidence: Evidence, port: number): readonly SegmentEvent[] {
  const all = evidence.connections({ from: 'client', to: 'server', port });
  const connection = all[answered(evidence, port)];
  return connection === undefined ? [] : segmentsOf(connection, { from: 'client', flags: 'S' });
}

/** The `n`th retransmission follows the SYN before it after `waitMs`, with room for the grain of a timer and a busy machine. */
function sentInTime(j: Judge, syns: readonly SegmentEvent[], n: number, waitMs: number): void {
  const [before, syn] = [syns[n - 1], syns[n]];
  const waitedMs = before === undefined || syn === undefined ? 0 : syn.atMs - before.atMs;
  j.that(waitedMs > waitMs * 0.98 && waitedMs < waitMs * 1.13 + 250, {
    host: 'client',
    action: `the client sends the SYN again ${duration(waitMs)} later`,
    expected: `the same SYN again after about ${duration(waitMs)}`,
    observed: syn === undefined ? 'no other came' : `it came after ${duration(waitedMs)}`,
    because: 'not-repeated',
    atMs: syn?.atMs ?? j.evidence.endMs,
  });
}

/** A program's standard output names one code, and not the other. */
function reports(
  j: Judge,
  code: (typeof CODES)[number],
  when: string,
  { fromMs = 0, toMs = Number.POSITIVE_INFINITY }: { readonly fromMs?: number; readonly toMs?: number },
): void {
  const lines = j.evidence.output('client').filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
  const printed = CODES.filter((each) =>
    lines.some((line) => line.stream === 'stdout' && line.text.includes(each)),
  );
  const onError = lines.some((line) => line.stream === 'stderr' && line.text.includes(code));
  const none = onError
    ? 'that stood only on standard error, where nobody reads it'
    : 'it printed neither code';
  const line = lines.find(({ text }) => text.includes(code));
  j.that(printed.length === 1 && printed[0] === code, {
    host: 'client',
    action: `when it ${when}, the program prints ${code}`,
    expected: `the program to print ${code} on standard output when it ${when}`,
    observed: printed.length === 0 ? none : `it printed ${printed.join(' and ')}`,
    because: 'wrong-report',
    atMs: line?.atMs ?? Math.min(toMs, j.evidence.endMs),
  });
}
