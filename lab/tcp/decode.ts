import { formatAddress, parseAddress } from './address.ts';
import { checksum } from './checksum.ts';
import { type IpHeader, readIpHeader } from './ip-header.ts';
import { decodeOptions } from './options.ts';
import type { Packet } from './packet.ts';
import { PacketError } from './packet-error.ts';
import { pseudoHeaderSum } from './pseudo-header.ts';
import type { Segment } from './segment.ts';

/** A segment out of its bytes; `tcpChecksumOk` and `truncated` as in `Packet`. */
export type DecodedSegment = Pick<Packet, 'segment' | 'tcpChecksumOk' | 'truncated'>;

/**
 * An IPv4 or IPv6 packet with a TCP segment in it, from the first byte of the IP header. Bytes behind the
 * packet's own length (Ethernet padding) are ignored, and fewer than that make it `truncated` as long as the
 * headers are whole. IPv6 hop-by-hop, routing and destination options are walked over. All data are copies.
 * @throws PacketError `short`, `not-ip`, `not-tcp`, `fragment`, `bad-offset` or `bad-length`
 */
export function decodePacket(bytes: Uint8Array): Packet {
  const ip = readIpHeader(bytes);
  const { version, ttl, id, tos, ipChecksumOk } = ip;
  return { version, ttl, id, tos, ipChecksumOk, ...decodeBody(bytes, ip) };
}

/**
 * A segment from the first byte of the TCP header, as raw sockets and IP payloads give it. The four reserved
 * bits are not shown.
 * @param source its source address in text
 * @param destination its destination address in text
 * @param length bytes the whole segment has by its IP header, when `bytes` may hold only their beginning
 * @throws PacketError `short` or `bad-offset`
 * @throws AddressError when an address is none
 */
export function decodeSegment(
  bytes: Uint8Array,
  source: string,
  destination: string,
  length = bytes.length,
): DecodedSegment {
  const from = { text: source, bytes: parseAddress(source) };
  const to = { text: destination, bytes: parseAddress(destination) };
  return decodeBetween(bytes, from, to, length);
}

/** An address both ways, so that none is written to be read again. */
interface Address {
  readonly text: string;
  readonly bytes: Uint8Array;
}

function decodeBetween(
  bytes: Uint8Array,
  source: Address,
  destination: Address,
  length: number,
): DecodedSegment {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (length < 20 || bytes.length < 20) throw short(Math.min(length, bytes.length), 20);
  const headerLength = (view.getUint8(12) >> 4) * 4;
  if (headerLength < 20 || headerLength > length) {
    const range = `from 20 to the segment's ${length}`;
    throw new PacketError(
      'bad-offset',
      `The TCP data offset says ${headerLength} bytes; it must be ${range}.`,
    );
  }
  if (bytes.length < headerLength) throw short(bytes.length, headerLength);
  const segment: Segment = {
    source: { address: source.text, port: view.getUint16(0) },
    destination: { address: destination.text, port: view.getUint16(2) },
    seq: view.getUint32(4),
    ack: view.getUint32(8),
    flags: view.getUint8(13),
    window: view.getUint16(14),
    urgent: view.getUint16(18),
    options: decodeOptions(bytes.subarray(20, headerLength)),
    // Not slice(): on a Buffer that would share the caller's memory.
    payload: new Uint8Array(bytes.subarray(headerLength, length)),
  };
  const truncated = bytes.length < length;
  const sum = pseudoHeaderSum(source.bytes, destination.bytes, length);
  return { segment, tcpChecksumOk: !truncated && checksum(bytes.subarray(0, length), sum) === 0, truncated };
}

function decodeBody(packet: Uint8Array, ip: IpHeader): DecodedSegment {
  const source = { text: formatAddress(ip.source), bytes: ip.source };
  const destination = { text: formatAddress(ip.destination), bytes: ip.destination };
  const body = packet.subarray(ip.bodyStart, ip.bodyEnd);
  return decodeBetween(body, source, destination, ip.bodyEnd - ip.bodyStart);
}

function short(have: number, need: number): PacketError {
  return new PacketError('short', `The TCP header needs ${need} bytes and only ${have} are there.`);
}
