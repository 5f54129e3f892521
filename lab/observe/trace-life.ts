import type { Endpoint } from '../tcp/address.ts';
import type { State } from '../tcp/states.ts';
import type { Hit } from './trace-hit.ts';

/** What one socket structure did for one socket, as far as it was traced. */
export class Life<Owned> {
  /** Whose it is, once that is known. */
  owner: Owned | undefined;
  /** Hits that are not anybody's yet. */
  hits: Hit[] = [];
  readonly #states = new Set<State>();
  #last: State | undefined;
  #local: Endpoint | undefined;
  #remote: Endpoint | undefined;

  /** Its addresses and ports, as `keyOf` writes them; the local end left out while its port is not chosen yet. */
  get key(): string | undefined {
    return this.#remote === undefined ? undefined : keyOf(this.#local, this.#remote);
  }

  /** Whether it was ever in a state. */
  was(state: State): boolean {
    return this.#states.has(state);
  }

  /**
   * Whether a hit of the same structure must be of another socket. `tcp_destroy_sock` says so, but a hit may be missing: then a
   * new beginning tells, or another port.
   */
  isOver(hit: Hit): boolean {
    const { what, local, remote } = hit;
    if (this.#local !== undefined && local.port !== 0) {
      if (keyOf(local, remote) !== keyOf(this.#local, this.#remote ?? remote)) return true;
    }
    if (what.tracepoint !== 'inet_sock_set_state' || this.#last === undefined) return false;
    if (what.from === 'CLOSED') return this.#last !== 'CLOSED' || what.to !== 'CLOSED';
    return this.#last === 'CLOSED' || (what.from === 'LISTEN' && what.to === 'SYN_RCVD');
  }

  /** Takes note of a hit. A socket that is being closed may lose its port: the last one stays. */
  add({ what, local, remote }: Hit): void {
    if (local.port !== 0) this.#local = local;
    if (local.port !== 0 || this.#remote === undefined) this.#remote = remote;
    if (what.tracepoint !== 'inet_sock_set_state') return;
    this.#last = what.to;
    this.#states.add(what.to);
  }
}

/** Both ends in one text. Without a port of its own, a socket is known by its remote end. */
export function keyOf(local: Endpoint | undefined, remote: Endpoint): string {
  const from = local === undefined ? '' : `${local.address} ${local.port}`;
  return `${from} ${remote.address} ${remote.port}`;
}
