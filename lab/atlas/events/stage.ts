import type { NamespaceHost } from '../../host/namespaces/namespace-host.ts';
import { namespaceNetwork } from '../../host/namespaces/network.ts';
import { Observation, type ObservedHost } from '../../observe/observation.ts';
import type { SegmentEvent } from '../../observe/timeline.ts';
import { RawPeer } from '../../raw/peer.ts';
import type { Endpoint } from '../../tcp/address.ts';

/**
 * Beyond what every run pins: no limit on how often a connection, and the host, answers what is wrong with a segment. With the
 * kernel's own limit of one such answer in 500 ms a connection, a second one would say nothing of the rules.
 */
const EVENT_KNOBS = { tcp_invalid_ratelimit: '0', tcp_challenge_ack_limit: '2147483647' } as const;

/** Where nobody listens. */
const NOBODY = 9;
const FENCE_PORT = 9_999;
const FIRST_PORT = 10_000;

/** Two hosts: on `kernel` ordinary sockets, on `peer` whoever speaks to them by hand. */
export class EventStage implements AsyncDisposable {
  readonly observation: Observation<NamespaceHost>;
  readonly kernel: ObservedHost<NamespaceHost>;
  readonly peer: ObservedHost<NamespaceHost>;
  readonly #ipv6: boolean;
  readonly #stack: AsyncDisposableStack;
  readonly #fencePeer: RawPeer;
  #ports = FIRST_PORT;
  #fences = 0;

  private constructor(ipv6: boolean, stack: AsyncDisposableStack, observation: Observation<NamespaceHost>) {
    this.#ipv6 = ipv6;
    this.#stack = stack;
    this.observation = observation;
    this.kernel = observation.of('kernel');
    this.peer = observation.of('peer');
    this.#fencePeer = stack.use(this.rawPeer(FENCE_PORT, NOBODY));
  }

  /** @throws what making hosts in namespaces needs and this machine lacks. */
  static async set({ ipv6 = false }: { readonly ipv6?: boolean } = {}): Promise<EventStage> {
    await using stack = new AsyncDisposableStack();
    const network = stack.use(namespaceNetwork({ hosts: ['kernel', 'peer'], ipv6, knobs: EVENT_KNOBS }));
    const observation = stack.use(new Observation(network.hosts.values()));
    await observation.of('peer').gates.drop('own-rst');
    return new EventStage(ipv6, stack.move(), observation);
  }

  /** A port that no cell has had yet; it is that of both ends. */
  port(): number {
    this.#ports += 1;
    return this.#ports;
  }

  endpoint(host: 'kernel' | 'peer', port: number): Endpoint {
    const { address, address6 } = this[host].host;
    return { address: this.#ipv6 ? (address6 ?? '') : address, port };
  }

  /** Whoever speaks by hand from `port` of its host to `to` of the kernel's. */
  rawPeer(port: number, to: number): RawPeer {
    return this.peer.host.enter(() =>
      RawPeer.between(this.endpoint('peer', port), this.endpoint('kernel', to)),
    );
  }

  /**
   * Waits until the kernel has worked through whatever was sent to it before: a segment after it, for a port where nobody listens,
   * has been answered. What the kernel answers at once has then arrived, too.
   * @returns the answer. @throws WaitError.
   */
  async fence(sinceMs: number): Promise<SegmentEvent> {
    this.#fences += 1;
    await this.#fencePeer.send('.', { seq: 0, ack: this.#fences });
    return await this.peer.waits.saw(
      { flags: 'R', seq: this.#fences, source: { port: NOBODY }, destination: { port: FENCE_PORT } },
      { sinceMs },
    );
  }

  /** What the kernel's host has sent since `sinceMs` and the peer's received, oldest first; from one port, or from any. */
  heard(sinceMs: number, port?: number): readonly SegmentEvent[] {
    return this.observation.recorder.events.filter(
      (event): event is SegmentEvent =>
        event.kind === 'segment' &&
        event.to === this.peer.host.name &&
        event.atMs >= sinceMs &&
        (port ?? event.segment.source.port) === event.segment.source.port,
    );
  }

  /** Waits until so many segments of the kernel's host have arrived: on a busy machine one may overtake another. @throws WaitError. */
  async hears(count: number, sinceMs: number): Promise<void> {
    const wish = `to receive the ${count} segments that the kernel has counted`;
    await this.peer.waits.until(wish, () => this.heard(sinceMs).length >= count);
  }

  /** What the kernel has counted so far, by the names of nstat. */
  async counters(): Promise<ReadonlyMap<string, number>> {
    return await this.kernel.witness.observer.counters();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }
}
