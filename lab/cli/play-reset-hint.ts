import type { NamespaceHost } from '../host/namespaces/namespace-host.ts';
import type { ObservedHost } from '../observe/observation.ts';
import { hasRawTcpSocket } from '../observe/raw-sockets.ts';
import type { SegmentEvent, TimelineEvent } from '../observe/timeline.ts';
import { sameEndpoint } from '../tcp/address.ts';
import { ACK, RST, SYN } from '../tcp/flags.ts';
import type { GateRequest, PlayHost } from './play-options.ts';

/**
 * Notices when a host's own kernel kills a handshake that a raw program makes by hand: a RST from a host with a raw TCP
 * socket, in answer to a SYN-ACK or SYN. The kernel knows nothing of the program's connection.
 */
export class ResetHint {
  readonly #unguarded: readonly PlayHost[];
  readonly #place: (host: PlayHost) => ObservedHost<NamespaceHost>;
  readonly #found = new Set<PlayHost>();
  readonly #raw = new Set<PlayHost>();
  #before: SegmentEvent[] = [];

  constructor(gates: readonly GateRequest[], place: (host: PlayHost) => ObservedHost<NamespaceHost>) {
    const guarded = gates.filter(({ gate }) => gate === 'own-rst').map(({ host }) => host);
    this.#unguarded = (['client', 'server'] as const).filter((host) => !guarded.includes(host));
    this.#place = place;
  }

  /** To be told of every event when it is reported. */
  see(event: TimelineEvent): void {
    if (event.kind !== 'segment' || !(event.segment.flags & (SYN | RST))) return;
    for (const host of this.#unguarded) {
      if (!this.#raw.has(host) && hasRawTcpSocket(this.#place(host).host)) this.#raw.add(host);
      if (event.from === host && this.#raw.has(host) && this.#answersHandshake(event)) this.#found.add(host);
    }
    this.#before = [...this.#before.slice(-50), event];
  }

  get sentences(): string[] {
    return [...this.#found].map(
      (host) =>
        `the ${host}'s own kernel answered with RST, as it knows nothing of a connection made by hand; ` +
        `add --gate ${host}:own-rst`,
    );
  }

  #answersHandshake({ segment }: SegmentEvent): boolean {
    if (!(segment.flags & RST)) return false;
    return this.#before.some(
      ({ segment: opening }) =>
        (opening.flags & SYN) !== 0 &&
        sameEndpoint(opening.source, segment.destination) &&
        sameEndpoint(opening.destination, segment.source) &&
        (opening.flags & ACK ? segment.seq === opening.ack : segment.ack === (opening.seq + 1) >>> 0),
    );
  }
}
