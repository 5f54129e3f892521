import type { Rules } from '../gate/rules.ts';
import type { KnobName } from '../host/knobs.ts';
import type { SocketRecord } from './sock-diag.ts';
import type { ArrivedSegment } from './tap.ts';

/**
 * What has to be done in a host's own network namespace to see what happens there and to hold segments back. Where this process
 * can enter that namespace, it does so itself (local-observer.ts); where it cannot, as in a container, a program of the lab beside
 * the host does the same there (remote-observer.ts). Whoever uses one need not know which it is.
 */
export interface Observer {
  /** Looks at the socket table now. What it shows, and every segment before it, has been told to the sight when this resolves. */
  look(): Promise<void>;
  /** Goes on looking by itself, some 300 times a second, or stops that. */
  keepLooking(on: boolean): void;
  /** The host's nftables. */
  readonly rules: Rules;
  /** How many segments the kernel could not keep for the tap, in total. */
  lost(): Promise<number>;
  /** Whether a program on this host has a raw TCP socket open. */
  hasRawTcpSocket(): Promise<boolean>;
  /** The counters of the host's network stack, by name. */
  counters(): Promise<ReadonlyMap<string, number>>;
  /** A sysctl that is one number; undefined when this kernel does not have it. */
  sysctl(name: KnobName): Promise<number | undefined>;
  /** Tells what is left on the tap, and stops. @returns how many segments were lost, in total. */
  close(): Promise<number>;
}

/** Who is told what an observer sees. Segments come before the look at the state that they cause. */
export interface Sight {
  segment(arrived: ArrivedSegment): void;
  /**
   * @param atNs CLOCK_MONOTONIC, nanoseconds: the end of the look
   * @param sockets a row that has not changed since the last look is the same object
   * @param beganNs the same clock: what was so before then shows in it; what came later may not
   */
  looked(atNs: bigint, sockets: readonly SocketRecord[], beganNs: bigint): void;
  /** The observer cannot go on. */
  failed(error: Error): void;
}
