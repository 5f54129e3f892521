import type { Exercise } from '../../exercise/exercise.ts';
import { segmentsOf } from '../../exercise/judge/evidence.ts';
import type { Scene } from '../../exercise/scene.ts';
import type { SocketRecord } from '../../observe/sock-diag.ts';
import { clientPort, firstToClose, inRange, MOMENTS, numbers, opened, PORTS, timeWait } from './ports.ts';

const TIME_WAIT_MS = 60_000;
/** tcp_tw_reuse takes a port only when TIME_WAIT there is a second old; a tick of the kernel more. */
const REUSABLE_AFTER_MS = 1_050;
/** A state that ended between two looks was seen to end this much too early or too late at most. */
const LOOK_MS = 20;

export const exercise: Exercise = {
  number: 20,
  slug: 'port-exhaustion',
  title: 'Run out of ports, and two cures',
  points: 8,
  paths: {
    client: ['CLOSED', 'SYN_SENT', 'ESTABLISHED', 'FIN_WAIT_1', 'FIN_WAIT_2', 'TIME_WAIT'],
    server: ['CLOSED', 'LISTEN', 'SYN_RCVD', 'ESTABLISHED', 'CLOSE_WAIT', 'LAST_ACK', 'CLOSED'],
  },
  knobs: { tcp_rfc1337: '1' },
  cast: {
    patient: { host: 'server', provided: 'servers/echo.ts' },
    hasty: { host: 'server', provided: 'servers/answer-once.ts' },
    client: { host: 'client', student: 'client.ts', reference: 'clients/open-and-close.ts' },
  },
  mayEndWith: ['EADDRNOTAVAIL'],
  lastsMs: 5_000,
  waitsForTimer: true,
  scenario,

  checks: [
    {
      id: 'exhausted',
      title: `Your client closes first, and after ${PORTS} connections the kernel has no port left`,
      weight: 3,
      expects: { client: `${PORTS} × TIME_WAIT, one on each port`, server: 'CLOSED' },
      help: 'Told `first`: open a connection, ask, wait for the answer, close it with end(), wait for "close", and then open the next.',
      judge(j, plan) {
        const { closesLast, count, first, last } = numbers(plan);
        j.connection('client', 'server', { port: closesLast });
        const { before } = opened(j.evidence, closesLast);
        inRange(j, plan, before);
        const ports = new Set(before.map(clientPort));
        j.that(before.length === PORTS && ports.size === PORTS, {
          host: 'client',
          action: `it opens ${PORTS} connections, one from each port, and not one more`,
          expected: `${PORTS} connections of the ${count} that were asked for: the ports ${first} to ${last}, each once`,
          observed: `the client opened ${connections(before.length)} from ${ports.size === 1 ? 'one port' : `${ports.size} ports`}`,
          because: before.length > PORTS ? 'not-exhausted' : 'too-few',
          help:
            before.length > PORTS
              ? 'A port that is free at once had no TIME_WAIT. Close with end(), so that FIN is sent, and not RST.'
              : `Open ${count} connections, one after another, and close each one yourself before the next.`,
        });
        const open = before.find((each, n) => {
          const next = before[n + 1];
          const fin = segmentsOf(each, { from: 'client', has: 'F' })[0];
          return next !== undefined && (fin === undefined || fin.atMs > next.fromMs);
        });
        j.that(open === undefined, {
          host: 'client',
          action: 'it closes each before it opens the next',
          expected: "the client's FIN before the SYN of the next connection",
          observed: `the connection from port ${open === undefined ? 0 : clientPort(open)} was still open when the next one began`,
          because: 'not-closed',
          atMs: open?.fromMs ?? j.evidence.endMs,
        });
        const other = before.find((each) => firstToClose(each) !== 'client');
        j.that(other === undefined, {
          host: 'client',
          action: 'the client closes each of them first',
          expected: "the client's FIN first, in every connection",
          observed:
            other !== undefined && firstToClose(other) === undefined
              ? 'one of them had no FIN at all'
              : 'the server closed one first',
          because: 'closed-last',
          atMs: other?.fromMs ?? j.evidence.endMs,
        });
        const missing = before.find((each) => timeWait(j.evidence, each, 'client') === undefined);
        j.that(missing === undefined, {
          host: 'client',
          action: `each leaves TIME_WAIT on the client: ${PORTS} of them`,
          expected: `TIME_WAIT on each of the ${PORTS} ports`,
          observed: `port ${missing === undefined ? 0 : clientPort(missing)} was not seen in TIME_WAIT`,
          because: 'no-time-wait',
          atMs: missing?.fromMs ?? j.evidence.endMs,
        });
      },
    },
    {
      id: 'other-side',
      title: 'When the server closes first, the same ports are enough for all connections',
      weight: 3,
      needs: ['exhausted'],
      expects: { client: 'no TIME_WAIT', server: 'TIME_WAIT instead' },
      help: 'Told `last`: open, ask, read the answer, and close only when the server has closed. Then open the next.',
      judge(j, plan) {
        const { closesFirst, count } = numbers(plan);
        const all = j.evidence.connections({ from: 'client', to: 'server', port: closesFirst });
        j.connection('client', 'server', { port: closesFirst });
        inRange(j, plan, all);
        const early = all.find((each) => firstToClose(each) === 'client');
        j.that(early === undefined, {
          host: 'server',
          action: 'the server closes each of them first',
          expected: "the server's FIN first, in every connection to this server",
          observed: 'the client closed one before the server did',
          because: 'closed-first',
          atMs: early?.fromMs ?? j.evidence.endMs,
        });
        j.that(all.length === count, {
          host: 'client',
          action: `it opens all ${count} connections, with ${PORTS} ports`,
          expected: `${count} connections, as the third argument says`,
          observed: `the client opened ${connections(all.length)}`,
          because: 'too-few',
        });
        const left = all.find((each) => timeWait(j.evidence, each, 'client') !== undefined);
        j.that(left === undefined, {
          host: 'client',
          action: 'none of them leaves TIME_WAIT on the client',
          expected: 'no TIME_WAIT on the client for this server',
          observed: `port ${left === undefined ? 0 : clientPort(left)} was in TIME_WAIT`,
          because: 'time-wait',
          atMs: left?.fromMs ?? j.evidence.endMs,
        });
      },
    },
    {
      id: 'tw-reuse',
      title: 'With tcp_tw_reuse=1 your client opens connections again, from ports in TIME_WAIT',
      weight: 2,
      needs: ['exhausted'],
      expects: { client: 'TIME_WAIT on its old ports, taken over one by one', server: 'CLOSED' },
      help: 'Nothing new is needed: your program is started once more, with another number of connections. Open as many as it says.',
      judge(j, plan) {
        const { closesLast, again } = numbers(plan);
        const { before, after } = opened(j.evidence, closesLast);
        j.that(after.length === again, {
          host: 'client',
          action: `it opens ${again} connections again`,
          expected: `${again} new connections, once tcp_tw_reuse was 1`,
          observed: `the client opened ${connections(after.length)}`,
          because: 'too-few',
        });
        inRange(j, plan, after);
        const waits = new Map(before.map((each) => [clientPort(each), timeWait(j.evidence, each, 'client')]));
        const fresh = after.find((each) => (waits.get(clientPort(each))?.toMs ?? 0) < each.fromMs - LOOK_MS);
        j.that(fresh === undefined, {
          host: 'client',
          action: 'each from a port that was in TIME_WAIT until then',
          expected: 'ports in TIME_WAIT, less than 60 s after their last use',
          observed: `port ${fresh === undefined ? 0 : clientPort(fresh)} was free before`,
          because: 'was-free',
          atMs: fresh?.fromMs ?? j.evidence.endMs,
        });
      },
    },
  ],

  slow: {
    lastsMs: 67_000,
    async scenario(scene) {
      const { client, server, plan } = scene;
      const { closesLast, again } = numbers(plan);
      await client.knob('tcp_tw_reuse', '0');
      await client.leaves('TIME_WAIT', { remotePort: closesLast, deadlineMs: 69_000 });
      await scene.step(MOMENTS.waited);
      const last = await start(scene, closesLast, again, 'first');
      const syns = { flags: 'S', destination: { port: closesLast } };
      await server.sawAll(PORTS + 2 * again, syns, { programs: [last] });
    },
    checks: [
      {
        id: 'waited',
        title: 'After 60 s the ports are free again, without a knob',
        weight: 0,
        needs: ['tw-reuse'],
        expects: { client: 'TIME_WAIT anew', server: 'CLOSED' },
        help: 'Nothing new is needed: your program is started once more.',
        judge(j, plan) {
          const { closesLast, again } = numbers(plan);
          const { later } = opened(j.evidence, closesLast);
          j.that(later.length === again, {
            host: 'client',
            action: `it opens ${again} connections again`,
            expected: `${again} new connections when no TIME_WAIT is left`,
            observed: `the client opened ${connections(later.length)}`,
            because: 'too-few',
          });
        },
      },
    ],
  },

  questions: [
    {
      id: 'who-pays',
      ask: 'Your client opens and closes connections to a server, one after another. Who closes so that it never runs out of ports?',
      choices: { a: 'The client.', b: 'The server.', c: 'It makes no difference.' },
      kernel: (evidence, plan) => {
        const { closesLast, closesFirst, count } = numbers(plan);
        if (evidence.when(MOMENTS.exhausted) === undefined) return undefined;
        const whenClient = opened(evidence, closesLast).before.length >= count;
        const whenServer = evidence.connections({ from: 'client', port: closesFirst }).length >= count;
        if (whenClient === whenServer) return whenClient ? 'c' : undefined;
        return whenClient ? 'a' : 'b';
      },
      hints: {
        a: 'TIME_WAIT stays with the end that closes first, and holds a port there. On which host are ports scarce?',
        c: 'Count the lines of TIME-WAIT on the client, for each of the two servers.',
      },
    },
    {
      id: 'other-server',
      ask: 'All 16 ports are in TIME_WAIT after connections to one server port. Can the client open one to another port of that server?',
      choices: {
        a: 'Yes: a port is taken only together with the other three numbers.',
        b: 'No: a port in TIME_WAIT is taken.',
      },
      kernel: (evidence, plan) => {
        const exhaustedMs = evidence.when(MOMENTS.exhausted);
        if (exhaustedMs === undefined) return undefined;
        const others = evidence.connections({ from: 'client', port: numbers(plan).closesFirst });
        return others.some(({ fromMs }) => fromMs >= exhaustedMs) ? 'a' : 'b';
      },
      hints: {
        b: 'What makes a connection one of its kind: the port alone, or the two addresses and two ports?',
      },
    },
  ],
  hints: [
    'Which end stays in TIME_WAIT, and on which host does it hold a port? ss -tan state time-wait on both tells.',
    'The end that sends the first FIN gets TIME_WAIT. end() sends it. A socket that only reads is closed by Node when the FIN of the server has come.',
    "const socket = connect({ host, port: Number(port) }); socket.write('?'); await once(socket, 'data'); if (closes === 'first') socket.end(); await once(socket, 'close');",
  ],
  wrong: [
    {
      file: 'keep-open.ts',
      believes: 'ports run out only because too many connections are open',
      fails: 'exhausted',
      says: 'was still open when the next one began',
    },
    {
      file: 'always-last.ts',
      believes: 'the server closes sooner or later',
      fails: 'exhausted',
      says: 'the client opened 1 connection from',
    },
    {
      file: 'reset.ts',
      believes: 'a reset is a close, only faster',
      fails: 'exhausted',
      says: 'the client opened 2',
    },
    {
      file: 'own-ports.ts',
      believes: 'a program that chooses its ports closes like any other',
      fails: 'exhausted',
      says: 'one connection came from port',
    },
    {
      file: 'always-first.ts',
      believes: 'it does not matter who closes',
      fails: 'other-side',
      says: 'the client closed one before the server did',
    },
    {
      file: 'sixteen-are-enough.ts',
      believes: 'sixteen ports are good for sixteen connections',
      fails: 'other-side',
      says: 'the client opened 16 connections',
    },
    { file: 'exit-at-once.ts', believes: 'printing PASS is enough', fails: 'runs', says: 'exit code 0' },
  ],
};

async function scenario(scene: Scene): Promise<void> {
  const { client, server, plan } = scene;
  const { first, last, closesLast, closesFirst, count, again } = numbers(plan);
  const inTimeWait = (sockets: readonly SocketRecord[]) =>
    sockets.filter(({ state, remote }) => state === 'TIME_WAIT' && remote.port === closesLast);
  await client.knob('ip_local_port_range', `${first} ${last}`);
  await Promise.all([
    server.start('patient', { args: [server.address, String(closesLast)] }),
    server.start('hasty', { args: [server.address, String(closesFirst)] }),
  ]);
  await Promise.all([closesLast, closesFirst].map((port) => server.listens(port)));

  const greedy = await start(scene, closesLast, count, 'first');
  await client.until(
    `to have ${PORTS} ports in TIME_WAIT`,
    (sockets) => inTimeWait(sockets).length === PORTS,
    { programs: [greedy] },
  );
  await scene.step(MOMENTS.exhausted);
  await scene.ss();
  const frugal = await start(scene, closesFirst, count, 'last');
  await server.sawAll(count, { flags: 'S', destination: { port: closesFirst } }, { programs: [frugal] });

  await client.until(
    'to be in TIME_WAIT for a second',
    (sockets) => inTimeWait(sockets).every(({ timerMs }) => timerMs <= TIME_WAIT_MS - REUSABLE_AFTER_MS),
    { patient: true },
  );
  // One that tries again and again would open the rest of its connections now.
  await Promise.all([greedy.stop(), frugal.stop()]);
  await client.knob('tcp_tw_reuse', '1');
  await scene.step(MOMENTS.cured);
  const cured = await start(scene, closesLast, again, 'first');
  await server.sawAll(
    PORTS + again,
    { flags: 'S', destination: { port: closesLast } },
    { programs: [cured] },
  );
}

function start({ client, server }: Scene, port: number, count: number, closes: 'first' | 'last') {
  return client.start('client', { args: [server.address, String(port), String(count), closes] });
}

function connections(count: number): string {
  return count === 1 ? '1 connection' : `${count} connections`;
}
