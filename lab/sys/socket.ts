import { type Endpoint, family, formatEndpoint } from '../tcp/address.ts';
import { descriptor, integer } from './arguments.ts';
import {
  closeOnce,
  libcAccept4,
  libcBind,
  libcConnect,
  libcGetsockname,
  libcListen,
  libcRecv,
  libcSend,
  libcSetsockopt,
  libcShutdown,
  libcSocket,
} from './libc.ts';
import { AF_INET, AF_INET6, decodeSocketAddress, encodeSocketAddress } from './socket-address.ts';
import { checked, checkedOrPending } from './system-call.ts';
import { readTcpInfo, type TcpInfo } from './tcp-info.ts';

const SOCK_STREAM = 1;
export const SOCK_NONBLOCK = 0x800;
export const SOCK_CLOEXEC = 0x80000;
const IPPROTO_TCP = 6;
const SOL_SOCKET = 1;
const SO_REUSEADDR = 2;
const SO_LINGER = 13;
const MSG_NOSIGNAL = 0x4000;
const HOW = { read: 0, write: 1, both: 2 } as const;

/**
 * One TCP socket of this process, opened by hand so that every option is the caller's own. It never blocks: what would
 * wait returns undefined, and readiness.ts says when to ask again. It lives in the network namespace it was opened in.
 */
export class KernelSocket implements Disposable {
  #fd: number;

  private constructor(fd: number) {
    this.#fd = fd;
  }

  /** A new TCP socket. `reuseAddress` is SO_REUSEADDR, off as the kernel makes it. socket(2), socket(7). */
  static open(options: { family?: 4 | 6; reuseAddress?: boolean } = {}): KernelSocket {
    const domain = options.family === 6 ? AF_INET6 : AF_INET;
    const fd = checked('socket', () =>
      libcSocket(domain, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP),
    );
    const socket = new KernelSocket(fd);
    if (options.reuseAddress === true) socket.setOption(SOL_SOCKET, SO_REUSEADDR, 1);
    return socket;
  }

  /** A socket bound to `endpoint` and listening. `backlog` is given to listen(2) as it is; nothing is ever accepted. */
  static listening(
    endpoint: Endpoint,
    options: { backlog?: number; reuseAddress?: boolean } = {},
  ): KernelSocket {
    const socket = KernelSocket.open({ ...options, family: family(endpoint.address) });
    try {
      socket.bind(endpoint);
      socket.listen(options.backlog ?? 511);
      return socket;
    } catch (error) {
      socket.close();
      throw error;
    }
  }

  /** The file descriptor, still owned by this object. */
  get fd(): number {
    if (this.#fd < 0) throw new Error('this socket is closed');
    return this.#fd;
  }

  /** Gives the descriptor away, for example to `server.listen({ fd })`. This object can then do nothing more. */
  release(): number {
    const fd = this.fd;
    this.#fd = -1;
    return fd;
  }

  /** bind(2). @throws SystemCallError EADDRINUSE, EADDRNOTAVAIL, EACCES. */
  bind(endpoint: Endpoint): void {
    const address = encodeSocketAddress(endpoint);
    checked('bind', () => libcBind(this.fd, address, address.length), formatEndpoint(endpoint));
  }

  /** listen(2) with `backlog` as given, 0 to 2^31 - 1: the kernel queues one connection more than that. */
  listen(backlog: number): void {
    integer('backlog', backlog, 0, 0x7fff_ffff);
    checked('listen', () => libcListen(this.fd, backlog), `(backlog ${backlog})`);
  }

  /** connect(2) without waiting: the SYN is on its way when this returns. @throws SystemCallError EISCONN, ECONNREFUSED … */
  connect(endpoint: Endpoint): void {
    const address = encodeSocketAddress(endpoint);
    checkedOrPending(
      'connect',
      () => libcConnect(this.fd, address, address.length),
      formatEndpoint(endpoint),
    );
  }

  /** The next connection of the accept queue, or undefined when the queue is empty. accept(2). */
  accept(): KernelSocket | undefined {
    const fd = checkedOrPending('accept4', () =>
      libcAccept4(this.fd, null, null, SOCK_NONBLOCK | SOCK_CLOEXEC),
    );
    return fd === undefined ? undefined : new KernelSocket(fd);
  }

  /** Hands bytes to the kernel. @returns how many it took, undefined when its buffer is full. @throws EPIPE, ECONNRESET. */
  send(bytes: Uint8Array): number | undefined {
    return checkedOrPending('send', () => libcSend(this.fd, bytes, bytes.length, MSG_NOSIGNAL));
  }

  /** Takes up to `limit` bytes. @returns an empty array at end of stream (FIN), undefined when nothing has come yet. */
  receive(limit = 65_536): Uint8Array | undefined {
    const bytes = Buffer.allocUnsafe(integer('limit', limit, 1, 0x7fff_ffff));
    const length = checkedOrPending('recv', () => libcRecv(this.fd, bytes, bytes.length, 0));
    return length === undefined ? undefined : bytes.subarray(0, length);
  }

  /** shutdown(2): `write` sends FIN and keeps reading. */
  shutdown(how: keyof typeof HOW): void {
    checked('shutdown', () => libcShutdown(this.fd, HOW[how]), how);
  }

  /** SO_LINGER: with 0 seconds close() sends RST and throws unsent bytes away; undefined switches it off. socket(7). */
  linger(seconds: number | undefined): void {
    const value = Buffer.alloc(8);
    value.writeInt32LE(seconds === undefined ? 0 : 1, 0);
    value.writeInt32LE(integer('linger seconds', seconds ?? 0, 0, 32_767), 4);
    checked(
      'setsockopt',
      () => libcSetsockopt(this.fd, SOL_SOCKET, SO_LINGER, value, value.length),
      'SO_LINGER',
    );
  }

  /** An integer option, by the numbers of the system headers. setsockopt(2). */
  setOption(level: number, option: number, value: number): void {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32LE(integer('option value', value, -0x8000_0000, 0x7fff_ffff), 0);
    checked(
      'setsockopt',
      () => libcSetsockopt(this.fd, level, option, bytes, 4),
      `(level ${level}, option ${option})`,
    );
  }

  /** What the kernel knows of this connection. tcp(7), TCP_INFO. */
  tcpInfo(): TcpInfo {
    return readTcpInfo(this.fd);
  }

  /** The address and port this socket is bound to. getsockname(2). */
  localEndpoint(): Endpoint {
    const address = Buffer.alloc(28);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(address.length, 0);
    checked('getsockname', () => libcGetsockname(this.fd, address, length));
    return decodeSocketAddress(address);
  }

  /** close(2): FIN, or RST when linger is 0 or received bytes were never read. Closing twice is harmless. */
  close(): void {
    if (this.#fd < 0) return;
    const fd = this.#fd;
    this.#fd = -1;
    closeDescriptor(fd);
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

/** close(2) of a descriptor that no object owns. @throws SystemCallError EBADF. */
export function closeDescriptor(fd: number): void {
  closeOnce(descriptor(fd));
}
