// Sends segments in anybody's name: the IP header is the program's own.
import { call, libc } from './calls.ts';

export interface Forged {
  readonly from: string;
  readonly to: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly flags: number;
  readonly seq?: number;
  readonly ack?: number;
}

const FD = call('socket', 2, 3, 255);
const sendTo = libc.func('long sendto(int, void *, size_t, int, void *, uint32_t)');
const bytesOf = (address: string): Buffer => Buffer.from(address.split('.').map(Number));

/** @returns how many bytes the kernel took, or -1 */
export function forge({ from, to, fromPort, toPort, flags, seq = 1, ack = 0 }: Forged): number {
  const tcp = Buffer.alloc(20);
  tcp.writeUInt16BE(fromPort, 0);
  tcp.writeUInt16BE(toPort, 2);
  tcp.writeUInt32BE(seq >>> 0, 4);
  tcp.writeUInt32BE(ack >>> 0, 8);
  tcp[12] = 0x50;
  tcp[13] = flags;
  tcp.writeUInt16BE(64_240, 14);
  const pseudo = Buffer.concat([bytesOf(from), bytesOf(to), Buffer.from([0, 6, 0, 20]), tcp]);
  tcp.writeUInt16BE(checksum(pseudo), 16);
  const ip = Buffer.alloc(20);
  ip[0] = 0x45;
  ip.writeUInt16BE(40, 2);
  ip[8] = 64;
  ip[9] = 6;
  bytesOf(from).copy(ip, 12);
  bytesOf(to).copy(ip, 16);
  ip.writeUInt16BE(checksum(ip), 10);
  const place = Buffer.alloc(16);
  place.writeUInt16LE(2, 0);
  bytesOf(to).copy(place, 4);
  const packet = Buffer.concat([ip, tcp]);
  return Number(sendTo(FD, packet, packet.length, 0, place, place.length));
}

function checksum(bytes: Buffer): number {
  let sum = 0;
  for (let n = 0; n < bytes.length; n += 2) sum += bytes.readUInt16BE(n);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}
