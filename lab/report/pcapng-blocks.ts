/**
 * Blocks of a capture file in the pcapng format, draft-ietf-opsawg-pcapng. Every block and option is padded to 32 bits; all
 * numbers are little-endian here, and the section header's magic says so.
 */

const SECTION_HEADER = 0x0a0d_0d0a;
const INTERFACE_DESCRIPTION = 1;
const ENHANCED_PACKET = 6;
const BYTE_ORDER_MAGIC = 0x1a2b_3c4d;
/** The packet begins with its IP header, of either version. tcpdump.org/linktypes.html */
const LINKTYPE_RAW = 101;
/** Bits 0 and 1 of epb_flags: the packet came in. */
const INBOUND = 1;

const OPTION = {
  end: 0,
  comment: 1,
  hardware: 2,
  os: 3,
  application: 4,
  interfaceName: 2,
  interfaceDescription: 3,
  timestampResolution: 9,
  packetFlags: 2,
} as const;

/** What a section says about its origin. */
export interface Section {
  readonly hardware: string;
  readonly os: string;
  readonly application: string;
}

/** The block a file begins with. The section's length is left open. */
export function sectionHeader({ hardware, os, application }: Section): Buffer {
  const fixed = Buffer.alloc(16);
  fixed.writeUInt32LE(BYTE_ORDER_MAGIC, 0);
  fixed.writeUInt16LE(1, 4);
  fixed.writeUInt16LE(0, 6);
  fixed.writeBigInt64LE(-1n, 8);
  return block(SECTION_HEADER, [
    fixed,
    textOption(OPTION.hardware, hardware),
    textOption(OPTION.os, os),
    textOption(OPTION.application, application),
    END,
  ]);
}

/** An interface with nanosecond timestamps whose packets begin with the IP header. @param snap bytes kept of a packet. */
export function interfaceDescription(name: string, description: string, snap: number): Buffer {
  const fixed = Buffer.alloc(8);
  fixed.writeUInt16LE(LINKTYPE_RAW, 0);
  fixed.writeUInt32LE(snap, 4);
  return block(INTERFACE_DESCRIPTION, [
    fixed,
    textOption(OPTION.interfaceName, name),
    textOption(OPTION.interfaceDescription, description),
    option(OPTION.timestampResolution, Buffer.of(9)),
    END,
  ]);
}

/** A packet that came in at an interface. */
export interface InboundPacket {
  /** The interface's place among the descriptions before, from 0. */
  readonly interfaceId: number;
  /** Nanoseconds since 1970. */
  readonly atNs: bigint;
  readonly bytes: Uint8Array;
  /** Its length on the wire. */
  readonly length: number;
  readonly comments: readonly string[];
}

export function enhancedPacket({ interfaceId, atNs, bytes, length, comments }: InboundPacket): Buffer {
  const fixed = Buffer.alloc(20);
  fixed.writeUInt32LE(interfaceId, 0);
  fixed.writeUInt32LE(Number(atNs >> 32n), 4);
  fixed.writeUInt32LE(Number(atNs & 0xffff_ffffn), 8);
  fixed.writeUInt32LE(bytes.length, 12);
  fixed.writeUInt32LE(length, 16);
  const flags = Buffer.alloc(4);
  flags.writeUInt32LE(INBOUND, 0);
  return block(ENHANCED_PACKET, [
    fixed,
    padded(bytes),
    ...comments.map((comment) => textOption(OPTION.comment, comment)),
    option(OPTION.packetFlags, flags),
    END,
  ]);
}

function block(type: number, parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  const tail = Buffer.alloc(4);
  head.writeUInt32LE(type, 0);
  head.writeUInt32LE(body.length + 12, 4);
  tail.writeUInt32LE(body.length + 12, 0);
  return Buffer.concat([head, body, tail]);
}

function option(code: number, value: Uint8Array): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(code, 0);
  head.writeUInt16LE(value.length, 2);
  return Buffer.concat([head, padded(value)]);
}

/** An option's value has at most 65,535 bytes; longer text is cut between characters. */
function textOption(code: number, text: string): Buffer {
  const bytes = new TextEncoder().encodeInto(text, new Uint8Array(0xffff)).written;
  return option(code, Buffer.from(text, 'utf8').subarray(0, bytes));
}

const END = option(OPTION.end, Buffer.alloc(0));

function padded(bytes: Uint8Array): Buffer {
  const whole = Buffer.alloc(Math.ceil(bytes.length / 4) * 4);
  whole.set(bytes);
  return whole;
}
