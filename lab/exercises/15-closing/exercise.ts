import type { Exercise } from '../../exercise/exercise.ts';
import { segmentsOf } from '../../exercise/judge/evidence.ts';
import { stayIn } from '../../exercise/judge/life.ts';
import type { Scene, SceneHost } from '../../exercise/scene.ts';
import { sendsFinAgain } from '../../exercise/sends-fin-again.ts';
import { segmentEnd } from '../../tcp/segment.ts';

const HOLD_MS = 100;
/** How long each program has to close, from the time on when the connection was there. */
const CLOSE_MS = 2_500;
const BOTH = ['client', 'server'] as const;
type End = (typeof BOTH)[number];

export const exercise: Exercise = {
  number: 15,
  slug: 'closing',
  title: 'Close at both ends at once, and meet in CLOSING',
  points: 8,
  paths: {
    client: ['CLOSED', 'SYN_SENT', 'ESTABLISHED', 'FIN_WAIT_1', 'CLOSING', 'TIME_WAIT'],
    server: ['CLOSED', 'SYN_RCVD', 'ESTABLISHED', 'FIN_WAIT_1', 'CLOSING', 'TIME_WAIT'],
  },
  cast: {
    client: { host: 'client', student: 'client.ts', reference: 'clients/close.ts' },
    server: { host: 'server', student: 'server.ts', reference: 'servers/close-first.ts' },
  },
  lastsMs: 2_500,
  waitsForTimer: true,

  async scenario(scene) {
    const ends = [scene.client, scene.server];
    const fins = await Promise.all(ends.map((host) => host.gate('fin')));
    const acks = await Promise.all(ends.map((host) => host.gate('ack-of-fin')));
    await scene.server.start('server');
    await scene.server.listens();
    await scene.client.start('client');
    await scene.server.saw({ flags: 'S', destination: { port: scene.plan.port } });
    const waiting = ends.map((host) => connectionAt(host, scene));
    await Promise.all(
      waiting.map(({ host, at }) =>
        host.reaches('FIN_WAIT_1', { ...at, patient: true, deadlineMs: CLOSE_MS }),
      ),
    );
    // A FIN that has arrived is acknowledged by every later one, so the two that cross are sent again before either arrives:
    // into the kernel's queues, while the gates still drop what was on its way.
    const wires = ends.map((host) => host.wire());
    await Promise.all(wires.map((wire) => wire.hold()));
    await Promise.all(waiting.map(({ host, at }) => sendsFinAgain(host, at)));
    await scene.step('both FINs are on their way');
    await Promise.all(fins.map((gate) => gate.open()));
    await Promise.all(wires.map((wire) => wire.release()));
    await Promise.all(waiting.map(({ host, at }) => host.reaches('CLOSING', { ...at, patient: true })));
    await scene.ss();
    await Promise.all(
      waiting.map(({ host, at }) => host.holds('CLOSING', HOLD_MS, { ...at, patient: true })),
    );
    await Promise.all(acks.map((gate) => gate.open()));
    await Promise.all(waiting.map(({ host, at }) => host.reaches('TIME_WAIT', { ...at, patient: true })));
  },

  checks: [
    {
      id: 'both-close',
      title: 'Both programs close, and neither has heard of the other’s FIN',
      weight: 2,
      expects: { client: 'FIN_WAIT_1', server: 'FIN_WAIT_1' },
      help: 'Each program closes for a reason of its own: do not wait for the other end’s FIN.',
      judge(j) {
        const connection = j.connection('client', 'server', { help: CONNECT });
        for (const end of BOTH) j.notSent(connection, end, { has: 'R' }, NO_RESET);
        for (const [end, other] of pairs()) {
          const fin = j.sent(connection, end, { has: 'F' }, { help: CLOSES_ITSELF[end] });
          const [others] = segmentsOf(connection, { from: other, has: 'F' });
          const heard = others !== undefined && fin.segment.ack === segmentEnd(others.segment);
          j.that(!heard, {
            host: end,
            action: `the ${end}'s FIN does not acknowledge the ${other}'s`,
            expected: `a FIN from the ${end} that was sent before the ${other}'s arrived`,
            observed: `it acknowledges the ${other}'s FIN, so the ${end} knew of it`,
            because: 'knew',
            atMs: fin.atMs,
            segments: [fin],
          });
        }
        for (const end of BOTH) j.reaches(j.socket(connection, end), 'FIN_WAIT_1');
      },
    },
    {
      id: 'closing',
      title: 'The FINs cross, and both ends are in CLOSING while neither FIN is acknowledged',
      weight: 4,
      needs: ['both-close'],
      expects: { client: 'CLOSING', server: 'CLOSING' },
      help: 'Close both ends while the connection is up, and leave the sockets to the kernel until the end of the run.',
      judge(j) {
        const connection = j.connection('client', 'server');
        for (const end of BOTH) j.holds(j.socket(connection, end), 'CLOSING', HOLD_MS);
      },
    },
    {
      id: 'time-wait',
      title: 'Each FIN is acknowledged in the end, and both ends are in TIME_WAIT',
      weight: 2,
      needs: ['closing'],
      expects: { client: 'TIME_WAIT', server: 'TIME_WAIT' },
      help: 'Leave the closing to the kernel: no reset, and nothing more to send.',
      judge(j) {
        const connection = j.connection('client', 'server');
        for (const [end, other] of pairs()) {
          const fin = j.sent(connection, end, { has: 'F' });
          j.sent(
            connection,
            other,
            { has: '.', ack: segmentEnd(fin.segment), afterMs: fin.atMs },
            { action: `the ${other} acknowledges the ${end}'s FIN` },
          );
        }
        for (const end of BOTH) {
          const first = end === 'client' ? (['SYN_SENT?'] as const) : (['SYN_RCVD?'] as const);
          const path = [...first, 'ESTABLISHED?', 'FIN_WAIT_1', 'CLOSING', 'TIME_WAIT'] as const;
          j.passes(j.socket(connection, end), path);
        }
      },
    },
  ],

  questions: [
    {
      id: 'after-crossing',
      ask: 'Both ends are in FIN_WAIT_1. Now each receives the other’s FIN, which does not acknowledge its own. Where are they?',
      choices: {
        a: 'One in CLOSE_WAIT, the other in FIN_WAIT_2: one of them must be the passive end.',
        b: 'Both in CLOSING.',
        c: 'Both in TIME_WAIT: each has sent a FIN and received one.',
      },
      kernel: (evidence, { port }) => {
        const connection = evidence.connections({ from: 'client', port })[0];
        if (connection === undefined) return undefined;
        const lives = BOTH.map((end) => evidence.life(connection, end));
        if (lives.some((life) => life === undefined || stayIn(life, 'FIN_WAIT_1') === undefined))
          return undefined;
        const all = (state: 'CLOSING' | 'TIME_WAIT'): boolean =>
          lives.every((life) => life !== undefined && stayIn(life, state) !== undefined);
        if (all('CLOSING')) return 'b';
        return all('TIME_WAIT') ? 'c' : 'a';
      },
      hints: {
        a: 'Passive is who has not closed yet when the FIN comes. Which of the two is that here?',
        c: 'TIME_WAIT is for an end that knows its own FIN has arrived. What tells it so, and has that come?',
      },
    },
    {
      id: 'who-waits',
      ask: 'In the end, which host is left with TIME_WAIT?',
      choices: { a: 'The client.', b: 'The server.', c: 'Both.', d: 'Neither.' },
      kernel: (evidence, { port }) => {
        const connection = evidence.connections({ from: 'client', port })[0];
        if (connection === undefined) return undefined;
        const [client, server] = BOTH.map((end) => {
          const life = evidence.life(connection, end);
          return life !== undefined && stayIn(life, 'TIME_WAIT') !== undefined;
        });
        if (evidence.when('both FINs are on their way') === undefined) return undefined;
        if (client) return server ? 'c' : 'a';
        return server ? 'b' : 'd';
      },
      hints: {
        a: 'The client has closed actively. Who else has?',
        b: 'The server has closed actively. Who else has?',
        d: 'Each end has sent the ACK of a FIN, and cannot know whether it has arrived. Who has to stay for that?',
      },
    },
  ],
  hints: [
    'An end that closes after it has received a FIN goes to LAST_ACK. What must not have arrived yet when it closes?',
    'Each end must send its FIN for a reason of its own: the client when it is connected, the server when it has accepted. Then it does not matter which is the quicker, as long as neither FIN has arrived when the other is sent.',
    'client.ts: const socket = connect({ host, port: Number(port) }, () => socket.end());   server.ts: createServer((socket) => { socket.end(); … })',
  ],
  wrong: [
    {
      file: 'server-waits-for-the-fin.ts',
      as: 'server.ts',
      believes: 'a server closes when the client has closed',
      fails: 'both-close',
      says: 'Expected a FIN from the server',
    },
    {
      file: 'client-waits-for-the-fin.ts',
      as: 'client.ts',
      believes: 'the client closes when the server has closed',
      fails: 'both-close',
      says: 'Expected a FIN from the client',
    },
    {
      file: 'reset.ts',
      as: 'client.ts',
      believes: 'the quickest close is the best',
      fails: 'both-close',
      says: 'the client sent an RST',
    },
    {
      file: 'stop-listening.ts',
      as: 'server.ts',
      believes: 'server.close() closes the connections',
      fails: 'both-close',
      says: 'Expected a FIN from the server',
    },
    {
      file: 'by-itself.ts',
      as: 'client.ts',
      believes: 'any two ends will do, and so two of its own',
      fails: 'both-close',
      says: 'no SYN from the client arrived there',
    },
    {
      file: 'exit-at-once.ts',
      as: 'client.ts',
      believes: 'printing PASS is enough',
      fails: 'runs',
      says: 'exit code 0',
    },
  ],
};

const CONNECT = 'Connect to the address and the port that client.ts is given: process.argv[2] and [3].';
const CLOSES_ITSELF = {
  client: 'What does client.ts wait for before it closes? Let it close as soon as it is connected.',
  server: 'What does server.ts wait for before it closes? Let it close as soon as it has accepted.',
} as const;

function pairs(): readonly (readonly [End, End])[] {
  return [
    ['client', 'server'],
    ['server', 'client'],
  ];
}

/** Which socket of a host the connection's is. */
function connectionAt(
  host: SceneHost,
  { plan }: Scene,
): { host: SceneHost; at: { readonly localPort?: number; readonly remotePort?: number } } {
  return { host, at: host.name === 'server' ? { localPort: plan.port } : { remotePort: plan.port } };
}

const NO_RESET = {
  because: 'reset',
  help: 'A reset ends a connection at once, without any closing state. Close it in the ordinary way: end().',
} as const;
