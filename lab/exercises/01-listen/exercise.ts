import type { Exercise } from '../../exercise/exercise.ts';
import { segmentsOf } from '../../exercise/judge/evidence.ts';
import type { Judge } from '../../exercise/judge/judge.ts';
import { duration, type Life, stayIn } from '../../exercise/judge/life.ts';
import type { Plan } from '../../exercise/plan.ts';
import { formatEndpoint } from '../../tcp/address.ts';
import { seqAdd } from '../../tcp/sequence.ts';

const HOLD_MS = 200;
/** What Node gives to listen(2) when nobody says anything. */
const NODES_BACKLOG = 511;

export const exercise: Exercise = {
  number: 1,
  slug: 'listen',
  title: 'Listen where you are told to',
  points: 8,
  paths: { server: ['CLOSED', 'LISTEN'] },
  cast: {
    client: { host: 'client', provided: 'clients/connect.ts' },
    server: { host: 'server', student: 'server.ts', reference: 'servers/listen-with-backlog.ts' },
  },
  lastsMs: 2_500,

  async scenario(scene) {
    const { client, server, plan } = scene;
    await client.start('client');
    await client.saw({ has: 'R', source: { port: plan.port } });
    await scene.step('nobody listens yet, and the first SYN was refused: now the server starts');
    await server.start('server', { more: [String(backlogOf(plan))] });
    const { cookie } = await server.listens();
    await scene.ss();
    await client.start('client');
    // The RST to the first SYN, and whatever the second earns.
    await client.sawAll(2, { source: { port: plan.port } });
    await server.holds('LISTEN', HOLD_MS, { cookie });
  },

  checks: [
    {
      id: 'listens',
      title: 'The port refuses a SYN before your server runs, and then is in LISTEN',
      weight: 1,
      expects: { server: 'LISTEN at the port given' },
      help: 'The second argument is the port: createServer().listen({ … port: Number(port) … }).',
      judge(j) {
        const before = j.connection('client', 'server', { action: 'a SYN comes before the server runs' });
        const syn = j.sent(before, 'client', { flags: 'S' });
        j.sent(
          before,
          'server',
          { flags: 'R.', ack: seqAdd(syn.segment.seq, 1) },
          { action: "nobody listens: the server's kernel refuses it with an RST" },
        );
        listener(j);
      },
    },
    {
      id: 'address',
      title: 'It listens at the address given, and at no other',
      weight: 1,
      needs: ['listens'],
      expects: { server: 'LISTEN at the address given' },
      help: 'The first argument is the address: createServer().listen({ host, … }).',
      judge(j, plan) {
        const asked = j.evidence.segments({ to: 'server' })[0]?.segment.destination;
        const all = j.evidence.listeners('server', plan.port);
        const other = all.find(({ local }) => !j.evidence.isAt('server', local.address));
        j.that(other === undefined, {
          host: 'server',
          action: 'the socket is bound to the address given',
          expected: `the server in LISTEN on ${asked === undefined ? 'the address given' : formatEndpoint(asked)}`,
          observed: other === undefined ? '' : elsewhere(other),
          because: 'other-address',
          atMs: (other ?? all[0])?.stays[0]?.fromMs ?? j.evidence.endMs,
        });
      },
    },
    {
      id: 'backlog',
      title: 'Its backlog is the one asked for: Send-Q in ss',
      weight: 1,
      needs: ['listens'],
      expects: { server: 'LISTEN, and the backlog given in Send-Q' },
      help: 'The third argument is the backlog: createServer().listen({ … backlog: Number(backlog) }).',
      judge(j, plan) {
        const life = listener(j);
        const row = stayIn(life, 'LISTEN')?.rows.at(-1);
        const shown = row?.socket.sendQueue;
        const asked = backlogOf(plan);
        j.that(shown === asked, {
          host: 'server',
          action: `the backlog is ${asked}`,
          expected: `a backlog of ${asked}, in the column Send-Q of ss`,
          observed: `the socket has a backlog of ${shown}${shown === NODES_BACKLOG ? ', which is what Node asks for when listen() is given none' : ''}`,
          because: 'other-backlog',
          atMs: row?.atMs ?? j.evidence.endMs,
        });
      },
    },
    {
      id: 'stays',
      title: 'It stays in LISTEN, and the next SYN is answered with a SYN-ACK',
      weight: 1,
      needs: ['address'],
      expects: { server: 'LISTEN to the end of the run, and a new socket for the connection' },
      help: 'Keep the server open: no close(), no process.exit(). A listening server keeps its program running.',
      judge(j) {
        const life = listener(j);
        const stay = j.reaches(life, 'LISTEN');
        j.that(stay.lasting, {
          host: 'server',
          action: 'the server is still in LISTEN when the run is over',
          expected: 'LISTEN to the end of the run',
          observed: `the server was in LISTEN for ${duration(stay.toMs - stay.fromMs)}, and then closed its socket`,
          because: 'left-early',
          atMs: stay.toMs,
        });
        j.holds(life, 'LISTEN', HOLD_MS);
        const second = j.connection('client', 'server', {
          nth: 1,
          action: 'a second SYN comes while the server listens',
        });
        const syn = j.sent(second, 'client', { flags: 'S' });
        j.sent(second, 'server', { flags: 'S.', ack: seqAdd(syn.segment.seq, 1) });
      },
    },
  ],

  questions: [
    {
      id: 'before',
      ask: 'No program listens on the port yet. What comes back for a SYN?',
      choices: {
        a: 'Nothing: there is nobody who could answer.',
        b: 'A reset (RST): the kernel answers by itself.',
        c: 'A SYN-ACK: the kernel accepts, and waits for a program.',
      },
      kernel: (evidence, { port }) => {
        const first = evidence.connections({ from: 'client', port })[0];
        if (first === undefined) return undefined;
        const answer = segmentsOf(first, { from: 'server' })[0];
        if (answer === undefined) return 'a';
        return segmentsOf(first, { from: 'server', has: 'R' }).length > 0 ? 'b' : 'c';
      },
      hints: {
        a: 'The host is up, and its kernel speaks TCP with or without a program. Only a filter that drops segments would keep it silent: see exercise 21.',
        c: 'A port is open because some socket is in LISTEN. Without one the kernel has nowhere to put a connection.',
      },
    },
    {
      id: 'two-sockets',
      ask: 'Your server listens, and a client has connected. How many sockets has the server now at this port?',
      choices: {
        a: 'One: the listening socket has become the connection.',
        b: 'Two: the listening socket, and a new one for the connection.',
      },
      kernel: (evidence, { port }) => {
        const second = evidence.connections({ from: 'client', port })[1];
        const life = second === undefined ? undefined : evidence.life(second, 'server');
        const listening = evidence.listeners('server', port)[0];
        if (life === undefined || listening === undefined) return undefined;
        return life.cookie === listening.cookie ? 'a' : 'b';
      },
      hints: {
        a: 'If the listening socket became the connection, who would answer the next client? Count the lines of ss -tan.',
      },
    },
  ],
  hints: [
    'What three things must the kernel know before it can answer a SYN for you: where, which port, and how many may wait?',
    'bind(2) gives a socket its address and port, and listen(2) puts it into LISTEN, with a backlog. Node does both in server.listen(), and fills in for you whatever you leave out.',
    'const [host, port, backlog] = process.argv.slice(2); createServer().listen({ host, port: Number(port), backlog: Number(backlog) });',
  ],
  wrong: [
    {
      file: 'every-address.ts',
      believes: 'a port is all that a server needs',
      fails: 'address',
      says: 'every address',
    },
    {
      file: 'localhost.ts',
      believes: 'localhost is where servers listen',
      fails: 'address',
      says: 'reached from the server itself only',
    },
    {
      file: 'default-backlog.ts',
      believes: 'the backlog is none of its business',
      fails: 'backlog',
      says: 'a backlog of 511',
    },
    {
      file: 'any-port.ts',
      believes: 'the kernel chooses the port of a server',
      fails: 'listens',
      says: 'The server listened on',
    },
    {
      file: 'only-bind.ts',
      believes: 'a bound socket is open to everybody',
      fails: 'listens',
      says: 'no socket of the server was in LISTEN',
    },
    {
      file: 'connect.ts',
      believes: 'a server connects, too',
      fails: 'listens',
      says: 'no socket of the server was in LISTEN',
    },
    {
      file: 'close-after-one.ts',
      believes: 'the listening socket is used up by a connection',
      fails: 'stays',
      says: 'and then closed its socket',
    },
    {
      file: 'close-soon.ts',
      believes: 'to have listened once is enough',
      fails: 'stays',
      says: 'and then closed its socket',
    },
    { file: 'exit-at-once.ts', believes: 'printing PASS is enough', fails: 'listens', says: 'exit code 0' },
  ],
};

const NOTHING_LISTENS =
  'Call listen() on a server: until then no socket is in LISTEN. A server that listens keeps its program running.';

/** 7 to 99: never what Node gives by itself. */
function backlogOf(plan: Plan): number {
  return plan.number('backlog', 7, 99);
}

function listener(j: Judge): Life {
  const { port } = j.plan;
  const found = j.evidence.listeners('server', port)[0];
  return j.found(found, {
    host: 'server',
    action: `a socket of the server is in LISTEN at port ${port}`,
    expected: `a socket of the server in LISTEN at port ${port}`,
    observed: 'no socket of the server was in LISTEN there',
    because: 'not-reached',
    atMs: found?.stays[0]?.fromMs ?? j.evidence.endMs,
    ...(j.evidence.listeners('server').length > 0 ? {} : { help: NOTHING_LISTENS }),
  });
}

/** Where a listener is that is not where it should be. */
function elsewhere({ local }: Life): string {
  const where = formatEndpoint(local);
  if (local.address === '0.0.0.0' || local.address === '::')
    return `it is on ${where}, which means every address that the host has or will have`;
  const loopback = local.address.startsWith('127.') || local.address === '::1';
  return loopback
    ? `it is on ${where}, which can be reached from the server itself only`
    : `it is on ${where}`;
}
