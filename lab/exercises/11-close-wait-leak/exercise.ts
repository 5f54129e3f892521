import type { Exercise } from '../../exercise/exercise.ts';
import { type Connection, isEndOf } from '../../exercise/judge/connection.ts';
import { segmentsOf } from '../../exercise/judge/evidence.ts';
import type { Judge } from '../../exercise/judge/judge.ts';
import { describeLife, duration, stayIn } from '../../exercise/judge/life.ts';
import { walk } from '../../exercise/judge/path.ts';
import { streamOf } from '../../exercise/judge/stream.ts';
import type { SocketRecord } from '../../observe/sock-diag.ts';
import type { State } from '../../tcp/states.ts';

const CLIENTS = 50;
/** How long the server may take to close after the clients have, in milliseconds. */
const CLOSE_MS = 2_000;

export const exercise: Exercise = {
  number: 11,
  slug: 'close-wait-leak',
  title: 'Repair a server that leaks CLOSE_WAIT',
  points: 10,
  paths: {
    client: ['CLOSED', 'SYN_SENT', 'ESTABLISHED', 'FIN_WAIT_1', 'FIN_WAIT_2', 'TIME_WAIT'],
    server: ['CLOSED', 'LISTEN', 'SYN_RCVD', 'ESTABLISHED', 'CLOSE_WAIT', 'LAST_ACK', 'CLOSED'],
  },
  cast: {
    server: { host: 'server', student: 'server.ts', reference: 'servers/echo.ts' },
    client: { host: 'client', provided: 'clients/ask-and-close.ts' },
  },
  lastsMs: 1_500,
  waitsForTimer: true,

  async scenario(scene) {
    const { client, server, plan } = scene;
    // Holds a server that closes in LAST_ACK, so that all of its sockets can be seen there at once.
    const lastAcks = await server.gate('ack-of-fin');
    await server.start('server');
    await server.listens();
    await client.start('client', { more: [String(CLIENTS), plan.word('question')] });
    await server.sawAll(CLIENTS, { has: 'F', destination: { port: plan.port } });
    const ours = ({ local, state }: SocketRecord): boolean =>
      local.port === plan.port && state !== 'LISTEN' && state !== 'TIME_WAIT';
    await server.until(
      `to close ${CLIENTS} connections, too`,
      (sockets) =>
        sockets.filter(ours).every(({ state }) => state !== 'CLOSE_WAIT' && state !== 'ESTABLISHED'),
      { deadlineMs: CLOSE_MS },
    );
    await scene.ss();
    await lastAcks.open();
    await server.until('to have no connection left', (sockets) => !sockets.some(ours), { patient: true });
  },

  checks: [
    {
      id: 'answers',
      title: `Each of the ${CLIENTS} clients gets an answer to both of its questions`,
      weight: 3,
      expects: { client: 'its own two lines, back again', server: 'ESTABLISHED' },
      help: 'A client asks twice on its connection. Keep it open until the client has closed it.',
      judge(j) {
        const all = connectionsOf(j);
        const short = all.find((each) => !wasAnswered(each));
        j.that(all.length > 0, {
          host: 'server',
          action: `clients connect to port ${j.plan.port}`,
          expected: `a server that listens on port ${j.plan.port} of the address it is given`,
          observed: 'no client came that far: nobody listens there',
          because: 'no-clients',
          help: 'Listen on the address and port you are given, as the starter does.',
        });
        j.that(short === undefined, {
          host: 'server',
          action: 'on each connection two questions come in, and go back',
          expected: `both questions of the client on port ${short?.opener.endpoint.port} to come back to it`,
          observed: `it asked ${words(short, 'client')}, and the server sent ${words(short, 'server')}`,
          because: 'no-answer',
          ...(short === undefined ? {} : { segments: short.segments.slice(-5) }),
        });
        j.that(all.length >= CLIENTS, {
          host: 'server',
          action: `${CLIENTS} clients have come`,
          expected: `${CLIENTS} clients, five at a time: the next when one has both answers`,
          observed: `only ${all.length} came until the end of the run`,
          because: 'too-slow',
          help: 'Answer at once: send back what came in, when it comes in.',
        });
      },
    },
    {
      id: 'no-reset',
      title: 'No connection is reset',
      weight: 1,
      needs: ['answers'],
      expects: { client: 'FIN_WAIT_1, FIN_WAIT_2, TIME_WAIT: no RST came', server: 'no RST sent' },
      help: 'Close the connections with a FIN: end().',
      judge(j) {
        const [reset] = connectionsOf(j).flatMap((each) => segmentsOf(each, { has: 'R' }));
        j.that(reset === undefined, {
          host: reset?.from ?? 'server',
          action: 'neither side sends an RST',
          expected: 'no RST on any of the connections',
          observed: `the ${reset?.from} sent an RST: the socket is gone, and so is whatever was still on its way`,
          because: 'reset',
          ...(reset === undefined ? {} : { atMs: reset.atMs, segments: [reset] }),
        });
      },
    },
    {
      id: 'closed',
      title: `All ${CLIENTS} sockets leave CLOSE_WAIT by themselves: LAST_ACK, then CLOSED`,
      weight: 4,
      needs: ['no-reset'],
      expects: {
        client: `${CLIENTS} sockets in TIME_WAIT`,
        server: `${CLIENTS} times CLOSE_WAIT → LAST_ACK, then only LISTEN`,
      },
      help: 'Nobody but your program can end CLOSE_WAIT. What does a socket tell you when the client has closed?',
      judge(j) {
        const all = connectionsOf(j);
        const lives = all.flatMap((each) => j.evidence.life(each, 'server') ?? []);
        const waiting = lives.filter((life) => stayIn(life, 'CLOSE_WAIT')?.lasting);
        const leaked = all.find((each) => waiting.some((life) => isEndOf(life, each)));
        j.that(waiting.length === 0, {
          host: 'server',
          action: `the server leaves CLOSE_WAIT ${CLIENTS} times`,
          expected: `no socket in CLOSE_WAIT ${CLOSE_MS / 1_000} s after the last client has closed`,
          observed: `${waiting.length} of ${CLIENTS} were still in it: their clients have closed, and the server's program has not`,
          because: 'leaked',
          atMs: waiting[0]?.stays.at(-1)?.fromMs ?? j.evidence.endMs,
          ...(leaked === undefined ? {} : { segments: leaked.segments.slice(-5) }),
        });
        const early = all.find((each) => closedBy(each) !== 'client');
        j.that(early === undefined, {
          host: 'server',
          action: 'every time the client closes first, and the server after it',
          expected: "the client's FIN first, then the server's",
          observed:
            "the server's FIN came first: this side was the first to close, so it never was in CLOSE_WAIT",
          because: 'server-first',
          ...(early === undefined ? {} : { segments: early.segments.slice(-5) }),
        });
        const other = lives.find((life) => walk(life, CLOSING) !== undefined);
        j.that(other === undefined, {
          host: 'server',
          action: `${CLIENTS} sockets go through CLOSE_WAIT → LAST_ACK → CLOSED`,
          expected: `CLOSE_WAIT → LAST_ACK → CLOSED for all ${CLIENTS}`,
          observed: other === undefined ? '' : `one of them showed ${describeLife(other)}`,
          because: 'wrong-path',
        });
      },
    },
    {
      id: 'listens',
      title: 'The server still runs: its listener was there from the first client to the last',
      weight: 2,
      needs: ['closed'],
      expects: { server: 'one LISTEN, all the time' },
      help: 'The end of a program closes all its sockets, the listener too. Close the connections one by one, in the program.',
      judge(j, { port }) {
        const [first] = connectionsOf(j);
        const listener = j.evidence
          .listeners('server', port)
          .find(({ stays }) => (stays[0]?.fromMs ?? 0) <= (first?.fromMs ?? 0));
        j.that(listener !== undefined && listener.goneMs === undefined, {
          host: 'server',
          action: 'the listener that took the first client is still there',
          expected: `the same socket in LISTEN on port ${port} from the first client to the last`,
          observed:
            listener === undefined
              ? 'there was none that was there from the beginning'
              : `it was gone after ${duration((listener.goneMs ?? 0) - (listener.stays[0]?.fromMs ?? 0))}: whoever asks now is refused`,
          because: 'not-listening',
          ...(listener?.goneMs === undefined ? {} : { atMs: listener.goneMs }),
        });
      },
    },
  ],

  questions: [
    {
      id: 'who-ends-it',
      ask: 'A socket of the server is in CLOSE_WAIT. Who can end that?',
      choices: {
        a: 'The kernel, when tcp_fin_timeout is over.',
        b: "The server's program, when it closes the socket.",
        c: 'The client, with one more segment.',
      },
      kernel: (evidence, { port }) => {
        const connection = evidence.connections({ from: 'client', port })[0];
        if (connection === undefined) return undefined;
        const [fin] = segmentsOf(connection, { from: 'client', has: 'F' });
        const [own] = segmentsOf(connection, { from: 'server', has: 'F' });
        if (fin === undefined || own === undefined || own.atMs < fin.atMs) return undefined;
        if (own.atMs - fin.atMs > FIN_TIMEOUT_MS) return 'a';
        const between = { from: 'client', afterMs: fin.atMs + 0.001, beforeMs: own.atMs };
        return segmentsOf(connection, between).length === 0 ? 'b' : 'c';
      },
      hints: {
        a: 'tcp_fin_timeout is about orphans in FIN_WAIT_2. The kernel cannot know what the program still wants to send.',
        c: 'The client has said that nothing more will come from it, and its kernel keeps to that. Whose FIN is missing?',
      },
    },
    {
      id: 'what-is-left',
      ask: 'The repaired server has closed all its connections. What do the tables of the two hosts still show of them?',
      choices: {
        a: 'Nothing on either host.',
        b: 'TIME_WAIT on the server.',
        c: 'TIME_WAIT on the client.',
        d: 'CLOSE_WAIT on the server.',
      },
      kernel: (evidence, { port }) => {
        const all = evidence.connections({ from: 'client', port });
        if (all.length === 0) return undefined;
        const last = (host: string): (State | undefined)[] =>
          all.map((each) => evidence.life(each, host)?.stays.find(({ lasting }) => lasting)?.state);
        if (last('server').includes('CLOSE_WAIT')) return 'd';
        if (last('server').includes('TIME_WAIT')) return 'b';
        if (last('client').includes('TIME_WAIT')) return 'c';
        return [...last('server'), ...last('client')].every((state) => state === undefined) ? 'a' : undefined;
      },
      hints: {
        a: 'One of the two hosts closed first. What does RFC 9293 ask of that one, for two maximum segment lifetimes?',
        b: 'TIME_WAIT is where the side ends that closed first. Which one was it here?',
        d: 'CLOSE_WAIT ends when the program closes, and this one does.',
      },
    },
  ],
  hints: [
    "Run ss -tan on the server's host: 50 lines of CLOSE-WAIT. Whose turn is it to close, the client's or the server's?",
    "CLOSE_WAIT begins when the client's FIN comes and ends when the program calls close. The program learns of the FIN as the end of the file: a read of 0 bytes, Node's 'end' event. With allowHalfOpen: true Node leaves the rest to you.",
    "socket.on('end', () => socket.end());",
  ],
  wrong: [
    {
      file: 'reset-instead-of-close.ts',
      believes: 'the fastest way out of CLOSE_WAIT is the best',
      fails: 'no-reset',
      says: 'the server sent an RST',
    },
    {
      file: 'exit-when-all-have-gone.ts',
      believes: 'a restart now and then is a repair',
      fails: 'listens',
      says: 'whoever asks now is refused',
    },
    {
      file: 'close-after-the-answer.ts',
      believes: 'a server closes when it has answered',
      fails: 'answers',
      says: 'first\\n"',
    },
    {
      file: 'idle-timeout.ts',
      believes: 'a timeout cleans up soon enough',
      fails: 'closed',
      says: `${CLIENTS} of ${CLIENTS} were still in it`,
    },
    {
      file: 'wait-for-close-event.ts',
      believes: "'close' tells that the client has closed",
      fails: 'closed',
      says: `${CLIENTS} of ${CLIENTS} were still in it`,
    },
    {
      file: 'forget-the-socket.ts',
      believes: 'what nobody refers to is collected, and closed',
      fails: 'closed',
      says: `${CLIENTS} of ${CLIENTS} were still in it`,
    },
    {
      file: 'refuse-to-answer.ts',
      believes: 'no connections, no CLOSE_WAIT',
      fails: 'answers',
      says: 'the server sent nothing',
    },
    { file: 'exit-at-once.ts', believes: 'printing PASS is enough', fails: 'runs', says: 'exit code 0' },
  ],
};

/** The pinned tcp_fin_timeout. */
const FIN_TIMEOUT_MS = 60_000;
/** The gate keeps LAST_ACK until all have reached it; CLOSE_WAIT may be over before anyone looks. */
const CLOSING = ['SYN_RCVD?', 'ESTABLISHED?', 'CLOSE_WAIT?', 'LAST_ACK', 'CLOSED'] as const;

/** The connections of the clients. */
function connectionsOf(j: Judge): readonly Connection[] {
  return j.evidence.connections({ from: 'client', to: 'server', port: j.plan.port });
}

/** Whether a client asked twice, and the server sent back exactly that. */
function wasAnswered(connection: Connection): boolean {
  const asked = streamOf(connection, 'client');
  const lines = asked.toString().split('\n').length - 1;
  return lines === 2 && streamOf(connection, 'server').equals(asked);
}

/** What a host sent on a connection, for people. */
function words(connection: Connection | undefined, host: string): string {
  const text = connection === undefined ? '' : streamOf(connection, host).toString();
  return text === '' ? 'nothing' : JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

/** Whose FIN was the first on a connection, by arrival. */
function closedBy(connection: Connection): string | undefined {
  return segmentsOf(connection, { has: 'F' })[0]?.from;
}
