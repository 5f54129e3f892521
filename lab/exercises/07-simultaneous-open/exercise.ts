import type { Exercise } from '../../exercise/exercise.ts';
import type { Connection } from '../../exercise/judge/connection.ts';
import type { Evidence } from '../../exercise/judge/evidence.ts';
import type { Judge } from '../../exercise/judge/judge.ts';
import { describeLife, type Life, stayIn } from '../../exercise/judge/life.ts';
import type { Plan } from '../../exercise/plan.ts';
import { formatEndpoint } from '../../tcp/address.ts';
import { seqAdd } from '../../tcp/sequence.ts';

const HOLD_MS = 100;
/** As long as the SYNs are held: a program that gives up sooner is caught at it. */
const SYN_HOLD_MS = 400;
/** How long both programs have to connect: an honest one may start a second late. */
const START_MS = 3_000;
const CLIENT = 'client';
const PEER = 'peer';
const HOSTS = [CLIENT, PEER] as const;
type Name = (typeof HOSTS)[number];
const DELIVERED = 'the client’s SYN is delivered';

export const exercise: Exercise = {
  number: 7,
  slug: 'simultaneous-open',
  title: 'Open one connection from both ends, with no server',
  points: 14,
  hosts: HOSTS,
  paths: {
    client: ['CLOSED', 'SYN_SENT', 'SYN_RCVD', 'ESTABLISHED'],
    peer: ['CLOSED', 'SYN_SENT', 'SYN_RCVD', 'ESTABLISHED'],
  },
  cast: {
    client: { host: CLIENT, student: 'client.ts', reference: 'clients/simultaneous-open.ts' },
    peer: { host: PEER, student: 'client.ts', reference: 'clients/simultaneous-open.ts' },
  },
  lastsMs: 2_000,

  async scenario(scene) {
    const { plan } = scene;
    const [client, peer] = [scene.host(CLIENT), scene.host(PEER)];
    const port = portOf(plan);
    const wires = { client: client.wire(), peer: peer.wire() };
    await Promise.all([wires.client.hold(), wires.peer.hold()]);
    // A SYN that is sent again, on a busy machine, earns a bare ACK as well, and that one would complete it, too.
    const completions = await Promise.all([client.gate('syn-ack'), client.gate('ack-of-syn-ack')]);
    await Promise.all([
      client.start('client', { args: [peer.address, String(port.peer), String(port.client)] }),
      peer.start('peer', { args: [client.address, String(port.client), String(port.peer)] }),
    ]);
    await Promise.all([
      client.reaches('SYN_SENT', { localPort: port.client, remotePort: port.peer, deadlineMs: START_MS }),
      peer.reaches('SYN_SENT', { localPort: port.peer, remotePort: port.client, deadlineMs: START_MS }),
    ]);
    await Promise.all([client.holds('SYN_SENT', SYN_HOLD_MS), peer.holds('SYN_SENT', SYN_HOLD_MS)]);
    await scene.step(DELIVERED);
    await wires.client.release();
    await peer.reaches('SYN_RCVD');
    await wires.client.hold();
    await wires.peer.release();
    await client.reaches('SYN_RCVD');
    await scene.ss();
    await Promise.all([client.holds('SYN_RCVD', HOLD_MS), peer.holds('SYN_RCVD', HOLD_MS)]);
    await Promise.all(completions.map((gate) => gate.open()));
    await wires.client.release();
    await Promise.all([client.reaches('ESTABLISHED'), peer.reaches('ESTABLISHED')]);
    await Promise.all([client.holds('ESTABLISHED', HOLD_MS), peer.holds('ESTABLISHED', HOLD_MS)]);
  },

  checks: [
    {
      id: 'both-connect',
      title: 'Both programs connect, each from its own port to the other’s',
      weight: 2,
      expects: { client: 'SYN_SENT', peer: 'SYN_SENT' },
      help: 'Who is to be met needs a port that the other knows in advance: the third argument is yours. Who chooses it when you do not?',
      judge(j, plan) {
        for (const host of HOSTS) {
          const life = endOf(j.evidence, plan, host);
          const peer = peerOf(host);
          const to = formatEndpoint({
            address: j.evidence.addresses(peer).at(-1) ?? '',
            port: portOf(plan)[peer],
          });
          j.found(life, {
            host,
            action: `the ${host} connects from port ${portOf(plan)[host]} to ${to}`,
            expected: `a socket on the ${host} that connects from port ${portOf(plan)[host]} to ${to}`,
            observed: instead(j.evidence, plan, host),
            because: 'no-socket',
            atMs: life?.stays[0]?.fromMs ?? j.evidence.endMs,
          });
        }
      },
    },
    {
      id: 'no-server',
      title: 'Nobody listens, on either host',
      weight: 1,
      needs: ['both-connect'],
      expects: { client: 'no LISTEN', peer: 'no LISTEN' },
      help: 'Do not create a server: two connect() calls are all it takes.',
      judge(j) {
        for (const host of HOSTS) {
          const [listener] = j.evidence.listeners(host);
          j.that(listener === undefined, {
            host,
            action: `nothing listens on the ${host}`,
            expected: `no listener on the ${host}`,
            observed: listener === undefined ? '' : `one listened on ${formatEndpoint(listener.local)}`,
            because: 'listener',
            atMs: listener?.stays[0]?.fromMs ?? j.evidence.endMs,
          });
        }
      },
    },
    {
      id: 'syn-sent',
      title: 'Both are in SYN_SENT at the same time, before either SYN has arrived',
      weight: 1,
      needs: ['no-server'],
      expects: { client: 'SYN_SENT', peer: 'SYN_SENT' },
      help: 'Connect, and wait as long as it takes.',
      judge(j, plan) {
        const arrivesMs = j.evidence.when(DELIVERED) ?? j.evidence.endMs;
        for (const host of HOSTS) {
          const life = endOf(j.evidence, plan, host) as Life;
          const stay = j.reaches(life, 'SYN_SENT');
          j.that(stay.toMs >= arrivesMs && j.evidence.when(DELIVERED) !== undefined, {
            host,
            action: `the ${host} is in SYN_SENT until the SYNs are delivered`,
            expected: `SYN_SENT on the ${host} until the SYNs are delivered`,
            observed: `the ${host} showed ${describeLife(life)}`,
            because: 'left-early',
            atMs: stay.toMs,
          });
        }
      },
    },
    {
      id: 'crossing',
      title: 'Both go from SYN_SENT to SYN_RCVD: each gets a SYN instead of a SYN-ACK',
      weight: 2,
      needs: ['syn-sent'],
      expects: { client: 'SYN_RCVD', peer: 'SYN_RCVD' },
      help: 'Connect, and stay: what arrives is the kernel’s to answer.',
      judge(j, plan) {
        const connection = theConnection(j);
        for (const host of HOSTS) {
          const syn = j.sent(connection, host, { flags: 'S' });
          j.sent(connection, peerOf(host), { flags: 'S.', ack: seqAdd(syn.segment.seq, 1) });
        }
        for (const host of HOSTS) j.holds(endOf(j.evidence, plan, host) as Life, 'SYN_RCVD', HOLD_MS - 20);
      },
    },
    {
      id: 'one-connection',
      title: 'One connection comes of it, ESTABLISHED at both ends, and stays',
      weight: 2,
      needs: ['crossing'],
      expects: { client: 'ESTABLISHED, one socket', peer: 'ESTABLISHED, one socket' },
      help: 'Keep the connection until your program is stopped: do not close it.',
      judge(j, plan) {
        const connection = theConnection(j);
        for (const host of HOSTS) {
          j.notSent(connection, host, { has: 'R' });
          j.notSent(connection, host, { has: 'F' });
        }
        for (const host of HOSTS) {
          j.passes(endOf(j.evidence, plan, host) as Life, ['SYN_SENT', 'SYN_RCVD', 'ESTABLISHED']);
          const sockets = j.evidence.lives(host);
          j.that(sockets.length === 1, {
            host,
            action: `it is the only socket that the ${host} ever had`,
            expected: `one socket on the ${host}`,
            observed: `it had ${sockets.length}`,
            because: 'more-sockets',
          });
        }
      },
    },
  ],

  questions: [
    {
      id: 'how-many',
      ask: 'Both ends connect to each other at the same moment. How many connections come of it?',
      choices: {
        a: 'None: nobody listens, so both are refused.',
        b: 'One.',
        c: 'Two, one in each direction.',
      },
      kernel: (evidence) => {
        const made = evidence
          .lives(CLIENT)
          .filter((life) => stayIn(life, 'ESTABLISHED') !== undefined).length;
        return ['a', 'b', 'c'][made];
      },
      hints: {
        a: 'A SYN is refused where no socket fits it. Here a socket in SYN_SENT has exactly these four numbers.',
        c: 'A connection is known by its four numbers: two addresses and two ports. How many sets of four are there?',
      },
    },
    {
      id: 'after-syn',
      ask: 'A socket in SYN_SENT gets a SYN without an ACK. Into which state does it go?',
      choices: { a: 'ESTABLISHED', b: 'SYN_RCVD', c: 'CLOSED' },
      kernel: (evidence, plan) => {
        const life = endOf(evidence, plan, PEER);
        const n = life?.stays.findIndex(({ state }) => state === 'SYN_SENT') ?? -1;
        const next =
          n === -1
            ? undefined
            : (life?.stays[n + 1]?.state ?? (life?.goneMs === undefined ? undefined : 'CLOSED'));
        return next === undefined
          ? undefined
          : { ESTABLISHED: 'a', SYN_RCVD: 'b', CLOSED: 'c' }[next as string];
      },
      hints: {
        a: 'It has heard from the peer, but does it know that the peer has heard from it?',
        c: 'Look at RFC 9293, figure 5: two arrows leave SYN_SENT besides the one to CLOSED.',
      },
    },
  ],
  hints: [
    'When a SYN arrives at a socket that has itself sent one, which four numbers must agree for the two to belong together?',
    'A client that chooses no port gets any from its kernel, and the peer’s SYN then finds nobody. The port must be known in advance: bind it before you connect.',
    'connect({ host, port: Number(port), localPort: Number(localPort) })',
  ],
  wrong: [
    {
      file: 'any-port.ts',
      believes: 'the kernel finds the right port by itself',
      fails: 'both-connect',
      says: 'came from port',
    },
    {
      file: 'one-listens.ts',
      believes: 'one of two has to be the server',
      fails: 'both-connect',
      says: 'it listened instead',
    },
    {
      file: 'listen-too.ts',
      believes: 'to be reached, one has to listen as well',
      fails: 'no-server',
      says: 'listened on',
    },
    {
      file: 'to-oneself.ts',
      believes: 'the same port at both ends is all it takes',
      fails: 'both-connect',
      says: 'which is the client itself',
    },
    {
      file: 'give-up.ts',
      believes: 'a peer that does not answer at once is not there',
      fails: 'syn-sent',
      says: 'SYN_SENT on the',
    },
    {
      file: 'close-at-once.ts',
      believes: 'all is done when the connection is there',
      fails: 'one-connection',
      says: 'sent a FIN',
    },
    { file: 'exit-at-once.ts', believes: 'printing PASS is enough', fails: 'runs', says: 'exit code 0' },
  ],
};

function portOf(plan: Plan): Record<Name, number> {
  return { client: plan.clientPort, peer: plan.port };
}

function peerOf(host: Name): Name {
  return host === CLIENT ? PEER : CLIENT;
}

/** A host's socket for the connection that is wanted, by its four numbers. */
function endOf(evidence: Evidence, plan: Plan, host: Name): Life | undefined {
  const peer = peerOf(host);
  return evidence
    .lives(host)
    .find(
      ({ local, remote }) =>
        local.port === portOf(plan)[host] &&
        remote.port === portOf(plan)[peer] &&
        evidence.isAt(peer, remote.address),
    );
}

/** The client host's SYN is delivered first, so it counts as the opener. */
function theConnection(j: Judge): Connection {
  return j.connection(CLIENT, PEER, { port: portOf(j.plan).peer });
}

function instead(evidence: Evidence, plan: Plan, host: Name): string {
  const [listener] = evidence.listeners(host);
  if (listener !== undefined) return `it listened instead, on ${formatEndpoint(listener.local)}`;
  const client = evidence.lives(host).find(({ remote }) => evidence.isAt(peerOf(host), remote.address));
  if (client === undefined) return 'there was none';
  const { local, remote } = client;
  if (local.port !== portOf(plan)[host])
    return `the one to ${formatEndpoint(remote)} came from port ${local.port}`;
  return `it connected to ${formatEndpoint(remote)}`;
}
