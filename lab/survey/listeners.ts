import type { SocketRecord } from '../observe/sock-diag.ts';
import { type Endpoint, formatEndpoint } from '../tcp/address.ts';
import { halfOpenLimit, type Limits } from './limits.ts';

/** What listens on one address and port: one socket, or several with SO_REUSEPORT, whose queues are added up. */
export interface Listener {
  readonly local: Endpoint;
  /** How many sockets, and how many of them have a full accept queue. */
  readonly sockets: number;
  readonly full: number;
  /** Connections that are complete and wait for accept(2), and how many may. */
  readonly acceptQueue: number;
  readonly acceptLimit: number;
  /** Connections in SYN_RCVD, and how many may be; undefined when every SYN is answered with a cookie. */
  readonly halfOpen: number;
  readonly halfOpenLimit: number | undefined;
  readonly inodes: readonly number[];
}

/** The listeners of a table, by port. Lists what belongs to them. */
export class Listeners {
  readonly all: readonly Listener[];
  readonly #groups = new Map<string, SocketRecord[]>();
  readonly #halfOpen = new Map<string, number>();

  constructor(sockets: readonly SocketRecord[], limits: Limits) {
    for (const socket of sockets) {
      if (socket.state === 'LISTEN') push(this.#groups, keyOf(socket.local), socket);
    }
    for (const socket of sockets) {
      if (socket.state !== 'SYN_RCVD' || socket.inode !== 0) continue;
      const key = this.keyFor(socket);
      if (key !== undefined) this.#halfOpen.set(key, (this.#halfOpen.get(key) ?? 0) + 1);
    }
    this.all = [...this.#groups]
      .map(([key, group]) => listener(group, this.#halfOpen.get(key) ?? 0, limits))
      .sort((a, b) => a.local.port - b.local.port || (a.local.address < b.local.address ? -1 : 1));
  }

  /**
   * Where the listeners of a socket's port and address are, as `address port`: of that very address before those of every address.
   * A connection that an IPv6 listener has from IPv4 has IPv6 addresses, so the family tells the two apart. Undefined when nobody
   * listens there.
   */
  keyFor({ local }: SocketRecord): string | undefined {
    if (this.#groups.size === 0) return undefined;
    const every = local.address.includes(':') ? '::' : '0.0.0.0';
    return [local.address, every]
      .map((address) => keyOf({ address, port: local.port }))
      .find((key) => this.#groups.has(key));
  }

  /** The listening sockets at such a place. */
  at(key: string): readonly SocketRecord[] {
    return this.#groups.get(key) ?? [];
  }
}

/** Whether a full accept queue keeps more from entering: it holds one more than its limit. net/ipv4, sk_acceptq_is_full. */
function isFull({ receiveQueue, sendQueue }: SocketRecord): boolean {
  return receiveQueue > sendQueue;
}

function listener(group: readonly SocketRecord[], halfOpen: number, limits: Limits): Listener {
  const perSocket = group.map(({ sendQueue }) => halfOpenLimit(sendQueue, limits));
  const [first] = group as [SocketRecord];
  return {
    local: first.local,
    sockets: group.length,
    full: group.filter(isFull).length,
    acceptQueue: sum(group.map(({ receiveQueue }) => receiveQueue)),
    acceptLimit: sum(group.map(({ sendQueue }) => sendQueue)),
    halfOpen,
    halfOpenLimit: perSocket.includes(undefined) ? undefined : sum(perSocket.map((limit) => limit ?? 0)),
    inodes: group.map(({ inode }) => inode),
  };
}

/** A listener's address in words; `*` for every address, as ss has it for a socket of both families. */
export function listenerName({ local }: Listener): string {
  return formatEndpoint(local);
}

function keyOf({ address, port }: Endpoint): string {
  return `${address} ${port}`;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
