import { integer } from './arguments.ts';
import { SystemCallError } from './errno.ts';
import { closeOnce, libcRecv, libcSend, libcSocket } from './libc.ts';
import { SOCK_CLOEXEC } from './socket.ts';
import { checked } from './system-call.ts';

const AF_NETLINK = 16;
const SOCK_RAW = 3;
const HEADER = 16;
const NLMSG_ERROR = 2;
const NLMSG_DONE = 3;
const NLM_F_REQUEST = 1;
const NLM_F_ACK = 4;
const NLM_F_DUMP = 0x300;

/** Netlink families this lab speaks. netlink(7). */
export const NETLINK_ROUTE = 0;
export const NETLINK_SOCK_DIAG = 4;

/** Flags of a request that makes something; without NLM_F_EXCL an existing thing is changed. */
export const NLM_F_EXCL = 0x200;
export const NLM_F_CREATE = 0x400;

/** One page more than the kernel ever puts into one dump datagram (32 KiB). */
const RECEIVE_BYTES = 36_864;

/**
 * A netlink socket of the namespace it is opened in. The kernel answers a request or a dump inside the system call that
 * asks for it, so a synchronous exchange never waits.
 */
export class Netlink implements Disposable {
  #fd: number;
  #sequence = 0;
  readonly #reply = Buffer.allocUnsafeSlow(RECEIVE_BYTES);

  constructor(protocol: number) {
    this.#fd = checked(
      'socket',
      () => libcSocket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol),
      '(netlink)',
    );
  }

  /**
   * Sends one request and waits for its acknowledgement.
   * @param what names the request in the error, such as "create veth".
   * @returns the answer, when the request asks for one.
   * @throws SystemCallError with the kernel's errno.
   */
  request(what: string, type: number, flags: number, payload: Uint8Array): Buffer | undefined {
    this.#send(type, NLM_F_REQUEST | NLM_F_ACK | flags, payload);
    let answer: Buffer | undefined;
    for (;;) {
      const length = checked('recv', () => libcRecv(this.#fd, this.#reply, RECEIVE_BYTES, 0), '(netlink)');
      for (const message of messages(this.#reply, length)) {
        if (message.type !== NLMSG_ERROR) {
          answer ??= Buffer.from(message.payload);
          continue;
        }
        const errno = -message.payload.readInt32LE(0);
        if (errno !== 0) throw new SystemCallError('netlink', errno, what);
        return answer;
      }
    }
  }

  /**
   * Asks for a table and hands each entry to `visit`. An entry's bytes are valid only during its visit. When a visit throws,
   * the rest of the answer is still taken, so that the next request does not find it.
   * @throws SystemCallError with the kernel's errno, or what a visit has thrown.
   */
  dump(what: string, type: number, payload: Uint8Array, visit: (entry: Buffer) => void): void {
    this.#send(type, NLM_F_REQUEST | NLM_F_DUMP, payload);
    const thrown: unknown[] = [];
    for (;;) {
      const length = checked('recv', () => libcRecv(this.#fd, this.#reply, RECEIVE_BYTES, 0), '(netlink)');
      for (const message of messages(this.#reply, length)) {
        if (message.type === NLMSG_DONE || message.type === NLMSG_ERROR) {
          const errno = -message.payload.readInt32LE(0);
          if (errno !== 0) throw new SystemCallError('netlink', errno, what);
          if (thrown.length > 0) throw thrown[0];
          return;
        }
        try {
          visit(message.payload);
        } catch (error) {
          thrown.push(error);
        }
      }
    }
  }

  close(): void {
    if (this.#fd < 0) return;
    closeOnce(this.#fd);
    this.#fd = -1;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #send(type: number, flags: number, payload: Uint8Array): void {
    this.#sequence = (this.#sequence + 1) >>> 0;
    const message = Buffer.alloc(HEADER + payload.length);
    message.writeUInt32LE(message.length, 0);
    message.writeUInt16LE(integer('netlink message type', type, 0, 0xffff), 4);
    message.writeUInt16LE(flags, 6);
    message.writeUInt32LE(this.#sequence, 8);
    message.set(payload, HEADER);
    checked('send', () => libcSend(this.#fd, message, message.length, 0), '(netlink)');
  }
}

function* messages(bytes: Buffer, length: number): Generator<{ type: number; payload: Buffer }> {
  for (let at = 0; at + HEADER <= length; ) {
    const size = bytes.readUInt32LE(at);
    if (size < HEADER || at + size > length)
      throw new Error(`netlink message of ${size} bytes at ${at} of ${length}`);
    yield { type: bytes.readUInt16LE(at + 4), payload: bytes.subarray(at + HEADER, at + size) };
    at += (size + 3) & ~3;
  }
}

/** One netlink attribute (type, length, value, padding to 4 bytes). A list of attributes nests them. */
export function attribute(type: number, value: Uint8Array | readonly Uint8Array[]): Buffer {
  const body = value instanceof Uint8Array ? value : Buffer.concat(value);
  const bytes = Buffer.alloc((4 + body.length + 3) & ~3);
  bytes.writeUInt16LE(4 + body.length, 0);
  bytes.writeUInt16LE(type, 2);
  bytes.set(body, 4);
  return bytes;
}

/** The value of the first attribute of this type in `bytes`, from `at` on. */
export function findAttribute(bytes: Buffer, at: number, type: number): Buffer | undefined {
  for (let next = at; next + 4 <= bytes.length; ) {
    const length = bytes.readUInt16LE(next);
    if (length < 4) return undefined;
    if (bytes.readUInt16LE(next + 2) === type) return bytes.subarray(next + 4, next + length);
    next += (length + 3) & ~3;
  }
  return undefined;
}

/** A NUL-terminated string attribute. */
export function stringAttribute(type: number, value: string): Buffer {
  return attribute(type, Buffer.from(`${value}\0`));
}

/** A 32-bit attribute in the machine's byte order (little-endian on every platform Node supports here). */
export function numberAttribute(type: number, value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(integer('netlink attribute', value, 0, 0xffff_ffff), 0);
  return attribute(type, bytes);
}
