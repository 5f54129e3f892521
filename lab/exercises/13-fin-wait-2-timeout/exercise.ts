import type { Exercise } from '../../exercise/exercise.ts';
import type { Connection } from '../../exercise/judge/connection.ts';
import { type Evidence, segmentsOf } from '../../exercise/judge/evidence.ts';
import type { Judge } from '../../exercise/judge/judge.ts';
import { duration, type Life, type Stay, stayIn } from '../../exercise/judge/life.ts';
import { WIDEST_GAP } from '../../exercise/perform.ts';
import type { SocketRecord } from '../../observe/sock-diag.ts';
import { segmentEnd } from '../../tcp/segment.ts';

/** The kernel takes 3.5 retransmission timeouts instead when that is more, 0.7 s here: see tcp_fin_time() in net/tcp.h. */
const TIMEOUT_S = 1;
const TIMEOUT_MS = TIMEOUT_S * 1_000;
/** The owned socket is watched for so much longer than the timeout. */
const BEYOND_MS = 500;

export const exercise: Exercise = {
  number: 13,
  slug: 'fin-wait-2-timeout',
  title: 'FIN_WAIT_2 with and without an owner',
  points: 8,
  paths: {
    client: ['CLOSED', 'SYN_SENT', 'ESTABLISHED', 'FIN_WAIT_1', 'FIN_WAIT_2', 'CLOSED'],
    server: ['CLOSED', 'LISTEN', 'SYN_RCVD', 'ESTABLISHED', 'CLOSE_WAIT'],
  },
  knobs: { tcp_fin_timeout: String(TIMEOUT_S) },
  cast: {
    server: { host: 'server', provided: 'servers/never-close.ts' },
    client: { host: 'client', student: 'client.ts', reference: 'clients/shutdown-and-close.ts' },
  },
  lastsMs: 2_500,
  waitsForTimer: true,

  async scenario(scene) {
    const { client, server, plan } = scene;
    await server.start('server');
    await server.listens();
    await client.start('client');
    const seen = new Map<string, number>();
    const orphans = new Set<string>();
    const look = (sockets: readonly SocketRecord[]): ReadonlySet<string> => {
      const ours = sockets.filter(({ state, remote }) => state === 'FIN_WAIT_2' && remote.port === plan.port);
      for (const { cookie, inode } of ours) {
        if (!seen.has(cookie)) seen.set(cookie, performance.now());
        if (inode === 0) orphans.add(cookie);
      }
      return new Set(ours.map(({ cookie }) => cookie));
    };
    await client.until(
      'to have two connections in FIN_WAIT_2',
      (sockets) => {
        look(sockets);
        return seen.size >= 2;
      },
      { deadlineMs: 4_000, patient: true },
    );
    await scene.ss();
    await client.until(
      'to forget one and keep the other',
      (sockets) => {
        const now = look(sockets);
        const kept = [...now].filter((cookie) => !orphans.has(cookie));
        const forgotten = [...orphans].some((cookie) => !now.has(cookie));
        const long = kept.some(
          (cookie) => performance.now() - (seen.get(cookie) ?? 0) > TIMEOUT_MS + BEYOND_MS,
        );
        return now.size === 0 || (forgotten && long);
      },
      { deadlineMs: 3_000, patient: true },
    );
    await scene.ss();
  },

  checks: [
    {
      id: 'two',
      title: 'Two connections, each closed by the client: both are in FIN_WAIT_2',
      weight: 2,
      expects: { client: 'FIN_WAIT_2 twice', server: 'CLOSE_WAIT twice' },
      help: 'Open two connections to the server, and end both: each must send a FIN.',
      judge(j) {
        for (const nth of [0, 1]) {
          const connection = j.connection('client', 'server', { nth, ...(nth === 0 ? FIRST : SECOND) });
          j.notSent(connection, 'client', { has: 'R' }, NO_RESET);
          const fin = j.sent(connection, 'client', { has: 'F' });
          j.sent(
            connection,
            'server',
            { has: '.', ack: segmentEnd(fin.segment) },
            { action: 'the server acknowledges the FIN' },
          );
          j.reaches(j.socket(connection, 'client'), 'FIN_WAIT_2');
        }
      },
    },
    {
      id: 'orphan',
      title: `The closed one has no owner, and is gone after ${TIMEOUT_S} s without TIME_WAIT`,
      weight: 3,
      needs: ['two'],
      expects: {
        client: `FIN_WAIT_2 without an owner for ${TIMEOUT_S} s, then CLOSED`,
        server: 'CLOSE_WAIT',
      },
      help: 'Close one of the two altogether, so that no program has it any more.',
      judge(j) {
        const orphan = j.found(
          ends(j).find(({ stay }) => isOrphan(stay)),
          {
            host: 'client',
            action: 'one of the two has no owner',
            expected: 'one socket in FIN_WAIT_2 that no program holds',
            observed: 'the client program still holds both',
            because: 'no-orphan',
            atMs: ends(j)[0]?.stay.fromMs ?? j.evidence.endMs,
            help: BOTH_SHUT,
          },
        );
        j.gone(orphan.life);
        j.passes(orphan.life, ['SYN_SENT?', 'ESTABLISHED?', 'FIN_WAIT_1?', 'FIN_WAIT_2', 'CLOSED']);
        const sinceMs = orphan.stay.rows.find(({ socket }) => socket.inode === 0)?.atMs ?? orphan.stay.fromMs;
        const lastedMs = orphan.stay.toMs - sinceMs;
        // The kernel's clock has a grain of 4 ms, and both ends of the time were seen only at the next look.
        const gapMs = j.evidence.counter('client', WIDEST_GAP)[0]?.value ?? 0;
        j.that(lastedMs > TIMEOUT_MS - 50 - gapMs && lastedMs < TIMEOUT_MS * 2 + gapMs, {
          host: 'client',
          action: `the kernel forgets it after tcp_fin_timeout, ${TIMEOUT_S} s`,
          expected: `the socket without an owner to be gone after about ${TIMEOUT_S} s`,
          observed: `it was gone after ${duration(lastedMs)}`,
          because: 'other-time',
          atMs: orphan.stay.toMs,
        });
        const told = segmentsOf(orphan.connection, { from: 'server', has: 'F' })[0];
        j.that(told === undefined, {
          host: 'server',
          action: 'the server never closed its side',
          expected: 'no FIN from the server',
          observed: 'the server sent a FIN',
          because: 'server-closed',
          atMs: told?.atMs ?? j.evidence.endMs,
        });
      },
    },
    {
      id: 'owned',
      title: 'The other one still has its owner, and stays',
      weight: 3,
      needs: ['two'],
      expects: { client: `FIN_WAIT_2 with an owner, longer than ${TIMEOUT_S} s`, server: 'CLOSE_WAIT' },
      help: 'End only the sending side of one connection, and keep the program running.',
      judge(j) {
        const owned = j.found(
          ends(j).find(({ stay }) => !isOrphan(stay)),
          {
            host: 'client',
            action: 'one of the two keeps its owner',
            expected: 'one socket in FIN_WAIT_2 that the client program holds until the end',
            observed: ends(j).some(({ stay }) => stay.rows.some(({ socket }) => socket.inode !== 0))
              ? 'the program held it only for a while: in the end neither has an owner'
              : 'no program held either of them',
            because: 'no-owner',
            atMs: ends(j)[0]?.stay.fromMs ?? j.evidence.endMs,
            help: BOTH_CLOSED,
          },
        );
        j.holds(owned.life, 'FIN_WAIT_2', TIMEOUT_MS + BEYOND_MS - 100);
      },
    },
  ],

  questions: [
    {
      id: 'orphan-next',
      ask: 'The socket that was closed is in FIN_WAIT_2, and the server never sends its FIN. Where does it go?',
      choices: {
        a: 'It stays in FIN_WAIT_2 until the server closes.',
        b: 'To TIME_WAIT, for 60 s.',
        c: 'It is gone after tcp_fin_timeout, without TIME_WAIT.',
      },
      kernel: (evidence, { port }) => {
        const orphan = endsOf(evidence, port).find(({ stay }) => isOrphan(stay));
        if (orphan === undefined) return undefined;
        if (stayIn(orphan.life, 'TIME_WAIT') !== undefined) return 'b';
        return orphan.life.goneMs === undefined ? 'a' : 'c';
      },
      hints: {
        a: 'RFC 9293 says so. But nobody can ever read from that socket again. What would a server with a million such clients do?',
        b: 'TIME_WAIT begins when the other end’s FIN arrives. Does it?',
      },
    },
    {
      id: 'shut-next',
      ask: 'And the one that was only shut down, in a program that goes on?',
      choices: {
        a: 'It is gone after tcp_fin_timeout as well.',
        b: 'It stays as long as the program keeps it.',
      },
      kernel: (evidence, { port }) => {
        const owned = endsOf(evidence, port).find(({ stay }) => !isOrphan(stay));
        if (owned === undefined) return undefined;
        if (owned.life.goneMs !== undefined) return 'a';
        return evidence.endMs - owned.stay.fromMs > TIMEOUT_MS + BEYOND_MS - 100 ? 'b' : undefined;
      },
      hints: {
        a: 'The program may still want to read what the server sends. May the kernel take that away?',
      },
    },
    {
      id: 'server-hears',
      ask: 'When the kernel forgets the closed one, what does it tell the server?',
      choices: {
        a: 'It sends a reset.',
        b: 'It sends its FIN again.',
        c: 'Nothing: the server stays in CLOSE_WAIT.',
      },
      kernel: (evidence, { port }) => {
        const orphan = endsOf(evidence, port).find(({ stay }) => isOrphan(stay));
        if (orphan?.life.goneMs === undefined) return undefined;
        const [after] = segmentsOf(orphan.connection, { from: 'client', afterMs: orphan.life.goneMs - 20 });
        if (after === undefined) return 'c';
        return (after.segment.flags & 4) === 0 ? 'b' : 'a';
      },
      hints: {
        a: 'Watch the wire at that moment: ./tcplab shell 13 server, then tcpdump -n -i eth0 tcp. What comes?',
        b: 'Its FIN has been acknowledged long ago. Is there anything left to send?',
      },
    },
  ],
  hints: [
    'There are two ways to send a FIN. One of them ends the program’s sending, the other ends its hold on the socket. Which is which?',
    'shutdown(2) sends the FIN and keeps the descriptor: the socket has an owner, and the kernel keeps it. close(2) gives the descriptor back: the socket is an orphan, and the kernel keeps it for tcp_fin_timeout only.',
    'In Node, socket.end() is shutdown, and socket.destroy() is close. With allowHalfOpen: true the socket stays after end().',
  ],
  wrong: [
    {
      file: 'shut-both-down.ts',
      believes: 'end() closes the socket',
      fails: 'orphan',
      says: 'the client program still holds both',
    },
    {
      file: 'close-both.ts',
      believes: 'close and shutdown are two words for one thing',
      fails: 'owned',
      says: 'no program held either of them',
    },
    {
      file: 'leave-early.ts',
      believes: 'once the FIN is out, the program is not needed any more',
      fails: 'owned',
      says: 'only for a while',
    },
    {
      file: 'one-connection.ts',
      believes: 'a socket can be shut down and then closed, and shows both',
      fails: 'two',
      says: 'only one connection was opened',
    },
    { file: 'reset.ts', believes: 'destroying is resetting', fails: 'two', says: 'the client sent an RST' },
    {
      file: 'own-server.ts',
      believes: 'any server will do, one of its own too',
      fails: 'two',
      says: 'no SYN from the client arrived there',
    },
    { file: 'exit-at-once.ts', believes: 'printing PASS is enough', fails: 'runs', says: 'exit code 0' },
  ],
};

const FIRST = {
  help: 'Connect to the address and the port that client.ts is given: process.argv[2] and [3].',
} as const;
const SECOND = { help: 'The two must exist side by side: open a second connection.' } as const;
const NO_RESET = {
  because: 'reset',
  help: 'A reset ends a connection at once, without any closing state. Use end() or destroy().',
} as const;
const BOTH_SHUT =
  'Ending the sending side leaves the socket with the program. Which call gives the descriptor back to the kernel?';
const BOTH_CLOSED =
  'A descriptor that was given back has no owner. Which call sends the FIN and keeps the descriptor? Does the program still run?';

/** The client's end of a connection that got as far as FIN_WAIT_2. */
interface Waiting {
  readonly connection: Connection;
  readonly life: Life;
  readonly stay: Stay;
}

function endsOf(evidence: Evidence, port: number): Waiting[] {
  return evidence.connections({ from: 'client', to: 'server', port }).flatMap((connection) => {
    const life = evidence.life(connection, 'client');
    const stay = life === undefined ? undefined : stayIn(life, 'FIN_WAIT_2');
    return life === undefined || stay === undefined ? [] : [{ connection, life, stay }];
  });
}

function ends(j: Judge): Waiting[] {
  return endsOf(j.evidence, j.plan.port);
}

/** Whether a socket in FIN_WAIT_2 had no owner at the end of it: no inode. */
function isOrphan({ rows }: Stay): boolean {
  return rows.at(-1)?.socket.inode === 0;
}
