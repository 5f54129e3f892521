import type Docker from 'dockerode';
import { hostAddress, hostAddress6 } from '../addresses.ts';
import type { NetworkPlan } from '../host.ts';
import { EngineError, engineSays } from './engine-error.ts';
import type { Labels } from './labels.ts';

const SUBNETS = 256;
/** The engine's own address on a network, out of the hosts' way. */
const GATEWAY = 254;

/**
 * Makes an internal network on the plan's subnet, or, as an engine has each address only once, on the next one of the lab's that no
 * other network has.
 * @throws EngineError when all of them are taken.
 */
export async function freeNetwork(
  docker: Docker,
  { subnet = 0, ipv6 = false }: NetworkPlan,
  name: string,
  labels: Labels,
): Promise<{ network: Docker.Network; subnet: number }> {
  for (let n = 0; n < SUBNETS; n++) {
    const tried = (subnet + n) % SUBNETS;
    try {
      const network = await docker.createNetwork({
        Name: name,
        CheckDuplicate: true,
        Driver: 'bridge',
        Internal: true,
        // Or the machine's own services could be reached there from every host.
        Options: { 'com.docker.network.bridge.inhibit_ipv4': 'true' },
        Labels: { ...labels },
        EnableIPv6: ipv6,
        IPAM: { Driver: 'default', Config: [range(4, tried), ...(ipv6 ? [range(6, tried)] : [])] },
      });
      return { network, subnet: tried };
    } catch (error) {
      if (!/overlap|conflicts with network/i.test(engineSays(error))) throw error;
    }
  }
  throw new EngineError(
    "all of 198.18.0.0/16, the lab's addresses, is taken by other networks of this Docker engine. See which: docker network ls",
  );
}

function range(family: 4 | 6, subnet: number): { Subnet: string; Gateway: string } {
  const address = family === 4 ? hostAddress : hostAddress6;
  const first = address(1, subnet);
  const Subnet = family === 4 ? first.replace(/\.1$/, '.0/24') : first.replace(/::1$/, '::/64');
  return { Subnet, Gateway: address(GATEWAY, subnet) };
}
