import raw, { type Socket } from 'raw-socket';
import { RAW_MARK } from '../gate/raw-mark.ts';
import { type Endpoint, family } from '../tcp/address.ts';
import { decodePacket, decodeSegment, encodeSegment, PacketError } from '../tcp/packet.ts';
import type { Segment } from '../tcp/segment.ts';

const SOL_SOCKET = 1;
const SO_MARK = 36;
/** The largest IP packet. */
const BUFFER_BYTES = 65_535;

/**
 * Channels in use. The event loop holds a raw socket only by its native half: without this, one that a program merely waits
 * on is garbage, and raw-socket closes it when it is collected.
 */
const open = new Set<RawChannel>();

/**
 * Sends and receives whole TCP segments past the kernel's own TCP, on a raw socket: the kernel writes the IP header, this
 * lab everything behind it. Needs CAP_NET_RAW. raw(7).
 */
export class RawChannel implements Disposable {
  readonly #socket: Socket;
  #closed = false;

  /**
   * @param local only segments for this endpoint are handed over.
   * @param arrived gets each of them.
   * @param failed gets an error of the socket itself.
   */
  constructor(local: Endpoint, arrived: (segment: Segment) => void, failed: (error: Error) => void) {
    const version = family(local.address);
    this.#socket = raw.createSocket({
      protocol: raw.Protocol.TCP,
      addressFamily: version === 4 ? raw.AddressFamily.IPv4 : raw.AddressFamily.IPv6,
      bufferSize: BUFFER_BYTES,
    });
    open.add(this);
    this.#mark();
    this.#socket.on('error', failed);
    this.#socket.on('message', (bytes, source) => {
      const segment = decode(version, Uint8Array.from(bytes), source, local.address);
      if (segment?.destination.port === local.port) arrived(segment);
    });
  }

  /** Sends one segment with a correct checksum. Resolves when the kernel has taken it. @throws PacketError, Error. */
  async send(segment: Segment): Promise<void> {
    if (this.#closed) throw new Error('this raw socket is closed');
    const bytes = encodeSegment(segment);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#socket.send(bytes, 0, bytes.length, segment.destination.address, (error) => {
      if (error === null) resolve();
      else reject(error);
    });
    await promise;
  }

  /** Sends bytes that are already a TCP segment, at once and without a queue. @throws Error when the kernel has no room. */
  sendNow(bytes: Uint8Array, address: string): void {
    this.#socket.wrap.send(bytes, 0, bytes.length, address, () => {});
  }

  /** Stops listening to what arrives, for a program that only sends. */
  deafen(): void {
    this.#socket.pauseRecv();
  }

  close(): void {
    this.#closed = true;
    open.delete(this);
    this.#socket.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** Before Linux 5.17 a mark takes CAP_NET_ADMIN. Without it all is as it was, but for an RST of ours: the gate drops it. */
  #mark(): void {
    const value = Buffer.alloc(4);
    value.writeUInt32LE(RAW_MARK, 0);
    try {
      this.#socket.setOption(SOL_SOCKET, SO_MARK, value, value.length);
    } catch (error) {
      if (!(error instanceof Error && error.message.includes('not permitted'))) throw error;
    }
  }
}

/** An IPv4 raw socket hands over the IP header too, an IPv6 one does not. Undefined for what is no whole segment. */
function decode(version: 4 | 6, bytes: Uint8Array, source: string, local: string): Segment | undefined {
  try {
    return version === 4 ? decodePacket(bytes).segment : decodeSegment(bytes, source, local).segment;
  } catch (error) {
    if (error instanceof PacketError) return undefined;
    throw error;
  }
}
