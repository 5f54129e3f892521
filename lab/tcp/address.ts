import { formatIPv6 } from './format-ipv6.ts';
import { parseIPv4, parseIPv6 } from './parse-ip.ts';

/** One end of a connection: an IPv4 or IPv6 address in text, and a port from 0 to 65535. */
export type Endpoint = { readonly address: string; readonly port: number };

/** Text that is no IP address. */
export class AddressError extends Error {
  override readonly name = 'AddressError';
  readonly code = 'bad-address';
  readonly text: string;

  constructor(text: string) {
    super(`'${text}' is not an IP address; write one such as 198.18.0.1 or 2001:db8::1.`);
    this.text = text;
  }
}

/**
 * The bytes of an address: 4 for IPv4 in four decimal numbers, 16 for IPv6 (RFC 4291 section 2.2, so `::` and
 * a dotted tail are read, as in `::ffff:198.18.0.1`). Strict: no leading zeros in IPv4, no zone, no spaces,
 * no prefix length.
 * @throws AddressError
 */
export function parseAddress(text: string): Uint8Array {
  const bytes = text.includes(':') ? parseIPv6(text) : parseIPv4(text);
  if (bytes === undefined) throw new AddressError(text);
  return bytes;
}

/**
 * The canonical text of 4 or 16 bytes: RFC 5952, with IPv4-mapped addresses in dots (section 5).
 * @throws RangeError for any other number of bytes
 */
export function formatAddress(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.');
  if (bytes.length === 16) return formatIPv6(bytes);
  throw new RangeError(`An IP address has 4 or 16 bytes, not ${bytes.length}.`);
}

/**
 * The family of an address's text; an IPv4-mapped IPv6 address is of family 6.
 * @throws AddressError
 */
export function family(text: string): 4 | 6 {
  return parseAddress(text).length === 4 ? 4 : 6;
}

/**
 * An endpoint in one word, its address canonical: `198.18.0.1:80`, `[2001:db8::1]:80`.
 * @throws AddressError
 */
export function formatEndpoint(endpoint: Endpoint): string {
  const address = formatAddress(parseAddress(endpoint.address));
  return address.includes(':') ? `[${address}]:${endpoint.port}` : `${address}:${endpoint.port}`;
}

/**
 * Whether two texts name the same address. `::ffff:198.18.0.1` is the same as `198.18.0.1`: a dual-stack
 * socket shows the first in the socket table and sends the second on the wire (RFC 4291 section 2.5.5.2).
 * @throws AddressError
 */
export function sameAddress(a: string, b: string): boolean {
  return a === b || unmapped(a) === unmapped(b);
}

/** Whether two endpoints are the same: equal ports and `sameAddress`. */
export function sameEndpoint(a: Endpoint, b: Endpoint): boolean {
  return a.port === b.port && sameAddress(a.address, b.address);
}

/**
 * The canonical text of an address without the dress of an IPv6 socket: `198.18.0.1` for `::ffff:198.18.0.1` (RFC 4291 section 2.5.5.2).
 * @throws AddressError
 */
export function unmapped(text: string): string {
  return formatAddress(parseAddress(text)).replace(/^::ffff:(?=.*\.)/, '');
}
