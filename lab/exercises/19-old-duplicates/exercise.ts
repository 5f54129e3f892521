import type { Exercise } from '../../exercise/exercise.ts';
import { sideAt } from '../../exercise/judge/connection.ts';
import { type Evidence, segmentsOf } from '../../exercise/judge/evidence.ts';
import { Judge } from '../../exercise/judge/judge.ts';
import { duration } from '../../exercise/judge/life.ts';
import { NotMet } from '../../exercise/judge/step.ts';
import type { Plan } from '../../exercise/plan.ts';
import type { SegmentEvent } from '../../observe/timeline.ts';
import { RST } from '../../tcp/flags.ts';
import { seqAdd, seqAfter } from '../../tcp/sequence.ts';
import { bytesFrom, LATE_MS, NUMBER_STEP, type Past, past, words } from './two-times.ts';

const IN_TIME_WAIT = { client: 'no TCP socket: a raw program has none', server: 'TIME_WAIT' };

export const exercise: Exercise = {
  number: 19,
  slug: 'old-duplicates',
  title: 'Late segments meet TIME_WAIT',
  points: 10,
  paths: {
    client: [],
    server: ['CLOSED', 'LISTEN', 'SYN_RCVD', 'ESTABLISHED', 'FIN_WAIT_1', 'FIN_WAIT_2', 'TIME_WAIT'],
  },
  knobs: { tcp_rfc1337: '1' },
  cast: {
    server: { host: 'server', provided: 'servers/answer-once.ts' },
    client: { host: 'client', student: 'client.ts', reference: 'clients/late-segments.ts' },
  },
  lastsMs: 3_000,

  async scenario(scene) {
    const { client, server, plan } = scene;
    const here = { destination: { port: plan.port } };
    const { old, fresh } = words(plan);
    await client.gate('own-rst');
    await server.start('server');
    await server.listens();
    await client.start('client', { more: [old, fresh] });
    const fin = await server.saw({ has: 'F', ...here });
    await server.reaches('TIME_WAIT', { localPort: plan.port });
    await server.sample();
    await scene.ss();
    const syn = await server.saw({ flags: 'S', ...here }, { sinceMs: fin.atMs });
    await client.saw({ payload: 'some' }, { sinceMs: syn.atMs, deadlineMs: 3_000 });
  },

  checks: [
    {
      id: 'time-wait',
      title: 'A first connection carries data, and leaves TIME_WAIT on the server',
      weight: 1,
      expects: IN_TIME_WAIT,
      help: 'Open, send the third argument as data, wait for the server\'s FIN, and answer it with your own: send("F.").',
      judge(j, plan) {
        const { connection } = past(j);
        const { old } = words(plan);
        j.that(bytesFrom(connection, 'client') === old, {
          host: 'client',
          action: `its data are "${old}"`,
          expected: `"${old}" from the client: the third argument, and nothing else`,
          observed: `it sent "${bytesFrom(connection, 'client').slice(0, 60)}"`,
          because: 'other-data',
        });
      },
    },
    {
      id: 'reset',
      title: 'A late RST with the right number does not end TIME_WAIT: tcp_rfc1337 is set',
      weight: 2,
      needs: ['time-wait'],
      expects: IN_TIME_WAIT,
      help: 'Some 300 ms after the end of the connection, send("R"): RawPeer fills in the number that the server expects next.',
      judge(j) {
        const before = past(j);
        const late = j.sent(before.connection, 'client', { has: 'R' }, { because: 'no-reset' });
        mustBeLate(j, before, late);
        const off = (late.segment.seq - before.clientNext) | 0;
        j.that(off === 0, {
          host: 'client',
          action: 'it has the number that the server expects next',
          expected: 'an RST with exactly that number: no other is obeyed (RFC 9293, section 3.10.7.4)',
          observed: `its number is ${Math.abs(off)} ${off < 0 ? 'below' : 'above'} that`,
          because: 'other-number',
          atMs: late.atMs,
          segments: [late],
        });
        const stay = j.reaches(j.socket(before.connection, 'server'), 'TIME_WAIT');
        j.that(stay.toMs >= late.atMs, {
          host: 'server',
          action: 'TIME_WAIT was there when it came',
          expected: 'TIME_WAIT when the RST arrives',
          observed: 'it had ended before',
          because: 'no-time-wait',
          atMs: stay.toMs,
        });
        j.notSent(before.connection, 'server', { has: 'R' }, { because: 'forgotten' });
      },
    },
    {
      id: 'old-data',
      title: 'The old data, late and once more, earn an ACK and nothing else',
      weight: 2,
      needs: ['time-wait'],
      expects: IN_TIME_WAIT,
      help: 'Note peer.sendNext before you send the data. Some 300 ms after the end send the same data with that number: send("P.", { seq, payload }).',
      judge(j) {
        const before = past(j);
        const { connection, data, sinceMs, clientNext } = before;
        const again = segmentsOf(connection, {
          from: 'client',
          payload: 'some',
          seq: data.segment.seq,
        })[1];
        const late = j.found(again, {
          host: 'client',
          action: 'the client sends its data again, with the same number',
          expected: 'the data of the first connection a second time, before any new connection',
          observed: 'the client sent them only once',
          because: 'not-resent',
          atMs: again?.atMs ?? j.evidence.endMs,
        });
        mustBeLate(j, before, late);
        j.sent(connection, 'server', { flags: '.', ack: clientNext, afterMs: late.atMs });
        j.notSent(connection, 'server', { payload: 'some', afterMs: sinceMs }, { because: 'delivered' });
      },
    },
    {
      id: 'accepted',
      title: 'A new SYN with a higher number goes from TIME_WAIT straight into a new connection',
      weight: 2,
      needs: ['reset', 'old-data'],
      expects: { ...IN_TIME_WAIT, server: 'SYN_RCVD in place of TIME_WAIT' },
      help: 'Send the SYN from the same port, with a number well above peer.sendNext: send("S", { seq }).',
      judge(j) {
        const { connection, clientNext, serverNext } = past(j);
        const second = j.connection('client', 'server', { nth: 1, because: 'no-second-syn' });
        const ports = [connection, second].map((each) => sideAt(each, 'client').endpoint.port);
        j.that(ports[0] === ports[1], {
          host: 'client',
          action: `the new SYN comes from port ${ports[0]} as well`,
          expected: `a SYN from port ${ports[0]}, which the first connection had`,
          observed: `it came from port ${ports[1]}, which no TIME_WAIT stands in the way of`,
          because: 'other-port',
          atMs: second.fromMs,
          help: 'TIME_WAIT is about two addresses and two ports together. Use the same peer again: it keeps its port.',
        });
        const syn = j.sent(second, 'client', { flags: 'S' });
        const above = (syn.segment.seq - clientNext) | 0;
        j.that(seqAfter(syn.segment.seq, clientNext), {
          host: 'client',
          action: 'its number is higher than any the first connection has used',
          expected: 'a number above the one that TIME_WAIT expects next',
          observed:
            above === 0
              ? 'it was exactly that one, which the kernel takes for a part of the old connection'
              : `it was ${-above} below it, and so might be an old SYN`,
          because: 'low-number',
          atMs: syn.atMs,
          segments: [syn],
        });
        const answer = j.sent(second, 'server', { flags: 'S.', ack: seqAdd(syn.segment.seq, 1) });
        const step = seqAdd(answer.segment.seq, -serverNext);
        j.that(step === NUMBER_STEP, {
          host: 'server',
          action: `its own number is ${NUMBER_STEP} above its last one: TIME_WAIT has handed the SYN on`,
          expected: `a number ${NUMBER_STEP} above the server's last one, as the kernel gives it to a SYN that meets TIME_WAIT`,
          observed: `it is ${step} above it: the server had forgotten the first connection`,
          because: 'not-from-time-wait',
          atMs: answer.atMs,
          segments: [answer],
        });
      },
    },
    {
      id: 'only-new',
      title:
        'In the new connection the old data are acknowledged as old, and only the new data reach the program',
      weight: 3,
      needs: ['accepted'],
      expects: { client: 'no TCP socket', server: 'ESTABLISHED, then FIN_WAIT_1 or FIN_WAIT_2' },
      help: 'After the SYN-ACK: the final ACK, the old data with their old number, and when the server has answered them, the fourth argument with the next number.',
      judge(j, plan) {
        const { data } = past(j);
        const { fresh } = words(plan);
        const second = j.connection('client', 'server', { nth: 1 });
        const syn = j.sent(second, 'client', { flags: 'S' });
        const next = seqAdd(syn.segment.seq, 1);
        const again = segmentsOf(second, { from: 'client', payload: 'some', seq: data.segment.seq })[0];
        const sent = bytesFrom(second, 'client').slice(0, 60);
        const old = j.found(again, {
          host: 'client',
          action: 'the old data arrive in the new connection, with their old number',
          expected: 'the old data with their old number, in the new connection',
          observed:
            sent === ''
              ? 'the client sent no data in it'
              : `the client sent "${sent}", all of it with new numbers`,
          because: 'no-old-data',
          atMs: again?.atMs ?? j.evidence.endMs,
        });
        j.sent(second, 'server', { flags: '.', ack: next, afterMs: old.atMs });
        const echo = j.sent(second, 'server', { payload: 'some' }, { because: 'no-echo' });
        const echoed = bytesFrom(second, 'server');
        j.that(echoed === fresh, {
          host: 'server',
          action: `the program has read "${fresh}", and sends it back`,
          expected: `the server program to send back "${fresh}", for that is all it was given`,
          observed: `it sent back "${echoed.slice(0, 60)}"`,
          because: 'other-data',
          atMs: echo.atMs,
          segments: [old, echo],
        });
      },
    },
  ],

  questions: [
    {
      id: 'late-data',
      ask: 'Data of a connection that has ended arrive once more, while the server is in TIME_WAIT. What does the server send?',
      choices: {
        a: 'Nothing.',
        b: 'An ACK that says what it expects next.',
        c: 'RST: the connection is over.',
      },
      kernel: (evidence, plan) =>
        withPast(evidence, plan, ({ connection, data, clientNext }) => {
          const late = segmentsOf(connection, { from: 'client', seq: data.segment.seq, payload: 'some' })[1];
          if (late === undefined) return undefined;
          const answers = segmentsOf(connection, { from: 'server', afterMs: late.atMs });
          if (answers.some(({ segment }) => (segment.flags & RST) !== 0)) return 'c';
          return answers.some(({ segment }) => segment.ack === clientNext) ? 'b' : 'a';
        }),
      hints: {
        a: 'To the kernel this may be the sign that an ACK of its own was lost. Watch the wire.',
        c: 'An RST says that there is no such connection. In TIME_WAIT the kernel still remembers it.',
      },
    },
    {
      id: 'new-syn',
      ask: 'A new SYN from the same port arrives, its number higher than all before. What does the server do?',
      choices: {
        a: 'It refuses until the 60 s are over.',
        b: 'It begins a new connection at once, with a random number of its own.',
        c: 'It begins a new connection at once, with a number counted on from the old connection.',
      },
      kernel: (evidence, plan) =>
        withPast(evidence, plan, ({ serverNext }) => {
          const second = evidence.connections({ from: 'client', port: plan.port })[1];
          if (second === undefined) return undefined;
          const answer = segmentsOf(second, { from: 'server', flags: 'S.' })[0];
          if (answer === undefined) return 'a';
          return answer.segment.seq === seqAdd(serverNext, NUMBER_STEP) ? 'c' : 'b';
        }),
      hints: {
        a: 'A higher number cannot be an old duplicate. What would there be to wait for?',
        b: "Compare the server's two SYN-ACKs on the wire: how far is the second number from the end of the first connection?",
      },
    },
  ],
  hints: [
    'How can a kernel that sees the same two ports again tell an old segment from a new one? What is different about them?',
    'The sequence number. Old data carry old numbers, below what the server expects, and earn an ACK only. A SYN with a number above all old ones cannot be old. A raw program names the number itself: { seq }.',
    "await peer.send('R'); await peer.send('P.', { seq: oldNumber, payload: old }); … const first = (peer.sendNext + 100_000) >>> 0; await peer.send('S', { seq: first });",
  ],
  wrong: [
    {
      file: 'connect-twice.ts',
      believes: 'two ordinary connections from one port show what TIME_WAIT is for',
      fails: 'time-wait',
      says: 'before anything late could come',
    },
    {
      file: 'too-soon.ts',
      believes: 'a segment sent twice is an old duplicate',
      fails: 'reset',
      says: 'is not late',
    },
    {
      file: 'reset-with-old-number.ts',
      believes: 'an RST ends a connection whatever its number',
      fails: 'reset',
      says: 'below that',
    },
    {
      file: 'another-port.ts',
      believes: 'the next connection of the same client is the same connection',
      fails: 'accepted',
      says: 'which no TIME_WAIT stands in the way of',
    },
    {
      file: 'lower-number.ts',
      believes: 'a new connection may begin with any number',
      fails: 'accepted',
      says: 'below it, and so might be an old SYN',
    },
    {
      file: 'next-number.ts',
      believes: 'the next number is high enough',
      fails: 'accepted',
      says: 'it was exactly that one',
    },
    {
      file: 'old-bytes-new-number.ts',
      believes: 'the kernel knows old data by their bytes',
      fails: 'only-new',
      says: 'with their old number',
    },
    { file: 'exit-at-once.ts', believes: 'printing PASS is enough', fails: 'runs', says: 'exit code 0' },
  ],
};

function mustBeLate(j: Judge, { sinceMs }: Past, late: SegmentEvent): void {
  const afterMs = late.atMs - sinceMs;
  j.that(afterMs >= LATE_MS, {
    host: 'client',
    action: `it arrives late: ${duration(LATE_MS)} or more after the client's FIN`,
    expected: `it to arrive ${duration(LATE_MS)} or more after the client's FIN, when the server has been in TIME_WAIT for a while`,
    observed:
      afterMs < 0
        ? 'it came before the FIN, and is not late'
        : `it came ${duration(afterMs)} after it, and is not late`,
    because: 'too-soon',
    atMs: late.atMs,
    segments: [late],
  });
}

/** An answer read off the first connection; undefined when the run did not get that far. */
function withPast(
  evidence: Evidence,
  plan: Plan,
  answer: (before: Past) => string | undefined,
): string | undefined {
  try {
    return answer(past(new Judge(evidence, plan)));
  } catch (error) {
    if (error instanceof NotMet) return undefined;
    throw error;
  }
}
