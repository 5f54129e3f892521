import { close } from 'node:fs';
import { integer } from './arguments.ts';
import { monotonicNs, realtimeToMonotonicNs } from './clock.ts';
import { libcBind, libcGetsockopt, libcRecvmmsg, libcSetsockopt, libcSocket } from './libc.ts';
import { freeNativeMemory, type NativeMemory, nativeMemory } from './memory.ts';
import { SOCK_CLOEXEC, SOCK_NONBLOCK } from './socket.ts';
import { checked, checkedOrPending } from './system-call.ts';

const AF_PACKET = 17;
const SOCK_DGRAM = 2;
const ETH_P_ALL_BE = 0x0300;
const SOL_SOCKET = 1;
const SOL_PACKET = 263;
const SO_ATTACH_FILTER = 26;
const SO_RCVBUFFORCE = 33;
const SO_RCVBUF = 8;
const SO_TIMESTAMPNS = 35;
const PACKET_STATISTICS = 6;
const PACKET_IGNORE_OUTGOING = 23;
const MSG_TRUNC = 0x20;
/** Where a filter finds whom a frame is for, and what that is for a frame of somebody else's. linux/filter.h, linux/if_packet.h. */
const PACKET_TYPE = 0xffff_f004;
const PACKET_OTHERHOST = 3;

/** Layout of one batch: so many messages, each with its own address, control block and bytes. recvmmsg(2). */
const BATCH = 32;
const MMSGHDR = 64;
const IOVEC = 16;
const NAME = 24;
const CONTROL = 64;
const SNAP = 2_048;
const IOVECS = BATCH * MMSGHDR;
const NAMES = IOVECS + BATCH * IOVEC;
const CONTROLS = NAMES + BATCH * NAME;
const DATA = CONTROLS + BATCH * CONTROL;
const TOTAL = DATA + BATCH * SNAP;

/** A packet that arrived at an interface of the namespace: the IP packet without its link-layer header. */
export interface CapturedPacket {
  /** A copy of the first bytes, at most 2,048. */
  readonly bytes: Uint8Array;
  /** Its length on the wire. */
  readonly length: number;
  /** When the kernel took it from the wire, CLOCK_MONOTONIC in nanoseconds. */
  readonly atNs: bigint;
  readonly interfaceIndex: number;
}

/**
 * Sees every packet that arrives in a network namespace, before netfilter's input hook drops any of it. Outgoing
 * packets are left out: the other end sees them arrive. packet(7).
 */
export class PacketSocket implements Disposable {
  #fd: number;
  readonly #memory: NativeMemory;

  /** Opens the socket in the calling thread's namespace. Needs CAP_NET_RAW there. @throws SystemCallError EPERM. */
  constructor(options: { receiveBufferBytes?: number } = {}) {
    const type = SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC;
    this.#fd = checked('socket', () => libcSocket(AF_PACKET, type, 0), '(packet)');
    this.#memory = nativeMemory(TOTAL);
    this.#pointHeadersAtBuffers();
    this.#set(SOL_SOCKET, SO_TIMESTAMPNS, int32(1), 'SO_TIMESTAMPNS');
    this.#set(SOL_PACKET, PACKET_IGNORE_OUTGOING, int32(1), 'PACKET_IGNORE_OUTGOING');
    this.#bufferBytes(options.receiveBufferBytes ?? 4 << 20);
    this.#onlyTcp();
    this.#startReceiving();
  }

  /** The file descriptor, still owned by this object. */
  get fd(): number {
    if (this.#fd < 0) throw new Error('this packet socket is closed');
    return this.#fd;
  }

  /**
   * Hands every packet that has arrived by now to `visit`, oldest first. Never waits, and comes to an end when more arrive as fast
   * as they are taken, or when `visit` closes this socket. @returns how many there were.
   */
  drain(visit: (packet: CapturedPacket) => void): number {
    // First of all: a closed one has no memory to write to.
    const { fd } = this;
    const { address } = this.#memory;
    const begunNs = monotonicNs();
    let total = 0;
    let lastNs = 0n;
    const take = (packet: CapturedPacket): void => {
      lastNs = packet.atNs;
      visit(packet);
    };
    for (;;) {
      this.#resetLengths();
      const count = checkedOrPending('recvmmsg', () => libcRecvmmsg(fd, address, BATCH, 0, null));
      if (count === undefined || count === 0) return total;
      const toMonotonic = realtimeToMonotonicNs();
      for (let n = 0; n < count && this.#fd >= 0; n++, total++) take(this.#packet(n, toMonotonic));
      if (count < BATCH || lastNs > begunNs || this.#fd < 0) return total;
    }
  }

  /** How many packets the kernel could not keep for us since the last call. Anything but 0 makes a capture incomplete. */
  lost(): number {
    const statistics = Buffer.alloc(8);
    checked('getsockopt', () => libcGetsockopt(this.fd, SOL_PACKET, PACKET_STATISTICS, statistics, int32(8)));
    return statistics.readUInt32LE(4);
  }

  /** Closes on another thread: the kernel makes close(2) of a packet socket wait 10 ms for every processor. */
  close(): void {
    if (this.#fd < 0) return;
    close(this.#fd);
    this.#fd = -1;
    freeNativeMemory(this.#memory);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #packet(n: number, toMonotonic: bigint): CapturedPacket {
    const { bytes } = this.#memory;
    const header = n * MMSGHDR;
    const captured = Math.min(bytes.readUInt32LE(header + 56), SNAP);
    const truncated = (bytes.readUInt32LE(header + 48) & MSG_TRUNC) !== 0;
    const data = DATA + n * SNAP;
    const packet = Uint8Array.prototype.slice.call(bytes, data, data + captured);
    const control = CONTROLS + n * CONTROL;
    const seconds = bytes.readBigInt64LE(control + 16);
    const nanoseconds = bytes.readBigInt64LE(control + 24);
    return {
      bytes: packet,
      length: truncated ? ipLength(packet) : captured,
      atNs: seconds * 1_000_000_000n + nanoseconds + toMonotonic,
      interfaceIndex: bytes.readUInt32LE(NAMES + n * NAME + 4),
    };
  }

  #pointHeadersAtBuffers(): void {
    const { bytes, address } = this.#memory;
    for (let n = 0; n < BATCH; n++) {
      const header = n * MMSGHDR;
      const vector = IOVECS + n * IOVEC;
      bytes.writeBigUInt64LE(address + BigInt(NAMES + n * NAME), header);
      bytes.writeBigUInt64LE(address + BigInt(vector), header + 16);
      bytes.writeBigUInt64LE(1n, header + 24);
      bytes.writeBigUInt64LE(address + BigInt(CONTROLS + n * CONTROL), header + 32);
      bytes.writeBigUInt64LE(address + BigInt(DATA + n * SNAP), vector);
      bytes.writeBigUInt64LE(BigInt(SNAP), vector + 8);
    }
  }

  #resetLengths(): void {
    for (let n = 0; n < BATCH; n++) {
      this.#memory.bytes.writeUInt32LE(NAME, n * MMSGHDR + 8);
      this.#memory.bytes.writeBigUInt64LE(BigInt(CONTROL), n * MMSGHDR + 40);
    }
  }

  /** SO_RCVBUFFORCE goes past the machine's limit where that is allowed, SO_RCVBUF up to it. */
  #bufferBytes(bytes: number): void {
    const value = int32(integer('receive buffer', bytes, 4_096, 1 << 30));
    if (libcSetsockopt(this.#fd, SOL_SOCKET, SO_RCVBUFFORCE, value, 4) < 0) {
      this.#set(SOL_SOCKET, SO_RCVBUF, value, 'SO_RCVBUF');
    }
  }

  /**
   * A classic BPF program: of IPv4 it keeps TCP, of IPv6 all but ICMPv6 (extension headers may come before TCP), and
   * nothing else. Without it, neighbour discovery would share the buffer. A frame that a switch has brought here though it is for
   * somebody else is left out, too: its hardware address is not this host's.
   */
  #onlyTcp(): void {
    const loadByte = 0x30;
    const and = 0x54;
    const ifEqual = 0x15;
    const answer = 0x06;
    const program: [code: number, jumpTrue: number, jumpFalse: number, k: number][] = [
      [loadByte, 0, 0, PACKET_TYPE],
      [ifEqual, 9, 0, PACKET_OTHERHOST],
      [loadByte, 0, 0, 0],
      [and, 0, 0, 0xf0],
      [ifEqual, 0, 2, 0x40],
      [loadByte, 0, 0, 9],
      [ifEqual, 3, 4, 6],
      [ifEqual, 0, 3, 0x60],
      [loadByte, 0, 0, 6],
      [ifEqual, 1, 0, 58],
      [answer, 0, 0, 0x0004_0000],
      [answer, 0, 0, 0],
    ];
    const code = nativeMemory(program.length * 8);
    for (const [n, [op, jumpTrue, jumpFalse, k]] of program.entries()) {
      code.bytes.writeUInt16LE(op, n * 8);
      code.bytes[n * 8 + 2] = jumpTrue;
      code.bytes[n * 8 + 3] = jumpFalse;
      code.bytes.writeUInt32LE(k >>> 0, n * 8 + 4);
    }
    const filter = Buffer.alloc(16);
    filter.writeUInt16LE(program.length, 0);
    filter.writeBigUInt64LE(code.address, 8);
    try {
      this.#set(SOL_SOCKET, SO_ATTACH_FILTER, filter, 'SO_ATTACH_FILTER');
    } finally {
      freeNativeMemory(code);
    }
  }

  /** Binds to every interface and every protocol only now, when the filter is in place. */
  #startReceiving(): void {
    const address = Buffer.alloc(20);
    address.writeUInt16LE(AF_PACKET, 0);
    address.writeUInt16LE(ETH_P_ALL_BE, 2);
    checked('bind', () => libcBind(this.#fd, address, address.length), '(packet)');
  }

  #set(level: number, option: number, value: Buffer, name: string): void {
    checked('setsockopt', () => libcSetsockopt(this.#fd, level, option, value, value.length), name);
  }
}

function ipLength(packet: Uint8Array): number {
  const view = Buffer.from(packet.buffer, packet.byteOffset, packet.byteLength);
  return (view[0] as number) >> 4 === 4 ? view.readUInt16BE(2) : 40 + view.readUInt16BE(4);
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value, 0);
  return bytes;
}
