import type { Exercise } from '../../exercise/exercise.ts';
import { type Connection, relative } from '../../exercise/judge/connection.ts';
import { type Evidence, segmentsOf } from '../../exercise/judge/evidence.ts';
import type { Judge } from '../../exercise/judge/judge.ts';
import type { SocketRecord } from '../../observe/sock-diag.ts';
import type { SegmentEvent } from '../../observe/timeline.ts';
import { FIN, RST } from '../../tcp/flags.ts';
import { seqAdd } from '../../tcp/sequence.ts';

const HOLD_MS = 400;

export const exercise: Exercise = {
  number: 2,
  slug: 'handshake',
  title: 'Connect: three segments to ESTABLISHED',
  points: 10,
  paths: {
    client: ['CLOSED', 'SYN_SENT', 'ESTABLISHED'],
    server: ['CLOSED', 'LISTEN', 'SYN_RCVD', 'ESTABLISHED'],
  },
  cast: {
    server: { host: 'server', provided: 'servers/echo.ts' },
    client: { host: 'client', student: 'client.ts', reference: 'clients/connect.ts' },
  },
  lastsMs: 2_500,

  async scenario(scene) {
    const { client, server, plan } = scene;
    await server.start('server');
    await server.listens();
    const first = await client.start('client');
    const here = await client.reaches('ESTABLISHED', { remotePort: plan.port });
    const there = await server.reaches('ESTABLISHED', { localPort: plan.port });
    await scene.ss();
    await scene.step('the program is started once more, beside itself');
    const second = await client.start('client');
    await client.holds('ESTABLISHED', HOLD_MS, { cookie: here?.cookie ?? '' });
    await server.holds('ESTABLISHED', 0, { cookie: there?.cookie ?? '' });
    const isOpen = ({ state, local }: SocketRecord): boolean =>
      state === 'ESTABLISHED' && local.port === plan.port;
    await server.until(
      'to have two connections',
      (sockets) => second.exit !== undefined || sockets.filter(isOpen).length >= 2,
      { patient: true },
    );
    await scene.step('both are told to stop, and their kernel closes the connections');
    await Promise.all([first.stop(), second.stop()]);
    await server.leaves('ESTABLISHED', { localPort: plan.port });
  },

  checks: [
    {
      id: 'three-segments',
      title: 'Three segments open the connection: SYN, SYN-ACK, ACK',
      weight: 3,
      expects: { client: 'SYN_SENT, then ESTABLISHED', server: 'SYN_RCVD, then ESTABLISHED' },
      help: 'Connect to the address and port that your program is given: connect({ host, port: Number(port) }).',
      judge(j) {
        const { connection, ack } = handshake(j);
        j.notSent(
          connection,
          'client',
          { has: 'R', beforeMs: ack.atMs },
          {
            because: 'reset',
            help: 'The kernel of the client knows nothing of this connection, and so it refused the SYN-ACK. Let the kernel open it: connect().',
          },
        );
      },
    },
    {
      id: 'established',
      title: 'Both kernels hold the connection in ESTABLISHED',
      weight: 3,
      needs: ['three-segments'],
      expects: { client: 'ESTABLISHED', server: 'ESTABLISHED' },
      help: 'Stay connected until the lab stops your program: no end(), no destroy(), no process.exit().',
      judge(j) {
        const connection = j.connection('client', 'server');
        for (const host of ['client', 'server'])
          j.holds(j.socket(connection, host), 'ESTABLISHED', HOLD_MS - 50);
      },
    },
    {
      id: 'numbers',
      title: 'The SYN takes one sequence number, the ACK takes none',
      weight: 2,
      needs: ['established'],
      expects: { client: 'what it sends next has the number of its ACK', server: 'ESTABLISHED' },
      help: 'Leave sequence numbers to the kernel: connect(), and nothing by hand.',
      judge(j) {
        const { connection, syn, ack } = handshake(j);
        const next = afterHandshake(connection, ack);
        const found = j.found(next, {
          host: 'client',
          action: 'the client sends something that takes numbers: data, or a FIN when it is stopped',
          expected: 'data or a FIN from the client after its ACK',
          observed: 'it sent neither',
          because: 'not-sent',
          atMs: next?.atMs ?? j.evidence.endMs,
        });
        const number = relative(connection, 'client', found.segment.seq);
        j.that(found.segment.seq === seqAdd(syn.segment.seq, 1), {
          host: 'client',
          action: 'it has the same number as the ACK before it: SYN + 1',
          expected: 'sequence number 1, counted from the SYN',
          observed: `it was ${number}`,
          because: 'wrong-number',
          atMs: found.atMs,
          segments: [syn, ack, found],
        });
      },
    },
    {
      id: 'own-port',
      title: 'Each connection gets a port of its own from the kernel',
      weight: 2,
      needs: ['established'],
      expects: { client: 'two connections to the same port, from two ports', server: 'two connections' },
      help: 'Leave localPort out of connect(), and do not bind(): the kernel then takes a free port.',
      judge(j, plan) {
        const first = j.connection('client', 'server');
        const { port } = first.opener.endpoint;
        const [low, high] = portRange(j.evidence);
        j.that(port >= low && port <= high, {
          host: 'client',
          action: `the client's port, ${port}, is one that the kernel gives out`,
          expected: `a port of the client from ${low} to ${high} (ip_local_port_range)`,
          observed: `its port was ${port}, which the kernel gives to nobody who does not ask for it`,
          because: 'chosen-port',
          atMs: first.fromMs,
        });
        j.connection('client', 'server', {
          nth: 1,
          action: `the program runs a second time, and connects to port ${plan.port} too`,
          because: 'chosen-port',
        });
      },
    },
  ],

  questions: [
    {
      id: 'how-many',
      ask: 'How many segments cross the wire before either program can send a byte to the other?',
      choices: {
        a: 'Two: a question and an answer.',
        b: 'Three.',
        c: 'Four: each side asks, and each side answers.',
      },
      kernel: (evidence, { port }) => {
        const connection = evidence.connections({ from: 'client', port })[0];
        if (connection === undefined) return undefined;
        const after = connection.segments.findIndex(({ segment }) =>
          takesNumbers(segment.flags, segment.payload),
        );
        return { 2: 'a', 3: 'b', 4: 'c' }[after];
      },
      hints: {
        a: 'After two segments the server cannot know whether its SYN has arrived: an old SYN may have earned its answer. See RFC 9293, section 3.5, figure 7, and exercise 8.',
        c: 'The server has both to say at once: it acknowledges your SYN, and it sends its own. One segment carries both.',
      },
    },
    {
      id: 'counts',
      ask: 'The SYN has sequence number x, and the ACK that ends the handshake has x + 1. Which number has the first byte of data?',
      choices: { a: 'x + 1.', b: 'x + 2.', c: 'x + 3: it is the third segment after the SYN.' },
      kernel: (evidence, { port }) => {
        const connection = evidence.connections({ from: 'client', port })[0];
        const ack = connection && segmentsOf(connection, { from: 'client', flags: '.' })[0];
        const next = ack && afterHandshake(connection, ack);
        if (connection === undefined || next === undefined) return undefined;
        return { 1: 'a', 2: 'b', 3: 'c' }[relative(connection, 'client', next.segment.seq)];
      },
      hints: {
        b: 'If an ACK took a number, it would have to be acknowledged itself, and the acknowledgement of that, too.',
        c: 'The numbers count bytes, not segments. Only SYN and FIN are counted as if each were a byte.',
      },
    },
    {
      id: 'which-port',
      ask: 'You did not say which port your end of the connection should have. Which does the kernel take?',
      choices: {
        a: 'The same number as the server has.',
        b: 'A free one from a range of its own (net.ipv4.ip_local_port_range).',
      },
      kernel: (evidence, { port }) => {
        const own = evidence.connections({ from: 'client', port })[0]?.opener.endpoint.port;
        if (own === undefined) return undefined;
        if (own === port) return 'a';
        const [low, high] = portRange(evidence);
        return own >= low && own <= high ? 'b' : undefined;
      },
      hints: {
        a: 'A connection is known by two addresses and two ports. Two browsers on your machine visit the same web site: in what do their connections differ?',
      },
    },
  ],
  hints: [
    'Who sends the three segments of a handshake, your program or the kernel? And what is left for your program to do?',
    'connect(2) asks the kernel for a connection: it chooses a port, sends the SYN, and sends the last ACK, too. The connection lasts until your program closes it, or ends.',
    'const [host, port] = process.argv.slice(2); connect({ host, port: Number(port) });',
  ],
  wrong: [
    {
      file: 'close-at-once.ts',
      believes: 'connected once is connected',
      fails: 'established',
      says: 'Expected ESTABLISHED',
    },
    {
      file: 'reset-soon.ts',
      believes: 'destroying a socket leaves the connection alone',
      fails: 'established',
      says: 'ESTABLISHED for at least',
    },
    {
      file: 'by-hand.ts',
      believes: 'three segments are all that there is to a connection',
      fails: 'three-segments',
      says: 'the client sent an RST',
    },
    {
      file: 'only-syn.ts',
      believes: 'the SYN opens the connection',
      fails: 'three-segments',
      says: 'Expected an ACK',
    },
    {
      file: 'own-port.ts',
      believes: 'a client has to choose its port',
      fails: 'own-port',
      says: 'which the kernel gives to nobody who does not ask for it',
    },
    {
      file: 'fixed-port.ts',
      believes: 'any high port is free',
      fails: 'own-port',
      says: 'only one connection was opened',
    },
    {
      file: 'to-itself.ts',
      believes: 'any connection will do',
      fails: 'three-segments',
      says: 'which is the client itself',
    },
    { file: 'exit-at-once.ts', believes: 'printing PASS is enough', fails: 'runs', says: 'exit code 0' },
  ],
};

/** The three segments, each answering the one before it. */
function handshake(j: Judge): { connection: Connection; syn: SegmentEvent; ack: SegmentEvent } {
  const connection = j.connection('client', 'server');
  const syn = j.sent(connection, 'client', { flags: 'S' });
  const seq = seqAdd(syn.segment.seq, 1);
  const synAck = j.sent(connection, 'server', { flags: 'S.', ack: seq });
  const ack = j.sent(connection, 'client', {
    flags: '.',
    payload: 'none',
    seq,
    ack: seqAdd(synAck.segment.seq, 1),
  });
  return { connection, syn, ack };
}

/** The client's first segment after its ACK that has data or ends the connection. */
function afterHandshake(connection: Connection, ack: SegmentEvent): SegmentEvent | undefined {
  return segmentsOf(connection, { from: ack.from, afterMs: ack.atMs }).find(({ segment }) =>
    takesNumbers(segment.flags, segment.payload),
  );
}

function takesNumbers(flags: number, payload: Uint8Array): boolean {
  return payload.length > 0 || (flags & (FIN | RST)) !== 0;
}

/** The ports that the kernel gives to clients: ip(7), ip_local_port_range. */
function portRange(evidence: Evidence): readonly [number, number] {
  const [low, high] = (evidence.timeline.header.knobs.ip_local_port_range ?? '').split(/\s+/).map(Number);
  return [low ?? 0, high ?? 65_535];
}
