import type { Exercise } from '../../exercise/exercise.ts';
import type { Connection } from '../../exercise/judge/connection.ts';
import { type Evidence, segmentsOf } from '../../exercise/judge/evidence.ts';
import type { Judge } from '../../exercise/judge/judge.ts';
import { duration, stayIn } from '../../exercise/judge/life.ts';
import { Inconclusive } from '../../exercise/judge/step.ts';
import type { Plan } from '../../exercise/plan.ts';
import type { Scene } from '../../exercise/scene.ts';
import type { Gate } from '../../gate/gates.ts';
import { WaitError } from '../../observe/wait-error.ts';
import { formatEndpoint } from '../../tcp/address.ts';
import { seqAdd } from '../../tcp/sequence.ts';
import { askedPorts, type Manner } from './ports.ts';

/** A host a millisecond away refuses within this time. */
const AT_ONCE_MS = 100;
/** One port after the other, each until the kernel gives up: an honest program is done by then. */
const REPORT_MS = 12_000;

export const exercise: Exercise = {
  number: 21,
  slug: 'refused-or-silent',
  title: 'Tell a port that refuses from one that keeps silent',
  points: 12,
  paths: { client: ['CLOSED', 'SYN_SENT', 'CLOSED'] },
  // The kernel gives up 3 s after the first SYN.
  knobs: { tcp_syn_retries: '1' },
  cast: { client: { host: 'client', student: 'client.ts', reference: 'clients/refused-or-silent.ts' } },
  ports: (plan) => askedPorts(plan).map(({ port }) => port),
  lastsMs: 4_000,
  waitsForTimer: true,

  async scenario(scene) {
    const { client, server, plan } = scene;
    const asked = askedPorts(plan);
    await Promise.all(portsThat(plan, 'silent').map((port) => server.gate('everything', { port })));
    await scene.step('nobody listens on the server, and some of its ports are silent');
    const gates = await Promise.all(
      portsThat(plan, 'lossy').map((port) => server.gate('everything', { port })),
    );
    const lossy = gates.map((gate) => losesOne(scene, gate));
    const program = await client.start('client', {
      args: asked.flatMap(({ port }) => [server.address, String(port)]),
    });
    await client.reaches('SYN_SENT', { remotePort: portsThat(plan, 'silent')[0] ?? 0 });
    await scene.ss();
    const isDone = (): boolean =>
      program.exit !== undefined ||
      asked.every(({ port }) => said([program.stdout], server.address, port).length > 0);
    await client.until('to report on every port', isDone, { patient: true, deadlineMs: REPORT_MS });
    await program.stop();
    await Promise.race([Promise.all(lossy), program.exited]);
  },

  checks: [
    {
      id: 'asks',
      title: 'Your program asks every port, and a closed one answers at once with an RST',
      weight: 2,
      expects: { client: 'SYN_SENT, for each port', server: 'no socket: an RST, or nothing' },
      help: 'The arguments are pairs: address, port, address, port, and so on. Connect to each of them.',
      judge(j, plan) {
        for (const { port, manner } of askedPorts(plan)) {
          const connection = j.connection('client', 'server', { port });
          if (manner === 'closed') refusedAtOnce(j, connection);
        }
      },
    },
    {
      id: 'patient',
      title: 'It waits until the kernel has tried a second time: one lost SYN is not silence',
      weight: 3,
      needs: ['asks'],
      expects: { client: 'SYN_SENT for more than a second, and a second SYN', server: 'no socket' },
      help: 'Wait longer, or leave the waiting to the kernel: it gives up by itself, with ETIMEDOUT.',
      judge(j, plan) {
        for (const { port, manner } of askedPorts(plan)) if (manner !== 'closed') triedTwice(j, port);
      },
    },
    {
      id: 'refused',
      title: 'It names every port that refused, and calls it refused',
      weight: 3,
      needs: ['patient'],
      expects: { client: 'a line for every RST', server: 'an RST from each of them' },
      help: "When the error's code is ECONNREFUSED, print the address, a colon, the port, a space and the word: 198.18.0.2:80 refused",
      judge(j, plan) {
        for (const { port, manner } of askedPorts(plan)) {
          if (manner === 'silent') continue;
          wasRefused(j, port);
          names(j, port, 'refused');
        }
      },
    },
    {
      id: 'silent',
      title: 'It names every port that kept silent, and calls it silent',
      weight: 4,
      needs: ['patient'],
      expects: {
        client: 'a line for every SYN without an answer',
        server: 'nothing: no segment from these ports',
      },
      help: "When the error's code is ETIMEDOUT, or your own patience has ended, print such a line: 198.18.0.2:80 silent",
      judge(j, plan) {
        for (const port of portsThat(plan, 'silent')) {
          const answer = j.evidence.segments({ from: 'server', source: { port } })[0];
          if (answer !== undefined)
            throw new Inconclusive(`Port ${port} should have been silent, and something came back from it.`);
          j.that(true, {
            host: 'server',
            action: `nothing comes back from port ${port}`,
            expected: '',
            observed: '',
            because: 'not-silent',
          });
          names(j, port, 'silent');
        }
      },
    },
  ],

  questions: [
    {
      id: 'who-refuses',
      ask: 'No program runs on the server at all. Who sends the reset that refuses a SYN?',
      choices: {
        a: 'Nobody: without a program there is no answer.',
        b: "The server's kernel.",
        c: "The client's kernel, when it has waited long enough.",
      },
      kernel: (evidence, plan) => {
        const resets = portsThat(plan, 'closed').flatMap((port) =>
          evidence.connections({ from: 'client', port }).map((each) => segmentsOf(each, { has: 'R' })[0]),
        );
        const [first] = resets;
        if (resets.length === 0) return undefined;
        if (first === undefined) return 'a';
        return first.from === 'server' ? 'b' : 'c';
      },
      hints: {
        a: 'Exercise 1 began with a SYN to a port where nobody listened. What came back?',
        c: 'A client that gives up says so to its program only. Look at the wire: in which direction does the reset go?',
      },
    },
    {
      id: 'how-long',
      ask: 'Of one port only the first SYN is lost; then its host refuses like any other. How long does the refusal take?',
      choices: { a: 'Less than a tenth of a second.', b: 'About a second.', c: 'It never comes.' },
      kernel: (evidence, plan) => {
        const port = portsThat(plan, 'lossy')[0] ?? 0;
        const connection = evidence.connections({ from: 'client', port })[0];
        if (connection === undefined) return undefined;
        const reset = segmentsOf(connection, { from: 'server', has: 'R' })[0];
        if (reset === undefined) return 'c';
        return reset.atMs - connection.fromMs < AT_ONCE_MS ? 'a' : 'b';
      },
      hints: {
        a: 'The SYN that is lost earns nothing. Which SYN is refused, and when is it sent?',
        c: 'The kernel sends the SYN again by itself: see exercise 3.',
      },
    },
    {
      id: 'on-the-server',
      ask: 'Your client waits in SYN_SENT for a silent port. What does ss show on the server?',
      choices: { a: 'A socket in SYN-RECV.', b: 'A socket in LISTEN.', c: 'Nothing.' },
      kernel: (evidence, plan) => {
        if (waiting(evidence, plan) === undefined) return undefined;
        const states = new Set(
          evidence.lives('server').flatMap(({ stays }) => stays.map(({ state }) => state)),
        );
        if (states.has('SYN_RCVD')) return 'a';
        return states.has('LISTEN') ? 'b' : 'c';
      },
      hints: {
        a: 'A SYN that is dropped before the kernel takes it leaves no trace there.',
        b: 'Nobody listens on any of these ports. That a port is silent says nothing of what is behind the filter.',
      },
    },
  ],
  hints: [
    'What does the kernel tell your program in each of the two cases, and how soon? And what if a SYN is lost by accident?',
    'An RST ends connect() with ECONNREFUSED. Silence ends it with ETIMEDOUT, when the kernel has sent its SYN again and given up. Ask all ports at once, and they wait side by side.',
    "connect({ host, port }).on('error', (error: NodeJS.ErrnoException) => console.log(error.code)); and instead of the code, print the address, the port and the word that it stands for.",
  ],
  wrong: [
    {
      file: 'impatient.ts',
      believes: 'who does not answer within half a second is silent',
      fails: 'patient',
      says: 'only one SYN',
    },
    {
      file: 'guess.ts',
      believes: 'a report need not wait for the answers',
      fails: 'patient',
      says: 'only one SYN',
    },
    {
      file: 'every-error-refuses.ts',
      believes: 'a connection that fails was refused',
      fails: 'silent',
      says: 'the program called it refused',
    },
    {
      file: 'every-error-is-silence.ts',
      believes: 'a connection that fails got no answer',
      fails: 'refused',
      says: 'the program called it silent',
    },
    {
      file: 'no-address.ts',
      believes: 'the order of the lines says which port is meant',
      fails: 'refused',
      says: 'no line of it names that port',
    },
    {
      file: 'first-pair-only.ts',
      believes: 'there is one address and one port, as always',
      fails: 'asks',
      says: 'no SYN from the client arrived there',
    },
    { file: 'exit-at-once.ts', believes: 'printing PASS is enough', fails: 'runs', says: 'exit code 0' },
  ],
};

function portsThat(plan: Plan, manner: Manner): number[] {
  return askedPorts(plan).flatMap((each) => (each.manner === manner ? [each.port] : []));
}

/** Has a gate for one port lose what comes there first, and let all else pass. */
async function losesOne({ server }: Scene, gate: Gate): Promise<void> {
  try {
    await server.saw({ destination: { port: gate.port ?? 0 } }, { deadlineMs: REPORT_MS });
    await gate.open();
  } catch (error) {
    if (!(error instanceof WaitError)) throw error;
  }
}

/** What a program's output says of a port: each word once. The brackets of an IPv6 address may be there or not. */
function said(output: readonly string[], address: string, port: number): string[] {
  const lines = output.flatMap((text) => [...text.matchAll(/(\S+):(\d+)\s+(refused|silent)\b/gi)]);
  const fitting = lines.filter(
    ([, where = '', number]) => where.replace(/^\[|\]$/g, '') === address && Number(number) === port,
  );
  return [...new Set(fitting.map(([, , , word = '']) => word.toLowerCase()))];
}

function refusedAtOnce(j: Judge, connection: Connection): void {
  const { port } = connection.other.endpoint;
  const syns = segmentsOf(connection, { from: 'client', flags: 'S' });
  const syn = syns[0]?.segment.seq ?? 0;
  const reset = j.sent(connection, 'server', { flags: 'R.', ack: seqAdd(syn, 1) });
  const afterMs = reset.atMs - connection.fromMs;
  j.that(afterMs < AT_ONCE_MS && syns.length === 1, {
    host: 'server',
    action: `port ${port} refuses the first SYN at once`,
    expected: `one SYN to port ${port}, and an RST within ${AT_ONCE_MS} ms`,
    observed: `the RST came after ${duration(afterMs)} and ${syns.length === 1 ? 'one SYN' : `${syns.length} SYNs`}`,
    because: 'late-reset',
    atMs: reset.atMs,
  });
}

/** The kernel had a socket in SYN_SENT for the port, and a second SYN was sent: by it, or by another connect(). */
function triedTwice(j: Judge, port: number): void {
  const all = j.evidence.connections({ from: 'client', to: 'server', port });
  j.reaches(j.socket(j.connection('client', 'server', { port }), 'client'), 'SYN_SENT');
  const syns = all.flatMap((connection) => segmentsOf(connection, { from: 'client', flags: 'S' }));
  j.that(syns.length > 1, {
    host: 'client',
    action: `a second SYN goes to port ${port}`,
    expected: `a second SYN to port ${port}, a second after the first`,
    observed: 'only one SYN was sent there, and the program did not wait for more',
    because: 'impatient',
    atMs: syns.at(-1)?.atMs ?? j.evidence.endMs,
    segments: syns,
  });
}

/** An RST came from the port, for the first connection to it or for one that the program opened later. */
function wasRefused(j: Judge, port: number): void {
  const reset = j.evidence.segments({ from: 'server', to: 'client', has: 'R', source: { port } })[0];
  if (reset === undefined)
    throw new Inconclusive(`The lab lost more than the first SYN to port ${port}: nothing came back.`);
  j.that(true, {
    host: 'server',
    action: `an RST comes back from port ${port}`,
    expected: '',
    observed: '',
    because: 'not-refused',
    atMs: reset.atMs,
  });
}

/** The program's report has the right word for a port, and not the other. */
function names(j: Judge, port: number, word: 'refused' | 'silent'): void {
  const address =
    j.evidence.connections({ from: 'client', to: 'server', port })[0]?.other.endpoint.address ?? '';
  const lines = j.evidence.output('client').filter(({ stream }) => stream === 'stdout');
  const words = said(
    lines.map(({ text }) => text),
    address,
    port,
  );
  const line = lines.find(({ text }) => text.includes(`:${port}`));
  j.that(words.length === 1 && words[0] === word, {
    host: 'client',
    action: `the program prints: ${formatEndpoint({ address, port })} ${word}`,
    expected: `the line "${formatEndpoint({ address, port })} ${word}"`,
    observed:
      words.length > 0
        ? `the program called it ${words.join(' and ')}`
        : line === undefined
          ? 'the program printed no such line: no line of it names that port'
          : `the program printed no such line; of that port it says "${line.text.trim()}"`,
    because: 'wrong-report',
    atMs: line?.atMs ?? j.evidence.endMs,
  });
}

/** A socket of the client that waits for a silent port. */
function waiting(evidence: Evidence, plan: Plan): unknown {
  const silent = portsThat(plan, 'silent');
  return evidence
    .lives('client')
    .find((life) => silent.includes(life.remote.port) && stayIn(life, 'SYN_SENT') !== undefined);
}
