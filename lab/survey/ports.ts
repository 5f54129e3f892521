import type { SocketRecord } from '../observe/sock-diag.ts';
import { formatEndpoint, unmapped } from '../tcp/address.ts';
import type { Limits } from './limits.ts';
import type { Listeners } from './listeners.ts';

/** The ports that connections from one address to one destination use up: each needs a local port of its own. */
export interface PortUse {
  readonly from: string;
  /** Address and port. */
  readonly to: string;
  readonly used: number;
  readonly timeWait: number;
  /** How many ports there are for them. */
  readonly available: number;
  readonly isLoopback: boolean;
}

/** By destination: what is used of the ports that connect(2) chooses from. ip_local_port_range, ip_local_reserved_ports. */
export function portUse(
  sockets: readonly SocketRecord[],
  listeners: Listeners,
  { ports: [first, last], reservedPorts }: Limits,
): readonly PortUse[] {
  const byPair = new Map<string, SocketRecord[]>();
  for (const socket of sockets) {
    const { local, remote } = socket;
    if (remote.port === 0 || local.port < first || local.port > last) continue;
    if (listeners.keyFor(socket) !== undefined) continue;
    const key = `${local.address} ${remote.address} ${remote.port}`;
    const list = byPair.get(key);
    if (list === undefined) byPair.set(key, [socket]);
    else list.push(socket);
  }
  const available = last - first + 1 - reservedPorts;
  return [...byPair.values()].map((list) => {
    const [{ local, remote }] = list as [SocketRecord];
    const from = unmapped(local.address);
    return {
      from,
      to: formatEndpoint({ address: unmapped(remote.address), port: remote.port }),
      used: new Set(list.map((socket) => socket.local.port)).size,
      timeWait: list.filter(({ state }) => state === 'TIME_WAIT').length,
      available,
      isLoopback: from.startsWith('127.') || from === '::1',
    };
  });
}
