import type { Network, NetworkPlan, WatchableHost } from './host.ts';

/** Where hosts can be made: network namespaces of this machine, or containers of a Docker engine. */
export const BACKENDS = ['namespaces', 'docker'] as const;

export type Backend = (typeof BACKENDS)[number];

/** Makes a network of fresh hosts. What one backend needs is not loaded for the other. @throws what its backend says is missing. */
export async function makeNetwork(backend: Backend, plan: NetworkPlan): Promise<Network<WatchableHost>> {
  if (backend === 'docker') return await (await import('./docker/network.ts')).dockerNetwork(plan);
  return await (await import('./namespaces/network.ts')).confinedNetwork(plan);
}
