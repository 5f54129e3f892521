import type { Observer } from '../../observe/observer.ts';
import type { TimelineEvent } from '../../observe/timeline.ts';
import { formatEndpoint } from '../../tcp/address.ts';
import { ACK, RST, SYN } from '../../tcp/flags.ts';
import type { Segment } from '../../tcp/segment.ts';
import { seqAdd } from '../../tcp/sequence.ts';

/**
 * Notices when a host's own kernel kills a handshake that a raw program makes by hand: a RST from a host with a raw TCP
 * socket, in answer to a SYN or SYN-ACK. The kernel knows nothing of the program's connection.
 */
export class ResetHint {
  readonly #observers: ReadonlyMap<string, Observer>;
  readonly #raw = new Set<string>();

  /** @param observers by their host's name, of the hosts whose own RSTs no gate drops. */
  constructor(observers: ReadonlyMap<string, Observer>) {
    this.#observers = observers;
  }

  /** To be told of every event when it is reported: whether a raw socket is open can only be seen then. */
  see(event: TimelineEvent): void {
    if (event.kind !== 'segment' || !(event.segment.flags & (SYN | RST))) return;
    const { from } = event;
    if (this.#raw.has(from)) return;
    // An observer that cannot answer any more has nothing to say on a hint.
    this.#observers
      .get(from)
      ?.hasRawTcpSocket()
      .then(
        (open) => {
          if (open) this.#raw.add(from);
        },
        () => {},
      );
  }

  /** What to try, a sentence for each host. @param events in the order of time. */
  sentences(events: readonly TimelineEvent[]): string[] {
    const openings = new Map<string, Segment>();
    const hosts = new Set<string>();
    for (const event of events) {
      if (event.kind !== 'segment') continue;
      const { segment, from } = event;
      const { source, destination } = segment;
      if (segment.flags & SYN) openings.set(way(source, destination), segment);
      const opening = openings.get(way(destination, source));
      if (opening !== undefined && this.#raw.has(from) && resets(segment, opening)) hosts.add(from);
    }
    return [...hosts].map(
      (host) =>
        `the ${host}'s own kernel answered with RST, as it knows nothing of a connection made by hand; ` +
        `add --gate ${host}:own-rst`,
    );
  }
}

/** RFC 9293 section 3.5.2: the reset for a segment that belongs to no connection takes its number from it. */
function resets(segment: Segment, opening: Segment): boolean {
  if (!(segment.flags & RST)) return false;
  return opening.flags & ACK ? segment.seq === opening.ack : segment.ack === seqAdd(opening.seq, 1);
}

function way(from: Segment['source'], to: Segment['source']): string {
  return `${formatEndpoint(from)} ${formatEndpoint(to)}`;
}
