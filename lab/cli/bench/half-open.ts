import { referenceProgram } from '../../exercise/programs.ts';
import type { NamespaceHost } from '../../host/namespaces/namespace-host.ts';
import { namespaceNetwork } from '../../host/namespaces/network.ts';
import { SockDiag } from '../../observe/sock-diag.ts';
import { Tap } from '../../observe/tap.ts';
import { KernelSocket } from '../../sys/socket.ts';
import { ACK, SYN } from '../../tcp/flags.ts';
import { closeGate } from './close-gate.ts';
import { atLeast, type Benchmark } from './measure.ts';
import { until } from './until.ts';

const PORT = 8_080;
const COUNT = 10_000;
const HOLD_MS = 10_000;

/**
 * 10,000 connections held in SYN_RCVD for ten seconds, and how fast their SYNs arrived, beside the same number of SYNs
 * of `hping3 --flood`. Both rates are taken from the kernel's arrival times of the first and the last SYN.
 */
export async function benchHalfOpen(): Promise<Benchmark> {
  const held = await holdHalfOpen();
  const rival = await hpingRate();
  const ratio = rival === undefined ? undefined : held.perSecond / rival;
  return {
    name: 'half-open',
    what: `${COUNT} connections held in SYN_RCVD for ${HOLD_MS / 1000} s`,
    figures: [
      atLeast('fewest in SYN_RCVD at any look', held.fewest, 'connections', COUNT),
      { name: 'looks', value: held.looks, unit: '' },
      { name: 'SYNs a second', value: held.perSecond, unit: '/s' },
      ...(rival === undefined ? [] : [{ name: 'SYNs a second, hping3 --flood', value: rival, unit: '/s' }]),
      ...(ratio === undefined ? [] : [atLeast('ratio to hping3', ratio, '', 1)]),
    ],
    notes: rival === undefined ? ['hping3 is not installed: no comparison'] : [],
  };
}

interface Held {
  readonly fewest: number;
  readonly looks: number;
  readonly perSecond: number;
}

async function holdHalfOpen(): Promise<Held> {
  await using network = floodNetwork();
  const { client, server, listener } = await prepare(network);
  using _ = listener;
  using tap = new Tap(server);
  const arrivals = new Arrivals();
  const program = await client.run(referenceProgram('clients/half-open.ts'), [
    server.address,
    String(PORT),
    String(COUNT),
  ]);
  await until(() => {
    arrivals.take(tap);
    return arrivals.count >= COUNT || (program.exit !== undefined && program.exit.code !== 0);
  }, 10_000);
  if (arrivals.count < COUNT) throw new Error(`only ${arrivals.count} SYNs arrived: ${program.stderr}`);
  using diag = server.enter(() => new SockDiag());
  let fewest = COUNT;
  let looks = 0;
  const endMs = performance.now() + HOLD_MS;
  await until(() => {
    fewest = Math.min(fewest, diag.dump().filter(({ state }) => state === 'SYN_RCVD').length);
    looks += 1;
    tap.drain(() => {});
    return performance.now() >= endMs;
  }, HOLD_MS + 5_000);
  return { fewest, looks, perSecond: arrivals.perSecond };
}

async function hpingRate(): Promise<number | undefined> {
  await using network = floodNetwork();
  const { client, server, listener } = await prepare(network);
  using _ = listener;
  using tap = new Tap(server);
  const arrivals = new Arrivals();
  const flood = client
    .exec('timeout', [
      '2',
      'hping3',
      '-q',
      '-n',
      '--flood',
      '-S',
      '-c',
      String(COUNT),
      '-p',
      String(PORT),
      server.address,
    ])
    .catch(() => undefined);
  let ended = false;
  void flood.then(() => {
    ended = true;
  });
  await until(() => {
    arrivals.take(tap);
    return arrivals.count >= COUNT || ended;
  }, 5_000);
  await client.exec('pkill', ['hping3']).catch(() => undefined);
  const result = await flood;
  if (result === undefined || /No such file|not found|failed to run/.test(result.stderr)) return undefined;
  return arrivals.perSecond;
}

function floodNetwork(): ReturnType<typeof namespaceNetwork> {
  return namespaceNetwork({
    hosts: ['client', 'server'],
    queuePackets: 2 * COUNT,
    knobs: { somaxconn: String(2 * COUNT), tcp_max_syn_backlog: String(2 * COUNT), tcp_syncookies: '0' },
  });
}

async function prepare(network: ReturnType<typeof namespaceNetwork>): Promise<{
  client: NamespaceHost;
  server: NamespaceHost;
  listener: KernelSocket;
}> {
  const client = network.host('client');
  const server = network.host('server');
  await closeGate(client, 'own-rst');
  const listener = server.enter(() =>
    KernelSocket.listening({ address: server.address, port: PORT }, { backlog: 2 * COUNT }),
  );
  return { client, server, listener };
}

/** When the first and the last of the counted SYNs arrived. */
class Arrivals {
  count = 0;
  #first = 0n;
  #last = 0n;

  take(tap: Tap): void {
    tap.drain(({ segment, atNs }) => {
      if ((segment.flags & (SYN | ACK)) !== SYN || this.count >= COUNT) return;
      if (this.count === 0) this.#first = atNs;
      this.#last = atNs;
      this.count += 1;
    });
  }

  get perSecond(): number {
    return (this.count - 1) / (Number(this.#last - this.#first) / 1e9);
  }
}
