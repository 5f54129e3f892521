import { writeFileSync } from 'node:fs';
import { newNetworkNamespace } from '../../sys/namespace.ts';
import { switchOffloadOff } from '../../sys/offload.ts';
import { hardwareAddress, hostAddress, hostAddress6 } from '../addresses.ts';
import type { Network, NetworkPlan } from '../host.ts';
import { checkNames } from '../host-names.ts';
import { knobsOf } from '../plan-knobs.ts';
import { closeNested, type NestedNamespaces, nestedNamespaces } from '../sandbox/nested-namespaces.ts';
import { Links } from './link.ts';
import { NamespaceHost } from './namespace-host.ts';
import { Switch } from './switch.ts';

/** The interface that joins two hosts, as each of them calls it, and its index: the first after loopback. */
const INTERFACE = 'eth0';
const INTERFACE_INDEX = 2;
const LOOPBACK_INDEX = 1;

/**
 * Hash buckets of a host's own connection table. Without this every new namespace shares the machine's table, and one
 * sock_diag dump walks all of its 262,144 buckets: 135 µs instead of 9 µs. Since Linux 6.1; older kernels just are slower.
 */
const CHILD_BUCKETS = '2048';

/**
 * Hosts in fresh network namespaces: two are joined by a virtual link, more by a switch. Needs CAP_SYS_ADMIN in this user
 * namespace.
 * @param nested by host: where untrusted programs run; see `confinedNetwork`
 */
export function namespaceNetwork(
  plan: NetworkPlan,
  nested: NestedByHost = new Map(),
): Network<NamespaceHost> {
  checkNames(plan.hosts);
  smallTablesForChildren();
  const hosts: NamespaceHost[] = [];
  let joint: Switch | undefined;
  try {
    for (const [n, name] of plan.hosts.entries()) {
      const address6 = plan.ipv6 === true ? hostAddress6(n + 1, plan.subnet) : undefined;
      hosts.push(makeHost(name, hostAddress(n + 1, plan.subnet), address6, plan, nested));
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
    for (const host of hosts) if (!nested.has(host.name)) host.letGo();
    throw error;
  }
}

type NestedByHost = ReadonlyMap<string, NestedNamespaces>;

/** The same with the namespaces that a plan's untrusted programs need, which take a moment to make. @throws SandboxError */
export async function confinedNetwork(plan: NetworkPlan): Promise<Network<NamespaceHost>> {
  const names = plan.hosts.filter((name) => plan.confinement?.hosts.includes(name) === true);
  const made = await Promise.allSettled(names.map(nestedNamespaces));
  const nested = new Map<string, NestedNamespaces>();
  for (const [n, each] of made.entries())
    if (each.status === 'fulfilled') nested.set(names[n] as string, each.value);
  try {
    const failed = made.find((each) => each.status === 'rejected');
    if (failed !== undefined) throw failed.reason as Error;
    return namespaceNetwork(plan, nested);
  } catch (error) {
    for (const each of nested.values()) closeNested(each);
    throw error;
  }
}

/** A host on which untrusted programs may run belongs to a user namespace below this one: what they may do, they may do there. */
function makeHost(
  name: string,
  address: string,
  address6: string | undefined,
  { confinement }: NetworkPlan,
  nested: NestedByHost,
): NamespaceHost {
  const own = nested.get(name);
  // Never run bare what was meant to be confined.
  if (own === undefined && confinement?.hosts.includes(name) === true)
    throw new RangeError(`untrusted programs on ${name} need the namespaces that confinedNetwork makes`);
  if (confinement === undefined || own === undefined)
    return new NamespaceHost(name, newNetworkNamespace(), address, address6);
  if (!('sandbox' in confinement))
    throw new RangeError('on hosts that are namespaces a sandbox confines programs');
  const { sandbox, wallMs = sandbox.confinement.limits.wallMs } = confinement;
  const cage = { sandbox, wallMs, userNamespace: own.user };
  return new NamespaceHost(name, own.network, address, address6, cage);
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
