import { parseAddress } from './address.ts';
import { checksum } from './checksum.ts';
import { encodeOptions } from './options.ts';
import { PacketError } from './packet-error.ts';
import { pseudoHeaderSum, TCP } from './pseudo-header.ts';
import type { Segment } from './segment.ts';

/** What the IP header says besides the addresses. */
export interface IpFields {
  /** Time to Live or Hop Limit, 8 bits; 64 when left out. */
  readonly ttl?: number;
  /** IPv4 Identification, 16 bits; 0 when left out, which RFC 6864 allows with Don't Fragment. */
  readonly id?: number;
  /** Type of Service or Traffic Class, 8 bits; 0 when left out. */
  readonly tos?: number;
  /** IPv4 Don't Fragment; true when left out, as Linux does for TCP. */
  readonly dontFragment?: boolean;
  /** IPv6 Flow Label, 20 bits; 0 when left out. */
  readonly flowLabel?: number;
}

const MAX_PACKET = 65_535;

/**
 * A whole packet with correct checksums: IPv4 (RFC 791 section 3.1) or IPv6 (RFC 8200 section 3), by the
 * family of the segment's addresses. Fields the family does not have are ignored.
 * @throws PacketError `bad-field`, `bad-option`, `too-long` or `mixed-families`
 * @throws AddressError when an endpoint's address is none
 */
export function encodePacket(segment: Segment, ip: IpFields = {}): Uint8Array {
  const body = encodeSegment(segment);
  const source = parseAddress(segment.source.address);
  const destination = parseAddress(segment.destination.address);
  const header = source.length === 4 ? headerV4(ip, body.length) : headerV6(ip, body.length);
  header.set(source, header.length - 2 * source.length);
  header.set(destination, header.length - source.length);
  if (source.length === 4) new DataView(header.buffer).setUint16(10, checksum(header));
  const packet = new Uint8Array(header.length + body.length);
  packet.set(header);
  packet.set(body, header.length);
  return packet;
}

/**
 * The TCP header, options and payload (RFC 9293 section 3.1), with the checksum over the pseudo header of the
 * segment's addresses. The reserved bits are 0.
 * @throws PacketError `bad-field`, `bad-option`, `too-long` or `mixed-families`
 * @throws AddressError when an endpoint's address is none
 */
export function encodeSegment(segment: Segment): Uint8Array {
  const source = parseAddress(segment.source.address);
  const destination = parseAddress(segment.destination.address);
  if (source.length !== destination.length) {
    const pair = `${segment.source.address} to ${segment.destination.address}`;
    throw new PacketError('mixed-families', `No packet goes from ${pair}; use two addresses of one family.`);
  }
  const options = encodeOptions(segment.options);
  const headerLength = 20 + options.length;
  const bytes = new Uint8Array(headerLength + segment.payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, field('source port', segment.source.port, 16));
  view.setUint16(2, field('destination port', segment.destination.port, 16));
  view.setUint32(4, field('seq', segment.seq, 32));
  view.setUint32(8, field('ack', segment.ack, 32));
  view.setUint8(12, (headerLength / 4) << 4);
  view.setUint8(13, field('flags', segment.flags, 8));
  view.setUint16(14, field('window', segment.window, 16));
  view.setUint16(18, field('urgent', segment.urgent, 16));
  bytes.set(options, 20);
  bytes.set(segment.payload, headerLength);
  view.setUint16(16, checksum(bytes, pseudoHeaderSum(source, destination, bytes.length)));
  return bytes;
}

function headerV4(ip: IpFields, bodyLength: number): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(20);
  const view = new DataView(header.buffer);
  view.setUint8(0, 0x45);
  view.setUint8(1, field('tos', ip.tos ?? 0, 8));
  view.setUint16(2, packetLength(20 + bodyLength));
  view.setUint16(4, field('id', ip.id ?? 0, 16));
  view.setUint16(6, (ip.dontFragment ?? true) ? 0x4000 : 0);
  view.setUint8(8, field('ttl', ip.ttl ?? 64, 8));
  view.setUint8(9, TCP);
  return header;
}

function headerV6(ip: IpFields, bodyLength: number): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(40);
  const view = new DataView(header.buffer);
  const label = field('flowLabel', ip.flowLabel ?? 0, 20);
  view.setUint32(0, ((6 << 28) | (field('tos', ip.tos ?? 0, 8) << 20) | label) >>> 0);
  view.setUint16(4, packetLength(bodyLength));
  view.setUint8(6, TCP);
  view.setUint8(7, field('ttl', ip.ttl ?? 64, 8));
  return header;
}

function packetLength(length: number): number {
  if (length > MAX_PACKET) {
    throw new PacketError('too-long', `A packet says its length in 16 bits, and ${length} bytes do not fit.`);
  }
  return length;
}

function field(name: string, value: number, bits: number): number {
  if (!Number.isInteger(value) || value < 0 || value >= 2 ** bits) {
    throw new PacketError('bad-field', `${name} is an integer of ${bits} bits, not ${value}.`);
  }
  return value;
}
