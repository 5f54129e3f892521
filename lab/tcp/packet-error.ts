/**
 * Why bytes are no packet, or a segment no bytes. Stable; for programs.
 *
 * - `short`: the bytes end inside a header
 * - `not-ip`: the version is neither 4 nor 6, or the IPv4 header length is below 20 bytes
 * - `not-tcp`: the packet carries another protocol
 * - `fragment`: a piece of a packet, which is not put together here
 * - `bad-offset`: the TCP data offset is below 5 words or beyond the segment
 * - `bad-length`: the IP length is shorter than the headers it must hold
 * - `bad-field`: a field to be encoded does not fit its place
 * - `bad-option`: a TCP option to be encoded does not fit its format
 * - `too-long`: options above 40 bytes, or a packet above 65535
 * - `mixed-families`: one endpoint is IPv4 and the other IPv6
 */
export type PacketErrorCode =
  | 'short'
  | 'not-ip'
  | 'not-tcp'
  | 'fragment'
  | 'bad-offset'
  | 'bad-length'
  | 'bad-field'
  | 'bad-option'
  | 'too-long'
  | 'mixed-families';

/** Bytes that cannot be decoded, or a segment that cannot be encoded. */
export class PacketError extends Error {
  override readonly name = 'PacketError';
  readonly code: PacketErrorCode;

  constructor(code: PacketErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
