import type { Endpoint } from '../tcp/address.ts';
import { formatAddress } from '../tcp/address.ts';
import { type State, stateOfKernel } from '../tcp/states.ts';
import { type TraceField, type TraceFormat, TraceFormatError, traceField } from './trace-format.ts';

/** What a tracepoint says beside where and when. */
export type Traced =
  | { readonly tracepoint: 'inet_sock_set_state'; readonly from: State; readonly to: State }
  /** `reason` since Linux 6.10, in the kernel's words. */
  | { readonly tracepoint: 'tcp_send_reset'; readonly reason?: string }
  | { readonly tracepoint: 'tcp_receive_reset' }
  | { readonly tracepoint: 'tcp_retransmit_skb' }
  | { readonly tracepoint: 'tcp_retransmit_synack' };

/** One hit of a tracepoint, anywhere on the machine. */
export interface Hit {
  /** CLOCK_MONOTONIC, nanoseconds. */
  readonly atNs: bigint;
  /**
   * Where the kernel has the socket's structure; used for another socket after `tcp_destroy_sock`. 0 for no socket. Of a SYN-ACK
   * that is sent again it is the listener's, and the ends are the request's.
   */
  readonly socket: bigint;
  /** Port 0 where the kernel has none yet (the port of a connect() is chosen after CLOSED → SYN_SENT), or none any more. */
  readonly local: Endpoint;
  readonly remote: Endpoint;
  /** The socket's identity, as sock_diag has it; few tracepoints tell it. */
  readonly cookie?: string;
  readonly what: Traced | { readonly tracepoint: 'tcp_destroy_sock' };
}

/** Turns the record of one tracepoint into a hit; undefined for what is not TCP. */
export type HitReader = (atNs: bigint, raw: Buffer) => Hit | undefined;

const AF_INET = 2;
const IPPROTO_TCP = 6;

/** How to read the records of a format. @throws TraceFormatError when this kernel's lacks a field. */
export function hitReader(format: TraceFormat): HitReader {
  const socket = traceField(format, 'skaddr');
  const ends = endsReader(format);
  const what = whatReader(format);
  const protocol = format.fields.get('protocol');
  const cookie =
    format.name === 'tcp_destroy_sock' ? traceField(format, 'sock_cookie') : format.fields.get('sock_cookie');
  return (atNs, raw) => {
    if (protocol !== undefined && number(raw, protocol) !== IPPROTO_TCP) return undefined;
    return {
      atNs,
      socket: raw.readBigUInt64LE(socket.offset),
      ...ends(raw),
      ...(cookie === undefined ? {} : { cookie: raw.readBigUInt64LE(cookie.offset).toString(16) }),
      what: what(raw),
    };
  };
}

function whatReader(format: TraceFormat): (raw: Buffer) => Hit['what'] {
  const { name } = format;
  switch (name) {
    case 'inet_sock_set_state': {
      const [from, to] = [traceField(format, 'oldstate'), traceField(format, 'newstate')];
      return (raw) => ({
        tracepoint: name,
        from: stateOfKernel(number(raw, from)),
        to: stateOfKernel(number(raw, to)),
      });
    }
    case 'tcp_send_reset': {
      const reason = format.fields.get('reason');
      const names = format.symbols.get('reason');
      if (reason === undefined) return () => ({ tracepoint: name });
      return (raw) => {
        const n = number(raw, reason);
        return { tracepoint: name, reason: names?.get(n) ?? String(n) };
      };
    }
    case 'tcp_destroy_sock':
    case 'tcp_receive_reset':
    case 'tcp_retransmit_skb':
    case 'tcp_retransmit_synack':
      return () => ({ tracepoint: name });
    default:
      throw new TraceFormatError(`the lab does not know the tracepoint ${name}`);
  }
}

/** Both ends: in fields of their own, or since Linux 6.10 for `tcp_send_reset` in two `struct sockaddr`. */
function endsReader(format: TraceFormat): (raw: Buffer) => Pick<Hit, 'local' | 'remote'> {
  const source = traceField(format, 'saddr');
  const destination = traceField(format, 'daddr');
  if (source.size > 16) {
    return (raw) => ({ local: socketAddress(raw, source), remote: socketAddress(raw, destination) });
  }
  const family = format.fields.get('family');
  const [source6, destination6] = [traceField(format, 'saddr_v6'), traceField(format, 'daddr_v6')];
  const [sourcePort, destinationPort] = [traceField(format, 'sport'), traceField(format, 'dport')];
  return (raw) => {
    const ipv4 = family === undefined || number(raw, family) === AF_INET;
    return {
      local: { address: address(raw, ipv4 ? source : source6), port: number(raw, sourcePort) },
      remote: {
        address: address(raw, ipv4 ? destination : destination6),
        port: number(raw, destinationPort),
      },
    };
  };
}

/** `struct sockaddr_in` or `sockaddr_in6`. ip(7), ipv6(7). */
function socketAddress(raw: Buffer, { offset }: TraceField): Endpoint {
  const ipv4 = raw.readUInt16LE(offset) === AF_INET;
  const at = ipv4 ? { offset: offset + 4, size: 4 } : { offset: offset + 8, size: 16 };
  return { address: address(raw, at), port: raw.readUInt16BE(offset + 2) };
}

function address(raw: Buffer, { offset, size }: TraceField): string {
  return formatAddress(raw.subarray(offset, offset + size));
}

function number(raw: Buffer, { offset, size }: TraceField): number {
  return raw.readUIntLE(offset, size);
}
