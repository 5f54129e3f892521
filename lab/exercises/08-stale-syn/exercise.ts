import type { Exercise } from '../../exercise/exercise.ts';
import type { Evidence } from '../../exercise/judge/evidence.ts';
import type { Judge } from '../../exercise/judge/judge.ts';
import { describeLife, duration, type Life, stayIn } from '../../exercise/judge/life.ts';
import type { Plan } from '../../exercise/plan.ts';
import type { SegmentEvent } from '../../observe/timeline.ts';
import { formatEndpoint } from '../../tcp/address.ts';
import { formatFlags } from '../../tcp/flags.ts';
import { seqAdd } from '../../tcp/sequence.ts';

const HOLD_MS = 100;
/** So long the lab looks on for what else comes, when all should be over. */
const AFTER_MS = 250;
const OVER = 'the old connection is over, and nothing is left of it';
/** Resets that a kernel has sent; those of raw programs are not among them. */
const RESETS = 'OutRsts';

export const exercise: Exercise = {
  number: 8,
  slug: 'stale-syn',
  title: 'Replay an old SYN, and see what the third segment is for',
  points: 14,
  paths: { client: [], server: ['CLOSED', 'LISTEN', 'SYN_RCVD', 'LISTEN'] },
  cast: {
    server: { host: 'server', provided: 'servers/echo.ts' },
    old: { host: 'client', provided: 'clients/connect-and-reset.ts' },
    replay: { host: 'client', student: 'client.ts', reference: 'clients/stale-syn.ts' },
  },
  lastsMs: 3_000,
  waitsForTimer: true,

  async scenario(scene) {
    const { client, server, plan } = scene;
    const old = { source: { port: plan.clientPort }, destination: { port: plan.port } };
    await server.start('server');
    await server.listens();
    await client.start('old', { more: [String(plan.clientPort)] });
    const { segment } = await server.saw({ flags: 'S', ...old });
    await server.saw({ has: 'R', ...old });
    await server.reaches('CLOSED', { localPort: plan.port, remotePort: plan.clientPort });
    await client.reaches('CLOSED', { localPort: plan.clientPort });
    await client.counters(RESETS);
    // The first SYN-ACK is lost on its way, so that SYN_RCVD lasts until the second.
    const lost = await client.gate('syn-ack');
    await scene.step(OVER);
    await client.start('replay', { more: [String(plan.clientPort), String(segment.seq)] });
    await server.reaches('SYN_RCVD', { localPort: plan.port });
    await scene.ss();
    await server.holds('SYN_RCVD', HOLD_MS, { localPort: plan.port });
    await lost.open();
    await server.leaves('SYN_RCVD', { localPort: plan.port });
    await server.never('ESTABLISHED', AFTER_MS, { localPort: plan.port });
    await client.counters(RESETS);
  },

  checks: [
    {
      id: 'replayed',
      title: 'Your SYN is the old one once more: from the same port, with the same number',
      weight: 2,
      expects: { client: 'no TCP socket: a raw program has none', server: 'SYN_RCVD' },
      help: 'A SYN is the old one when its port and its number are. The third and fourth argument are these two; a RawPeer lets you choose both.',
      judge(j, plan) {
        const old = oldSyn(j.evidence, plan)?.segment.seq;
        const syns = replays(j.evidence, plan);
        const stale = syns.find(
          ({ segment }) => segment.source.port === plan.clientPort && segment.seq === old,
        );
        j.found(stale, {
          host: 'client',
          action: 'the old SYN arrives at the server once more',
          expected: `a SYN from port ${plan.clientPort} with the old number, ${old}`,
          observed: instead(syns, plan, j.evidence.when(OVER) ?? 0, j.evidence.endMs),
          because: 'not-replayed',
          atMs: stale?.atMs ?? syns[0]?.atMs ?? j.evidence.endMs,
          ...(syns[0] === undefined ? {} : { segments: [syns[0]] }),
        });
      },
    },
    {
      id: 'believed',
      title: 'The server takes it for a new connection, answers, and holds SYN_RCVD',
      weight: 2,
      needs: ['replayed'],
      expects: { client: 'no TCP socket', server: 'SYN_RCVD until its SYN-ACK gets through' },
      help: 'Send that one SYN and nothing after it.',
      judge(j, plan) {
        const afterMs = j.evidence.when(OVER) ?? 0;
        const connection = j.connection('client', 'server');
        const seq = oldSyn(j.evidence, plan)?.segment.seq ?? 0;
        j.sent(connection, 'server', { flags: 'S.', ack: seqAdd(seq, 1), afterMs });
        j.holds(request(j), 'SYN_RCVD', HOLD_MS - 20);
      },
    },
    {
      id: 'kernel-resets',
      title: 'Your host’s own kernel answers the SYN-ACK with a reset; your program sends nothing more',
      weight: 2,
      needs: ['believed'],
      expects: {
        client: 'no TCP socket: its kernel knows nothing of a connection',
        server: 'no SYN_RCVD any more',
      },
      help: 'Send that one SYN and nothing after it. The kernel of your host gets the SYN-ACK as well, and knows what to do.',
      judge(j, plan) {
        const { evidence } = j;
        const connection = j.connection('client', 'server');
        const sent = evidence.segments({
          from: 'client',
          afterMs: evidence.when(OVER) ?? 0,
          destination: { port: plan.port },
        });
        const ack = sent.find(({ segment }) => /^[^R]*\./.test(formatFlags(segment.flags)));
        j.that(ack === undefined, {
          host: 'client',
          action: 'the client sends no ACK',
          expected: 'no ACK from the client',
          observed: 'the client sent an ACK, as if it had wanted this connection',
          because: 'acknowledged',
          atMs: ack?.atMs ?? evidence.endMs,
          ...(ack === undefined ? {} : { segments: [ack] }),
        });
        const synAck = evidence.segments({ from: 'server', flags: 'S.' }).at(-1);
        const reset = j.sent(connection, 'client', { flags: 'R', afterMs: evidence.when(OVER) ?? 0 });
        j.that(synAck !== undefined && reset.segment.seq === synAck.segment.ack, {
          host: 'client',
          action: 'its number is the one that the SYN-ACK acknowledged',
          expected: 'an RST with the number that the SYN-ACK acknowledged',
          observed: `its number was ${reset.segment.seq}`,
          because: 'wrong-number',
          atMs: reset.atMs,
          segments: [reset],
        });
        const rises = kernelResets(evidence);
        const resets = sent.filter(({ segment }) => formatFlags(segment.flags).includes('R')).length;
        j.that(rises !== undefined && rises >= 1 && resets === rises, {
          host: 'client',
          action: `every RST comes from the kernel: ${RESETS} counts it`,
          expected: 'resets that all come from the kernel of the client',
          observed: whoMade(resets, rises),
          because: 'own-reset',
          atMs: reset.atMs,
        });
      },
    },
    {
      id: 'forgotten',
      title: 'The server is back in LISTEN at once, and no program on it has heard of the connection',
      weight: 2,
      needs: ['kernel-resets'],
      expects: { client: 'no TCP socket', server: 'LISTEN, with Recv-Q 0, and nothing else' },
      help: 'Send that one SYN and nothing after it.',
      judge(j, plan) {
        const life = request(j);
        j.passes(life, ['SYN_RCVD', 'CLOSED']);
        const reset = j.sent(j.connection('client', 'server'), 'client', {
          flags: 'R',
          afterMs: j.evidence.when(OVER) ?? 0,
        });
        const tookMs = (life.goneMs ?? j.evidence.endMs) - reset.atMs;
        j.that(tookMs < AFTER_MS, {
          host: 'server',
          action: 'the reset ends SYN_RCVD at once',
          expected: 'SYN_RCVD to end with the reset',
          observed: `it lasted ${duration(tookMs)} longer`,
          because: 'not-ended',
          atMs: life.goneMs ?? j.evidence.endMs,
        });
        const listener = j.evidence.listeners('server', plan.port)[0];
        const waiting = listener === undefined ? undefined : stayIn(listener, 'LISTEN')?.rows.at(-1)?.socket;
        j.that(listener?.goneMs === undefined && waiting?.receiveQueue === 0, {
          host: 'server',
          action: 'nothing waits for accept()',
          expected: 'a listener with nothing in its queue',
          observed: listener === undefined ? 'there was none' : `the server showed ${describeLife(listener)}`,
          because: 'accepted',
        });
      },
    },
  ],

  questions: [
    {
      id: 'server-knows',
      ask: 'The old SYN arrives. How does the server’s kernel treat it?',
      choices: {
        a: 'It sees that the number is old, and drops it.',
        b: 'It answers with a reset.',
        c: 'It answers with a SYN-ACK, as to any other SYN.',
      },
      kernel: (evidence, plan) => {
        const stale = replays(evidence, plan)[0];
        if (stale === undefined) return undefined;
        const answer = evidence.segments({ from: 'server', afterMs: stale.atMs })[0];
        if (answer === undefined) return 'a';
        return formatFlags(answer.segment.flags) === 'S.' ? 'c' : 'b';
      },
      hints: {
        a: 'The old connection is gone from the table: with what could the kernel compare the number?',
        b: 'A program listens on that port, and this is a SYN. What distinguishes it from an honest one?',
      },
    },
    {
      id: 'who-resets',
      ask: 'A SYN-ACK arrives at your host. Who answers it?',
      choices: {
        a: 'Your program: it sent the SYN.',
        b: 'The kernel, with an ACK: that is what follows a SYN-ACK.',
        c: 'The kernel, with a reset: it has no socket that waits for it.',
      },
      kernel: (evidence, plan) => {
        const afterMs = evidence.when(OVER);
        const rises = kernelResets(evidence);
        if (afterMs === undefined || rises === undefined) return undefined;
        if (rises > 0) return 'c';
        return evidence.segments({ from: 'client', has: '.', afterMs, destination: { port: plan.port } })
          .length > 0
          ? 'b'
          : 'a';
      },
      hints: {
        a: 'Your program may even have ended by then. Who else on that host gets the segment?',
        b: 'An ACK needs a socket in SYN_SENT. Type ss -tan on the client: is there one?',
      },
    },
  ],
  hints: [
    'The server cannot tell an old SYN from a new one. Who can, and when does that host learn of it?',
    'A raw program can send a SYN that its kernel knows nothing of. The SYN-ACK then meets a kernel without a socket for it, and that kernel answers by itself.',
    'const peer = await RawPeer.to(address, Number(port), Number(localPort)); await peer.send("S", { seq: Number(number) });',
  ],
  wrong: [
    {
      file: 'new-number.ts',
      believes: 'any SYN from that port is the old one',
      fails: 'replayed',
      says: 'it had another number',
    },
    {
      file: 'other-port.ts',
      believes: 'the number alone makes it the old one',
      fails: 'replayed',
      says: 'it came from port',
    },
    {
      file: 'connect-again.ts',
      believes: 'to connect again from the same port repeats the SYN',
      fails: 'replayed',
      says: 'it had another number',
    },
    {
      file: 'reset-at-once.ts',
      believes: 'the SYN must be taken back before it does harm',
      fails: 'believed',
      says: 'SYN_RCVD',
    },
    {
      file: 'reset-it-yourself.ts',
      believes: 'whoever sent the SYN has to send the reset',
      fails: 'kernel-resets',
      says: 'the rest your program made',
    },
    {
      file: 'complete-it.ts',
      believes: 'the SYN-ACK wants an ACK',
      fails: 'kernel-resets',
      says: 'the client sent an ACK',
    },
    {
      file: 'exit-at-once.ts',
      believes: 'printing PASS is enough',
      fails: 'replayed',
      says: 'exit code 0',
    },
  ],
};

/** The first SYN of all: the old connection's. */
function oldSyn(evidence: Evidence, { port, clientPort }: Plan): SegmentEvent | undefined {
  return evidence.segments({
    from: 'client',
    flags: 'S',
    source: { port: clientPort },
    destination: { port },
  })[0];
}

/** SYNs to the server since the old connection was over. */
function replays(evidence: Evidence, { port }: Plan): readonly SegmentEvent[] {
  const afterMs = evidence.when(OVER);
  if (afterMs === undefined) return [];
  return evidence.segments({ from: 'client', has: 'S', not: '.', afterMs, destination: { port } });
}

/** The server's request for the replayed SYN. */
function request(j: Judge): Life {
  const { evidence, plan } = j;
  const afterMs = evidence.when(OVER) ?? 0;
  const life = evidence
    .lives('server')
    .find(({ stays, remote }) => remote.port === plan.clientPort && (stays[0]?.fromMs ?? 0) >= afterMs);
  return j.found(life, {
    host: 'server',
    action: 'the server’s kernel has a request for it',
    expected: 'a request in SYN_RCVD on the server',
    observed: 'its kernel never showed one',
    because: 'no-socket',
    atMs: life?.stays[0]?.fromMs ?? evidence.endMs,
  });
}

/** How many resets the client's kernel has sent for the replayed SYN; undefined when the run did not get that far. */
function kernelResets(evidence: Evidence): number | undefined {
  const [before, after] = evidence.counter('client', RESETS);
  return before === undefined || after === undefined ? undefined : after.value - before.value;
}

function whoMade(resets: number, rises: number | undefined): string {
  if (rises === undefined) return 'the run did not get that far';
  const sent = `${resets} arrived, and the kernel has sent ${rises}`;
  return rises > resets
    ? `${sent}, some of them for something else`
    : `${sent} of them; the rest your program made`;
}

function instead(
  [first]: readonly SegmentEvent[],
  { clientPort }: Plan,
  fromMs: number,
  endMs: number,
): string {
  if (first === undefined)
    return `none arrived in the ${duration(endMs - fromMs)} since the old connection was over`;
  const { source, seq } = first.segment;
  if (source.port !== clientPort) return `it came from port ${formatEndpoint(source).split(':').at(-1)}`;
  return `it had another number, ${seq}`;
}
