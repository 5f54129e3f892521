import { integer } from '../sys/arguments.ts';

/** Lab addresses are from the benchmarking range 198.18.0.0/15 (RFC 2544) and the documentation range 2001:db8::/32 (RFC 3849). */

/** The IPv4 address of the n-th host, counted from 1, in the lab's `subnet`-th /24. */
export function hostAddress(n: number, subnet = 0): string {
  return `198.18.${integer('subnet', subnet, 0, 255)}.${integer('host number', n, 1, 254)}`;
}

/** The IPv6 address of the n-th host, counted from 1, in the lab's `subnet`-th /64. */
export function hostAddress6(n: number, subnet = 0): string {
  const network = integer('subnet', subnet, 0, 255);
  const prefix = network === 0 ? '2001:db8' : `2001:db8:0:${network.toString(16)}`;
  return `${prefix}::${integer('host number', n, 1, 254).toString(16)}`;
}

/** The hardware address of the n-th host, locally administered. */
export function hardwareAddress(n: number): Uint8Array {
  return Uint8Array.of(0x02, 0x74, 0x63, 0x70, 0, integer('host number', n, 1, 254));
}
