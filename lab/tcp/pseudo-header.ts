import { partialSum } from './checksum.ts';

/** TCP's protocol number, in IPv4's Protocol and IPv6's Next Header (IANA). */
export const TCP = 6;

/**
 * The partial sum of the pseudo header a TCP checksum covers, for both families at once: RFC 9293 section 3.1
 * and RFC 8200 section 8.1 order the same addresses, length and protocol differently, which a sum does not
 * see.
 * @param length bytes of TCP header and payload
 */
export function pseudoHeaderSum(source: Uint8Array, destination: Uint8Array, length: number): number {
  return partialSum(destination, partialSum(source, TCP + length));
}
