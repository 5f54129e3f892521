import type { Place } from '../host/host.ts';
import { type CapturedPacket, PacketSocket } from '../sys/packet-socket.ts';
import { stampArrivals } from '../sys/stamping.ts';
import { decodePacket } from '../tcp/packet.ts';
import { PacketError } from '../tcp/packet-error.ts';
import type { Segment } from '../tcp/segment.ts';

/** A TCP segment that arrived at a host, before any gate of that host could drop it. */
export interface ArrivedSegment {
  /** CLOCK_MONOTONIC, nanoseconds: when the kernel took it from the wire. */
  readonly atNs: bigint;
  readonly segment: Segment;
  /** The IP packet as it was on the wire, at most its first 2,048 bytes. */
  readonly packet: Uint8Array;
  /** Length of the IP packet on the wire. */
  readonly length: number;
  readonly interfaceIndex: number;
  readonly checksumOk: boolean;
}

/** The second witness: every TCP segment that arrives at a host. */
export class Tap implements Disposable {
  readonly #socket: PacketSocket;
  #lost = 0;

  constructor(host: Place) {
    stampArrivals((work) => host.enter(work));
    this.#socket = host.enter(() => new PacketSocket());
  }

  /** Readable when segments wait; for readiness.ts. */
  get fd(): number {
    return this.#socket.fd;
  }

  /** Hands over what has arrived since the last call, oldest first. Never waits. */
  drain(visit: (arrived: ArrivedSegment) => void): void {
    this.#socket.drain((captured) => {
      const arrived = arrivedSegment(captured);
      if (arrived !== undefined) visit(arrived);
    });
  }

  /** Segments the kernel could not keep for this tap, since it was opened. Anything but 0 makes the capture incomplete. */
  lost(): number {
    this.#lost += this.#socket.lost();
    return this.#lost;
  }

  close(): void {
    this.#socket.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

/** The TCP segment in a captured packet; undefined when there is none in it. */
export function arrivedSegment(captured: CapturedPacket): ArrivedSegment | undefined {
  try {
    const decoded = decodePacket(captured.bytes);
    return {
      atNs: captured.atNs,
      segment: decoded.segment,
      packet: captured.bytes,
      length: captured.length,
      interfaceIndex: captured.interfaceIndex,
      checksumOk: decoded.ipChecksumOk && (decoded.truncated || decoded.tcpChecksumOk),
    };
  } catch (error) {
    if (error instanceof PacketError) return undefined;
    throw error;
  }
}
