import { integer } from './arguments.ts';
import {
  closeOnce,
  libcAccept4,
  libcBind,
  libcConnect,
  libcListen,
  libcSetsockopt,
  libcSocket,
} from './libc.ts';
import { SOCK_CLOEXEC, SOCK_NONBLOCK } from './socket.ts';
import { checked } from './system-call.ts';

const AF_UNIX = 1;
const SOCK_STREAM = 1;
const SOL_SOCKET = 1;
const SO_SNDTIMEO = 21;
/** `sun_path` of `sockaddr_un`. unix(7). */
const PATH_BYTES = 108;

/** One UNIX-domain stream socket of this process. Its address is a path, of at most 107 bytes. unix(7). */
export class UnixSocket implements Disposable {
  readonly #fd: number;

  private constructor(flags: number) {
    this.#fd = checked('socket', () => libcSocket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | flags, 0));
  }

  /** A socket that never blocks. */
  static open(): UnixSocket {
    return new UnixSocket(SOCK_NONBLOCK);
  }

  /** A socket whose connect() waits for room, for so many milliseconds at most, and stops this whole thread meanwhile. */
  static patient(ms: number): UnixSocket {
    const socket = new UnixSocket(0);
    const time = Buffer.alloc(16);
    time.writeBigInt64LE(BigInt(integer('milliseconds', ms, 1, 999)) * 1_000n, 8);
    checked(
      'setsockopt',
      () => libcSetsockopt(socket.#fd, SOL_SOCKET, SO_SNDTIMEO, time, time.length),
      'SO_SNDTIMEO',
    );
    return socket;
  }

  /** bind(2) to a path where nothing is yet. @throws SystemCallError EADDRINUSE, ENOENT. */
  bind(path: string): void {
    const address = encodePath(path);
    checked('bind', () => libcBind(this.#fd, address, address.length), path);
  }

  /** listen(2): the kernel queues one connection more than `backlog`. */
  listen(backlog: number): void {
    checked('listen', () => libcListen(this.#fd, integer('backlog', backlog, 0, 0x7fff_ffff)));
  }

  /** connect(2). @throws SystemCallError EAGAIN when the listener's queue is full, ECONNREFUSED when nobody listens there. */
  connect(path: string): void {
    const address = encodePath(path);
    checked('connect', () => libcConnect(this.#fd, address, address.length), path);
  }

  /** Takes the next connection out of the queue, and closes it. accept(2). @throws SystemCallError EAGAIN when there is none. */
  acceptAndClose(): void {
    closeOnce(checked('accept4', () => libcAccept4(this.#fd, null, null, SOCK_CLOEXEC)));
  }

  [Symbol.dispose](): void {
    closeOnce(this.#fd);
  }
}

function encodePath(path: string): Buffer {
  const length = integer('length of the path', Buffer.byteLength(path), 1, PATH_BYTES - 1);
  const address = Buffer.alloc(2 + length + 1);
  address.writeUInt16LE(AF_UNIX, 0);
  address.write(path, 2);
  return address;
}
