import { type Endpoint, sameAddress } from './address.ts';
import { ACK } from './flags.ts';
import { requiredFlags } from './required-flags.ts';
import type { Segment } from './segment.ts';

export { describePattern } from './describe-pattern.ts';

/** What a segment must be like. Every field that is given must hold; an empty pattern fits every segment. */
export interface SegmentPattern {
  /**
   * Exactly these flags in tcpdump's notation: `S.` is SYN and ACK and no other. A `?` behind a letter lets
   * that flag be set or clear: `P?.` fits an ACK with or without PSH.
   */
  readonly flags?: string;
  /** Flags that must be set, whatever the others are. */
  readonly has?: string;
  /** Flags that must be clear. */
  readonly not?: string;
  readonly source?: Partial<Endpoint>;
  readonly destination?: Partial<Endpoint>;
  readonly seq?: number;
  readonly ack?: number;
  /** `some`: at least one byte of payload. */
  readonly payload?: 'some' | 'none';
}

/**
 * Whether a segment fits a pattern. `ack` fits only a segment whose ACK flag is set, since its number means
 * nothing otherwise. Addresses compare as in `sameAddress`.
 * @throws RangeError when the pattern's flags cannot be read, AddressError when an address cannot
 */
export function matchesSegment(pattern: SegmentPattern, segment: Segment): boolean {
  const { set, clear } = requiredFlags(pattern);
  return (
    (segment.flags & set) === set &&
    (segment.flags & clear) === 0 &&
    matchesEndpoint(pattern.source, segment.source) &&
    matchesEndpoint(pattern.destination, segment.destination) &&
    (pattern.seq ?? segment.seq) === segment.seq &&
    (pattern.ack === undefined || (pattern.ack === segment.ack && (segment.flags & ACK) !== 0)) &&
    (pattern.payload === undefined || (pattern.payload === 'some') === segment.payload.length > 0)
  );
}

function matchesEndpoint(wanted: Partial<Endpoint> = {}, actual: Endpoint): boolean {
  return (
    (wanted.port ?? actual.port) === actual.port &&
    sameAddress(wanted.address ?? actual.address, actual.address)
  );
}
