import { ACK, FIN, RST, SYN } from '../../tcp/flags.ts';
import type { Segment } from '../../tcp/segment.ts';
import { EndpointNames } from '../endpoint-name.ts';
import { ForkedMap } from '../forked-map.ts';
import { type Flow, type Marks, mark, newFlow, type Sent } from './flow.ts';

/** What `tcp.completeness` is made of: a bit for each kind of segment that was captured. Wireshark User's Guide, section 7.5. */
export const COMPLETENESS = { SYN: 1, 'SYN-ACK': 2, ACK: 4, data: 8, FIN: 16, RST: 32 } as const;

/** How soon behind a higher one a segment is out of order, when the time of the handshake is not known. */
const REORDER_NS = 3e6;

/** Segments between two endpoints, from one SYN to the next. */
export interface Conversation {
  readonly flows: readonly [Flow, Flow];
  /** The sum of what is in COMPLETENESS. */
  completeness: number;
  /** What the first segment would add: tshark takes notice of it only when it reads the capture a second time. */
  late: number;
  /** When the latest SYN came. */
  synNs: number | undefined;
  /** From that SYN to the first ACK after it. */
  handshakeNs: number | undefined;
}

/** Sorts segments into conversations as tshark does, and marks them. Give it segments in the order of the capture. */
export class Conversations {
  /** By the two endpoints: the latest conversation between them. */
  readonly #latest: ForkedMap<Conversation>;
  readonly #names: EndpointNames;

  constructor(names = new EndpointNames(), latest = new ForkedMap(copyOf)) {
    this.#names = names;
    this.#latest = latest;
  }

  /** The same, to go on from here another way. */
  copy(): Conversations {
    return new Conversations(this.#names, this.#latest.copy());
  }

  /** Finds the conversation of a segment, or begins one, and marks the segment. */
  next(segment: Segment, sent: Sent): { readonly conversation: Conversation; readonly marks: Marks } {
    const ends = [this.#names.of(segment.source), this.#names.of(segment.destination)] as const;
    const forward = ends[0] >= ends[1] ? 0 : 1;
    const key = forward === 0 ? `${ends[1]} ${ends[0]}` : `${ends[0]} ${ends[1]}`;
    const known = this.#latest.own(key);
    const conversation = known === undefined || isNewOpening(sent, known.flows[forward]) ? begin() : known;
    if (conversation !== known) this.#latest.set(key, conversation);
    const [forth, back] = [conversation.flows[forward], conversation.flows[1 - forward] as Flow];
    const kind = sent.flags & (SYN | ACK);
    // The SYN of before: an RST in between may have taken its sequence number from an ACK.
    if (kind === SYN && forth.base === sent.seq) forth.next = forth.unbroken;
    if (kind === (SYN | ACK) && forth.base !== undefined) forth.base = sent.seq;
    const reorderNs = conversation.handshakeNs || REORDER_NS;
    const marks = mark(sent, forth, back, reorderNs);
    noteCompleteness(conversation, sent, known === undefined, known !== conversation);
    noteHandshake(conversation, sent);
    return { conversation, marks };
  }
}

function copyOf({ flows, ...conversation }: Conversation): Conversation {
  return { ...conversation, flows: [{ ...flows[0] }, { ...flows[1] }] };
}

function begin(): Conversation {
  const flows = [newFlow(), newFlow()] as const;
  return { flows, completeness: 0, late: 0, synNs: undefined, handshakeNs: undefined };
}

/** A SYN with another sequence number than the one before it, or than the first segment seen, begins a conversation. */
function isNewOpening({ flags, seq }: Sent, forth: Flow): boolean {
  return (flags & (SYN | ACK)) === SYN && forth.base !== undefined && forth.base !== seq;
}

function noteCompleteness(conversation: Conversation, sent: Sent, isFirst: boolean, isNew: boolean): void {
  const { SYN: syn, data } = COMPLETENESS;
  const isSyn = (sent.flags & (SYN | ACK)) === SYN;
  if (isNew && isSyn) conversation.completeness |= syn | (isFirst && sent.bytes > 0 ? data : 0);
  else if (isNew) conversation.late = added(sent);
  else conversation.completeness |= added(sent);
}

/** What a segment adds that does not begin a conversation. An RST with ACK counts as ACK, too. */
function added({ flags, bytes }: Sent): number {
  const kind = flags & (SYN | ACK);
  return (
    (kind === (SYN | ACK) ? COMPLETENESS['SYN-ACK'] : 0) |
    (kind === ACK ? (bytes > 0 ? COMPLETENESS.data : COMPLETENESS.ACK) : 0) |
    ((flags & (FIN | ACK)) === (FIN | ACK) ? COMPLETENESS.FIN : 0) |
    (flags & RST ? COMPLETENESS.RST : 0)
  );
}

function noteHandshake(conversation: Conversation, { flags, atNs }: Sent): void {
  const kind = flags & (SYN | ACK);
  if (kind === SYN) conversation.synNs = atNs;
  const { synNs, handshakeNs } = conversation;
  if (kind === ACK && synNs !== undefined && !handshakeNs) conversation.handshakeNs = atNs - synNs;
}
