import type { Segment } from './segment.ts';

export { decodePacket, decodeSegment } from './decode.ts';
export { encodePacket, encodeSegment, type IpFields } from './encode.ts';
export { PacketError } from './packet-error.ts';

/** An IP packet that carries a TCP segment. */
export interface Packet {
  readonly version: 4 | 6;
  /** Time to Live, or Hop Limit. */
  readonly ttl: number;
  /** IPv4 Identification; 0 for IPv6, which has none. */
  readonly id: number;
  /** Type of Service, or Traffic Class: DSCP and ECN. */
  readonly tos: number;
  readonly segment: Segment;
  /** The IPv4 header checksum; true for IPv6, which has none. */
  readonly ipChecksumOk: boolean;
  /**
   * False also when `truncated`, as it cannot be computed then. Also false for a good packet seen on its way
   * out of a host, before the interface has filled the checksum in (checksum offload).
   */
  readonly tcpChecksumOk: boolean;
  /** The bytes end before the packet does, so the payload is only its beginning. */
  readonly truncated: boolean;
}
