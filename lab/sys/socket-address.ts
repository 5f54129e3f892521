import { type Endpoint, formatAddress, parseAddress } from '../tcp/address.ts';
import { portNumber } from './arguments.ts';

export const AF_INET = 2;
export const AF_INET6 = 10;

/** `sockaddr_in` or `sockaddr_in6` of an endpoint, as bind(2) and connect(2) take it. ip(7), ipv6(7). */
export function encodeSocketAddress(endpoint: Endpoint): Buffer {
  const address = parseAddress(endpoint.address);
  const port = portNumber(endpoint.port);
  if (address.length === 4) {
    const bytes = Buffer.alloc(16);
    bytes.writeUInt16LE(AF_INET, 0);
    bytes.writeUInt16BE(port, 2);
    bytes.set(address, 4);
    return bytes;
  }
  const bytes = Buffer.alloc(28);
  bytes.writeUInt16LE(AF_INET6, 0);
  bytes.writeUInt16BE(port, 2);
  bytes.set(address, 8);
  return bytes;
}

/** The endpoint in a `sockaddr_in` or `sockaddr_in6`. @throws RangeError for another family. */
export function decodeSocketAddress(bytes: Buffer): Endpoint {
  const family = bytes.readUInt16LE(0);
  const port = bytes.readUInt16BE(2);
  if (family === AF_INET) return { address: formatAddress(bytes.subarray(4, 8)), port };
  if (family === AF_INET6) return { address: formatAddress(bytes.subarray(8, 24)), port };
  throw new RangeError(`socket address family ${family} is neither IPv4 nor IPv6`);
}
