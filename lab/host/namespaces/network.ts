import { writeFileSync } from 'node:fs';
import { closeNamespace, newNetworkNamespace } from '../../sys/namespace.ts';
import { switchOffloadOff } from '../../sys/offload.ts';
import { hardwareAddress, hostAddress, hostAddress6 } from '../addresses.ts';
import type { Network, NetworkPlan } from '../host.ts';
import { knobNamed, PINNED } from '../knobs.ts';
import { Links } from './link.ts';
import { NamespaceHost } from './namespace-host.ts';

/** The interface that joins two hosts, as each of them calls it, and its index: the first after loopback. */
const INTERFACE = 'eth0';
const INTERFACE_INDEX = 2;
const LOOPBACK_INDEX = 1;

/**
 * Hash buckets of a host's own connection table. Without this every new namespace shares the machine's table, and one
 * sock_diag dump walks all of its 262,144 buckets: 135 µs instead of 9 µs. Since Linux 6.1; older kernels just are slower.
 */
const CHILD_BUCKETS = '2048';

/** One or two hosts in fresh network namespaces, joined by a virtual link. Needs CAP_SYS_ADMIN in this user namespace. */
export function namespaceNetwork(plan: NetworkPlan): Network<NamespaceHost> {
  if (plan.hosts.length < 1 || plan.hosts.length > 2) {
    throw new RangeError(`a network has one or two hosts, not ${plan.hosts.length}`);
  }
  if (plan.hosts[0] === plan.hosts[1]) {
    throw new RangeError(`two hosts cannot both be called "${plan.hosts[0]}"`);
  }
  const knobs = Object.entries(plan.knobs ?? {}).map(([knob, value]) => [knobNamed(knob), value] as const);
  smallTablesForChildren();
  const hosts: NamespaceHost[] = [];
  try {
    for (const [n, name] of plan.hosts.entries()) {
      const address6 = plan.ipv6 === true ? hostAddress6(n + 1, plan.subnet) : undefined;
      hosts.push(new NamespaceHost(name, newNetworkNamespace(), hostAddress(n + 1, plan.subnet), address6));
    }
    if (hosts[0] !== undefined && hosts[1] !== undefined) join(hosts[0], hosts[1]);
    for (const [n, host] of hosts.entries()) {
      bringUp(host, n + 1, hosts[1 - n], plan.queuePackets);
      for (const [knob, value] of [...PINNED, ...knobs]) host.knob(knob, value);
    }
    for (const host of hosts) untilReady(host, hosts.length);
    return network(hosts);
  } catch (error) {
    for (const { namespace } of hosts) closeNamespace(namespace);
    throw error;
  }
}

function network(hosts: readonly NamespaceHost[]): Network<NamespaceHost> {
  const byName = new Map(hosts.map((host) => [host.name, host]));
  const close = async (): Promise<void> => {
    await Promise.all(hosts.map((host) => host.close()));
  };
  return {
    hosts: byName,
    host(name) {
      const host = byName.get(name);
      if (host === undefined)
        throw new Error(`no host "${name}"; the hosts are: ${[...byName.keys()].join(', ')}`);
      return host;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function smallTablesForChildren(): void {
  try {
    writeFileSync('/proc/sys/net/ipv4/tcp_child_ehash_entries', CHILD_BUCKETS);
  } catch {
    // Before Linux 6.1 there is no such knob, and nothing but speed depends on it.
  }
}

function join(first: NamespaceHost, second: NamespaceHost): void {
  first.enter(() => {
    using links = new Links();
    links.connect(
      { name: INTERFACE, hardwareAddress: hardwareAddress(1) },
      { name: INTERFACE, hardwareAddress: hardwareAddress(2) },
      second.namespace,
    );
  });
}

function bringUp(
  host: NamespaceHost,
  n: number,
  peer: NamespaceHost | undefined,
  queuePackets: number | undefined,
): void {
  host.enter(() => {
    using links = new Links();
    links.up(LOOPBACK_INDEX);
    if (peer === undefined) {
      links.address(LOOPBACK_INDEX, host.address, 32);
      if (host.address6 !== undefined) links.address(LOOPBACK_INDEX, host.address6, 128);
      return;
    }
    const peerHardware = hardwareAddress(3 - n);
    quietIpv6(host.address6 !== undefined);
    switchOffloadOff(INTERFACE);
    if (queuePackets !== undefined) links.queue(INTERFACE_INDEX, queuePackets);
    links.address(INTERFACE_INDEX, host.address, 24);
    links.upWithoutDiscovery(INTERFACE_INDEX);
    links.neighbour(INTERFACE_INDEX, peer.address, peerHardware);
    if (host.address6 === undefined || peer.address6 === undefined) return;
    links.address(INTERFACE_INDEX, host.address6, 64);
    links.neighbour(INTERFACE_INDEX, peer.address6, peerHardware);
  });
}

/** From now on no segment is lost, not even the first. */
function untilReady(host: NamespaceHost, hostCount: number): void {
  host.enter(() => {
    using links = new Links();
    if (hostCount > 1) links.untilOperating(INTERFACE_INDEX);
    if (host.address6 !== undefined) links.untilReceiving(host.address6);
  });
}

/** IPv6 is off on the link, or on without link-local addresses and router solicitations: only the lab's segments travel. */
function quietIpv6(wanted: boolean): void {
  const conf = `/proc/sys/net/ipv6/conf/${INTERFACE}`;
  if (!wanted) {
    writeFileSync(`${conf}/disable_ipv6`, '1');
    return;
  }
  writeFileSync(`${conf}/addr_gen_mode`, '1');
  writeFileSync(`${conf}/router_solicitations`, '0');
  writeFileSync(`${conf}/accept_ra`, '0');
}
