import { writeFileSync } from 'node:fs';
import { closeNamespace, newNetworkNamespace } from '../../sys/namespace.ts';
import { switchOffloadOff } from '../../sys/offload.ts';
import { hardwareAddress, hostAddress, hostAddress6 } from '../addresses.ts';
import type { Network, NetworkPlan } from '../host.ts';
import { knobsOf } from '../plan-knobs.ts';
import { Links } from './link.ts';
import { NamespaceHost } from './namespace-host.ts';
import { Switch } from './switch.ts';

/** The interface that joins two hosts, as each of them calls it, and its index: the first after loopback. */
const INTERFACE = 'eth0';
const INTERFACE_INDEX = 2;
const LOOPBACK_INDEX = 1;
const MOST_HOSTS = 8;

/**
 * Hash buckets of a host's own connection table. Without this every new namespace shares the machine's table, and one
 * sock_diag dump walks all of its 262,144 buckets: 135 µs instead of 9 µs. Since Linux 6.1; older kernels just are slower.
 */
const CHILD_BUCKETS = '2048';

/**
 * Hosts in fresh network namespaces: two are joined by a virtual link, more by a switch. Needs CAP_SYS_ADMIN in this user
 * namespace.
 */
export function namespaceNetwork(plan: NetworkPlan): Network<NamespaceHost> {
  checkNames(plan.hosts);
  smallTablesForChildren();
  const hosts: NamespaceHost[] = [];
  let joint: Switch | undefined;
  try {
    for (const [n, name] of plan.hosts.entries()) {
      const address6 = plan.ipv6 === true ? hostAddress6(n + 1, plan.subnet) : undefined;
      hosts.push(new NamespaceHost(name, newNetworkNamespace(), hostAddress(n + 1, plan.subnet), address6));
    }
    joint = join(hosts);
    for (const [n, host] of hosts.entries()) {
      bringUp(host, n + 1, hosts, plan.queuePackets);
      for (const [knob, value] of knobsOf(plan, host.name)) host.setKnob(knob, value);
    }
    for (const host of hosts) untilReady(host, hosts.length);
    joint?.untilReady();
    return network(hosts, joint);
  } catch (error) {
    joint?.close();
    for (const { namespace } of hosts) closeNamespace(namespace);
    throw error;
  }
}

function checkNames(names: readonly string[]): void {
  if (names.length < 1 || names.length > MOST_HOSTS)
    throw new RangeError(`a network has one to ${MOST_HOSTS} hosts, not ${names.length}`);
  const twice = names.find((name, n) => names.indexOf(name) !== n);
  if (twice !== undefined) throw new RangeError(`two hosts cannot both be called "${twice}"`);
}

function network(hosts: readonly NamespaceHost[], joint: Switch | undefined): Network<NamespaceHost> {
  const byName = new Map(hosts.map((host) => [host.name, host]));
  let closed: Promise<void> | undefined;
  const end = async (): Promise<void> => {
    await Promise.all(hosts.map((host) => host.close()));
    joint?.close();
  };
  const close = (): Promise<void> => {
    closed ??= end();
    return closed;
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

/** @returns the switch between three hosts or more; two have a link of their own, and one alone needs none. */
function join(hosts: readonly NamespaceHost[]): Switch | undefined {
  const plugs = hosts.map(({ namespace }, n) => ({
    name: INTERFACE,
    namespace,
    hardwareAddress: hardwareAddress(n + 1),
  }));
  if (plugs.length > 2) return new Switch(plugs);
  const [first, second] = plugs;
  if (first === undefined || second === undefined) return undefined;
  hosts[0]?.enter(() => {
    using links = new Links();
    links.connect(first, second, second.namespace);
  });
  return undefined;
}

function bringUp(
  host: NamespaceHost,
  n: number,
  hosts: readonly NamespaceHost[],
  queuePackets: number | undefined,
): void {
  host.enter(() => {
    using links = new Links();
    links.up(LOOPBACK_INDEX);
    if (hosts.length === 1) {
      links.address(LOOPBACK_INDEX, host.address, 32);
      if (host.address6 !== undefined) links.address(LOOPBACK_INDEX, host.address6, 128);
      return;
    }
    quietIpv6(host.address6 !== undefined);
    switchOffloadOff(INTERFACE);
    if (queuePackets !== undefined) links.queue(INTERFACE_INDEX, queuePackets);
    links.address(INTERFACE_INDEX, host.address, 24);
    links.upWithoutDiscovery(INTERFACE_INDEX);
    if (host.address6 !== undefined) links.address(INTERFACE_INDEX, host.address6, 64);
    for (const [at, peer] of hosts.entries()) {
      if (at + 1 === n) continue;
      links.neighbour(INTERFACE_INDEX, peer.address, hardwareAddress(at + 1));
      if (peer.address6 !== undefined)
        links.neighbour(INTERFACE_INDEX, peer.address6, hardwareAddress(at + 1));
    }
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
