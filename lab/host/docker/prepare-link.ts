import { readFileSync } from 'node:fs';
import { switchOffloadOff } from '../../sys/offload.ts';
import { Links } from '../namespaces/link.ts';

const INTERFACE = 'eth0';

/**
 * Has the link of a container carry what is sent as it is sent, and nothing else: no offload, so that segments and checksums are
 * real, and the other hosts' hardware addresses known for good, so that nobody ever asks for them, nor for anybody else's: the
 * machine that the engine runs on has an address on the link, too, and all its services behind it. Needs CAP_NET_ADMIN.
 * @param queuePackets how many packets wait on their way out; null for none
 */
export function prepareLink(
  neighbours: readonly { readonly address: string; readonly hardware: readonly number[] }[],
  queuePackets: number | null,
): void {
  switchOffloadOff(INTERFACE);
  const index = Number(readFileSync(`/sys/class/net/${INTERFACE}/ifindex`, 'utf8'));
  using links = new Links();
  // Before the neighbours: it makes the kernel forget those it knows.
  links.upWithoutDiscovery(index);
  links.dropDefaultRoutes();
  if (queuePackets !== null) links.queue(index, queuePackets);
  for (const { address, hardware } of neighbours) links.neighbour(index, address, Uint8Array.from(hardware));
}
