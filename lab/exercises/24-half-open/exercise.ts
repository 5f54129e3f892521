import type { Exercise } from '../../exercise/exercise.ts';
import { segmentsOf } from '../../exercise/judge/evidence.ts';
import { describeLife, duration } from '../../exercise/judge/life.ts';
import { afterCut, CUT, fromPort, nextOf, probesOf } from './probes.ts';

/** The kernel counts here that it gave a connection up by itself. */
const TIMED_OUT = 'TCPAbortOnTimeout';
const WHOLE = 'the line is whole again';
/** One second is the shortest interval that TCP_KEEPINTVL takes. On a busy machine the first of two probes may be late, and the second not. tcp(7). */
const SECOND_MS = 900;

export const exercise: Exercise = {
  number: 24,
  slug: 'half-open',
  title: 'Find out by keepalive that the peer is gone, and come back on the same port',
  points: 20,
  paths: {
    client: ['CLOSED', 'SYN_SENT', 'ESTABLISHED', 'CLOSED', 'SYN_SENT', 'ESTABLISHED'],
    server: ['CLOSED', 'LISTEN', 'SYN_RCVD', 'ESTABLISHED', 'CLOSED', 'SYN_RCVD', 'ESTABLISHED'],
  },
  cast: {
    server: { host: 'server', provided: 'servers/echo.ts' },
    client: { host: 'client', student: 'client.ts', reference: 'clients/keepalive.ts' },
  },
  lastsMs: 5_500,
  waitsForTimer: true,

  async scenario(scene) {
    const { client, server, plan } = scene;
    await client.counters(TIMED_OUT);
    await server.start('server');
    await server.listens();
    await client.start('client', { more: [String(plan.clientPort)] });
    const syn = await server.saw({ flags: 'S' });
    const peer = { remotePort: syn.segment.source.port };
    const forgetful = await client.reaches('ESTABLISHED', { localPort: peer.remotePort });
    const faithful = await server.reaches('ESTABLISHED', peer);
    // A program that greets the server has its greeting acknowledged before the line is cut.
    await client.holds('ESTABLISHED', 200, { cookie: forgetful?.cookie ?? '' });
    const gates = await Promise.all([server.gate('everything'), client.gate('everything')]);
    await scene.step(CUT);
    await client.leaves('ESTABLISHED', { cookie: forgetful?.cookie ?? '', patient: false });
    await client.counters(TIMED_OUT);
    await scene.ss();
    await Promise.all(gates.map((gate) => gate.open()));
    await scene.step(WHOLE);
    const again = await server.saw({ flags: 'S' }, { sinceMs: syn.atMs + 1, deadlineMs: 2_500 });
    const { port } = again.segment.source;
    await server.until(
      'to reach ESTABLISHED anew',
      (sockets) =>
        sockets.some(
          ({ cookie, remote, state }) =>
            state === 'ESTABLISHED' && remote.port === port && cookie !== faithful?.cookie,
        ),
      { deadlineMs: 2_500 },
    );
    await client.reaches('ESTABLISHED', { localPort: port });
  },

  checks: [
    {
      id: 'connected',
      title: 'You connect from the port you are given',
      weight: 1,
      expects: { client: 'ESTABLISHED', server: 'LISTEN and ESTABLISHED' },
      help: 'The third argument is the port to connect from: bind the socket to it before you connect.',
      judge(j, { clientPort }) {
        const connection = j.connection('client', 'server');
        fromPort(j, connection, clientPort);
        j.reaches(j.socket(connection, 'client'), 'ESTABLISHED');
        j.reaches(j.socket(connection, 'server'), 'ESTABLISHED');
      },
    },
    {
      id: 'probes',
      title: 'The line is cut, and your kernel asks twice whether the server is still there',
      weight: 3,
      needs: ['connected'],
      expects: { client: 'ESTABLISHED, with timer:(keepalive,…)', server: 'ESTABLISHED' },
      help: 'Keepalive is off until a socket asks for it: SO_KEEPALIVE, and TCP_KEEPIDLE for how long the silence may last before the first probe.',
      judge(j) {
        const connection = j.connection('client', 'server');
        const sent = afterCut(j.evidence, connection);
        const data = sent.find(({ segment }) => segment.payload.length > 1);
        const probes = probesOf(j.evidence, connection);
        const [first, second] = probes;
        j.that(first !== undefined, {
          host: 'client',
          action: 'the client sends a keepalive probe: an ACK with a sequence number one below the next',
          expected: 'a keepalive probe from the client (an ACK with a sequence number one below the next)',
          observed:
            data === undefined
              ? 'the client sent none after the line was cut'
              : 'the client sent data instead',
          because: 'no-probe',
          atMs: first?.atMs ?? data?.atMs ?? j.evidence.endMs,
          ...(data === undefined
            ? {}
            : {
                help: 'Send nothing yourself: with SO_KEEPALIVE the kernel asks for you, without a byte of data.',
              }),
        });
        const gapMs = first === undefined || second === undefined ? 0 : second.atMs - first.atMs;
        j.that(gapMs >= SECOND_MS, {
          host: 'client',
          action: 'the client asks again a second later',
          expected: 'a second probe, after a second or more',
          observed: second === undefined ? 'there was only one' : `it came after ${duration(gapMs)}`,
          because: 'one-probe',
          atMs: second?.atMs ?? j.evidence.endMs,
          help: 'TCP_KEEPINTVL is the time between probes, and TCP_KEEPCNT how many there are: let it be two.',
        });
      },
    },
    {
      id: 'given-up',
      title: 'After two probes without an answer your kernel gives the connection up',
      weight: 3,
      needs: ['probes'],
      expects: { client: 'CLOSED, after an RST that nobody hears', server: 'ESTABLISHED' },
      help: 'TCP_KEEPCNT is how many probes there are: let it be 2. setKeepAlive() always makes it 10.',
      judge(j) {
        const connection = j.connection('client', 'server');
        const probes = probesOf(j.evidence, connection);
        const life = j.socket(connection, 'client');
        j.that(life.goneMs !== undefined, {
          host: 'client',
          action: 'the client gives the connection up',
          expected: 'no connection on the client any more, two probes after the silence began',
          observed: `after ${probes.length} probes the client still had it in ${life.stays.at(-1)?.state}`,
          because: 'still-there',
        });
        j.passes(life, ['SYN_SENT?', 'ESTABLISHED', 'CLOSED']);
        j.that(probes.length === 2, {
          host: 'client',
          action: 'it gives up after two probes',
          expected: 'two probes',
          observed: `there were ${probes.length}`,
          because: 'probes',
        });
        const [before = 0, after = 0] = j.evidence.counter('client', TIMED_OUT).map(({ value }) => value);
        j.that(after > before, {
          host: 'client',
          action: `the client's kernel counts ${TIMED_OUT}`,
          expected: `${TIMED_OUT} counted on the client: the kernel gave the connection up`,
          observed: 'it was not: the program closed the socket',
          because: 'not-the-kernel',
          help: 'Do not close the socket yourself: leave it to the kernel, and wait for the error ETIMEDOUT.',
        });
        j.sent(
          connection,
          'client',
          { has: 'R' },
          {
            action: 'giving up, it sends an RST into the dead line',
            because: 'no-reset',
            help: 'Do not close the socket yourself: leave it to the kernel, and wait for the error ETIMEDOUT.',
          },
        );
      },
    },
    {
      id: 'half-open',
      title: 'Now the connection is half open: ESTABLISHED on the server, unknown to the client',
      weight: 1,
      needs: ['given-up'],
      expects: { client: 'no socket of that connection', server: 'ESTABLISHED' },
      help: 'Leave the server alone until your kernel has given up.',
      judge(j) {
        const connection = j.connection('client', 'server');
        const client = j.socket(connection, 'client');
        const server = j.socket(connection, 'server');
        const goneMs = j.gone(client);
        const stay = j.reaches(server, 'ESTABLISHED');
        j.that(stay.lasting || stay.toMs > goneMs, {
          host: 'server',
          action: 'the server still has it in ESTABLISHED then',
          expected: 'ESTABLISHED on the server, after the client has given up',
          observed: `the server showed ${describeLife(server)}`,
          because: 'not-half-open',
          atMs: stay.toMs,
        });
      },
    },
    {
      id: 'came-back',
      title: 'You connect again from the same port, and the server answers the SYN with a challenge ACK',
      weight: 1,
      needs: ['half-open'],
      expects: { client: 'SYN_SENT', server: 'ESTABLISHED, the old connection' },
      help: 'When the error comes, connect again, from the same port as before.',
      judge(j, { clientPort }) {
        const old = j.connection('client', 'server');
        const connection = j.connection('client', 'server', { nth: 1 });
        fromPort(j, connection, clientPort);
        const next = nextOf(segmentsOf(old, { from: 'server' }));
        j.sent(
          connection,
          'server',
          { flags: '.', seq: next ?? 0 },
          {
            action: "the server answers with an ACK of the old connection's numbers, not with a SYN-ACK",
            because: 'no-challenge',
          },
        );
      },
    },
    {
      id: 'fresh',
      title: "Your kernel's RST ends the old connection, and the next SYN opens a fresh one",
      weight: 1,
      needs: ['came-back'],
      expects: { client: 'ESTABLISHED', server: 'ESTABLISHED, a new socket' },
      help: 'Keep the second connection open, and wait.',
      judge(j) {
        const old = j.connection('client', 'server');
        const connection = j.connection('client', 'server', { nth: 1 });
        const reset = j.sent(connection, 'client', { has: 'R' });
        j.gone(j.socket(old, 'server'));
        j.sent(connection, 'client', { flags: 'S', afterMs: reset.atMs });
        j.sent(connection, 'server', { flags: 'S.' });
        j.reaches(j.socket(connection, 'client'), 'ESTABLISHED');
        j.reaches(j.socket(connection, 'server'), 'ESTABLISHED');
      },
    },
  ],

  questions: [
    {
      id: 'server',
      ask: 'The client has given up. In which state is the server then?',
      choices: {
        a: 'ESTABLISHED.',
        b: 'CLOSED: the client has reset the connection.',
        c: 'CLOSE_WAIT.',
      },
      kernel: (evidence, { port }) => {
        const connection = evidence.connections({ from: 'client', port })[0];
        const goneMs = connection && evidence.life(connection, 'client')?.goneMs;
        const server = connection && evidence.life(connection, 'server');
        if (goneMs === undefined || server === undefined) return undefined;
        const state = server.stays.find(({ fromMs, toMs }) => fromMs <= goneMs && toMs > goneMs)?.state;
        return state === 'ESTABLISHED' ? 'a' : state === 'CLOSE_WAIT' ? 'c' : 'b';
      },
      hints: {
        b: 'It did send an RST. Which way should it have come, when the line is cut?',
        c: 'CLOSE_WAIT follows a FIN. Nothing at all has come to the server.',
      },
    },
    {
      id: 'syn',
      ask: 'A new SYN comes from the port of that old connection. What does the server answer?',
      choices: {
        a: 'A SYN-ACK: it begins anew.',
        b: 'An RST: the port is taken.',
        c: 'An ACK with the numbers of the old connection.',
      },
      kernel: (evidence, { port }) => {
        const connection = evidence.connections({ from: 'client', port })[1];
        const answer = connection && segmentsOf(connection, { from: 'server' })[0];
        if (answer === undefined) return undefined;
        const { flags } = answer.segment;
        return (flags & 0x04) !== 0 ? 'b' : (flags & 0x02) !== 0 ? 'a' : 'c';
      },
      hints: {
        a: 'Then anyone who guesses the addresses could end a connection with one forged SYN.',
        b: 'The server cannot know whether the SYN is old, forged or honest. How can it ask, without giving anything away?',
      },
    },
    {
      id: 'size',
      ask: 'How many bytes of data does a keepalive probe carry?',
      choices: { a: 'None.', b: 'One.', c: 'As many as wait to be sent.' },
      kernel: (evidence, { port }) => {
        const connection = evidence.connections({ from: 'client', port })[0];
        const probe = connection && probesOf(evidence, connection)[0];
        if (probe === undefined) return undefined;
        return probe.segment.payload.length === 0 ? 'a' : 'b';
      },
      hints: {
        b: 'RFC 9293 allows one old byte, for very old hosts. Look at the length in tcpdump.',
        c: 'With bytes that wait, there would be retransmissions, and no need for keepalive.',
      },
    },
  ],
  hints: [
    'Nothing is sent and nothing comes: how could your kernel ever notice that the line is cut? Who must ask?',
    'SO_KEEPALIVE makes it ask; TCP_KEEPIDLE, TCP_KEEPINTVL and TCP_KEEPCNT say when, how often, how many times. Node sets the last two to 1 s and 10 by itself, so open the socket with KernelSocket.',
    'const socket = KernelSocket.open(); socket.setOption(1, 9, 1); socket.setOption(6, 4, 1); socket.setOption(6, 5, 1); socket.setOption(6, 6, 2); bind, connect, and new Socket({ fd: socket.release() })',
  ],
  wrong: [
    {
      file: 'no-keepalive.ts',
      believes: 'TCP notices by itself that the peer is gone',
      fails: 'probes',
      says: 'the client sent none after the line was cut',
    },
    {
      file: 'pings.ts',
      believes: 'keepalive is something that the program sends',
      fails: 'probes',
      says: 'the client sent data instead',
    },
    {
      file: 'ten-probes.ts',
      believes: 'setKeepAlive() sets how many probes there are',
      fails: 'given-up',
      says: 'the client still had it in ESTABLISHED',
    },
    {
      file: 'one-probe.ts',
      believes: 'one lost probe is proof enough',
      fails: 'probes',
      says: 'there was only one',
    },
    {
      file: 'closes-itself.ts',
      believes: 'a timer of the program is as good as keepalive',
      fails: 'probes',
      says: 'the client sent none after the line was cut',
    },
    {
      file: 'any-port.ts',
      believes: 'the port to come back from does not matter',
      fails: 'came-back',
      says: 'but it came from port',
    },
    {
      file: 'stays-away.ts',
      believes: 'to find out is enough',
      fails: 'came-back',
      says: 'only one connection was opened',
    },
    { file: 'exit-at-once.ts', believes: 'printing PASS is enough', fails: 'runs', says: 'exit code 0' },
  ],
};
