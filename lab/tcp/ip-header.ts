import { checksum } from './checksum.ts';
import { PacketError } from './packet-error.ts';
import { TCP } from './pseudo-header.ts';

/** An IP header in front of TCP: its fields, and where in the packet the segment lies by its lengths. */
export interface IpHeader {
  readonly version: 4 | 6;
  readonly ttl: number;
  readonly id: number;
  readonly tos: number;
  readonly ipChecksumOk: boolean;
  readonly source: Uint8Array;
  readonly destination: Uint8Array;
  readonly bodyStart: number;
  /** May lie beyond the bytes at hand. */
  readonly bodyEnd: number;
}

// RFC 8200 section 4: headers that start with a next header and a length in 8 bytes beyond the first 8.
const WALKED = new Set([0, 43, 60]);
const FRAGMENT = 44;

/**
 * Reads the IPv4 or IPv6 header at the start of `bytes`, extension headers included.
 * @throws PacketError `short`, `not-ip`, `not-tcp`, `fragment` or `bad-length`
 */
export function readIpHeader(bytes: Uint8Array): IpHeader {
  requireBytes(bytes, 1);
  const version = byteAt(bytes, 0) >> 4;
  if (version === 4) return readV4(bytes);
  if (version === 6) return readV6(bytes);
  throw new PacketError('not-ip', `A packet of IP version ${version} is neither IPv4 nor IPv6.`);
}

function readV4(bytes: Uint8Array): IpHeader {
  requireBytes(bytes, 20);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const bodyStart = (view.getUint8(0) & 0x0f) * 4;
  if (bodyStart < 20)
    throw new PacketError('not-ip', `An IPv4 header has 20 bytes or more, not ${bodyStart}.`);
  requireBytes(bytes, bodyStart);
  const bodyEnd = view.getUint16(2);
  requireRoom(bodyEnd, bodyStart);
  // More Fragments, or an offset: both mean that the segment is not whole.
  if (view.getUint16(6) & 0x3fff) throw fragment();
  requireTcp(view.getUint8(9));
  return {
    version: 4,
    tos: view.getUint8(1),
    id: view.getUint16(4),
    ttl: view.getUint8(8),
    ipChecksumOk: checksum(bytes.subarray(0, bodyStart)) === 0,
    source: bytes.subarray(12, 16),
    destination: bytes.subarray(16, 20),
    bodyStart,
    bodyEnd,
  };
}

function readV6(bytes: Uint8Array): IpHeader {
  requireBytes(bytes, 40);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const bodyEnd = 40 + view.getUint16(4);
  let next = view.getUint8(6);
  let bodyStart = 40;
  while (WALKED.has(next)) {
    requireRoom(bodyEnd, bodyStart + 8);
    requireBytes(bytes, bodyStart + 8);
    next = byteAt(bytes, bodyStart);
    bodyStart += 8 + 8 * byteAt(bytes, bodyStart + 1);
    requireRoom(bodyEnd, bodyStart);
    requireBytes(bytes, bodyStart);
  }
  if (next === FRAGMENT) throw fragment();
  requireTcp(next);
  return {
    version: 6,
    tos: (view.getUint16(0) >> 4) & 0xff,
    id: 0,
    ttl: view.getUint8(7),
    ipChecksumOk: true,
    source: bytes.subarray(8, 24),
    destination: bytes.subarray(24, 40),
    bodyStart,
    bodyEnd,
  };
}

function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}

function requireBytes(bytes: Uint8Array, need: number): void {
  if (bytes.length >= need) return;
  throw new PacketError('short', `The IP header needs ${need} bytes and only ${bytes.length} are there.`);
}

function requireRoom(packetEnd: number, need: number): void {
  if (packetEnd >= need) return;
  throw new PacketError(
    'bad-length',
    `The packet says it ends at byte ${packetEnd}, inside its ${need} of headers.`,
  );
}

function requireTcp(protocol: number): void {
  if (protocol === TCP) return;
  throw new PacketError('not-tcp', `The packet carries protocol ${protocol}; TCP is ${TCP}.`);
}

function fragment(): PacketError {
  return new PacketError('fragment', 'The packet is a fragment; only whole packets are decoded.');
}
