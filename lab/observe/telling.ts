import { RESOLVER } from '../host/docker/engine-resolver.ts';
import type { Sight } from './observer.ts';
import { runOn } from './running-timer.ts';
import type { SocketRecord } from './sock-diag.ts';
import type { ArrivedSegment } from './tap.ts';
import { tellingChange } from './telling-change.ts';

/** What an observer in a container says at once: the segments that have arrived, and what the socket table showed after them. */
export interface Report {
  /** When each arrived (CLOCK_MONOTONIC in nanoseconds, a decimal number), its packet in base64, its length on the wire, its interface. */
  readonly segments?: readonly (readonly [
    atNs: string,
    packet: string,
    length: number,
    interfaceIndex: number,
  ])[];
  readonly look?: {
    readonly atNs: string;
    readonly beganNs: string;
    /** Rows that are new, or not what they were but for a timer that has run down as timers do. */
    readonly rows?: readonly SocketRecord[];
    /** The cookies of the rows that are gone. */
    readonly gone?: readonly string[];
  };
}

/** A timer that is so far from where it should be was set anew. The kernel counts in ticks of up to 10 ms. */
const ANEW_MS = 25;

interface Told {
  readonly row: SocketRecord;
  readonly atNs: bigint;
}

/** Puts what an observer sees into few words: only what has changed since it was told last. */
export class Telling implements Sight {
  readonly #say: (report: Report) => void;
  #segments: [string, string, number, number][] = [];
  #told = new Map<string, Told>();

  constructor(say: (report: Report) => void) {
    this.#say = say;
  }

  segment({ atNs, packet, length, interfaceIndex }: ArrivedSegment): void {
    this.#segments.push([String(atNs), Buffer.from(packet).toString('base64'), length, interfaceIndex]);
  }

  looked(atNs: bigint, sockets: readonly SocketRecord[], beganNs: bigint): void {
    const now = new Map<string, Told>();
    const rows: SocketRecord[] = [];
    for (const row of sockets) {
      if (row.local.address === RESOLVER) continue;
      const before = this.#told.get(row.cookie);
      if (before !== undefined && !isNews(before, row, atNs)) now.set(row.cookie, before);
      else {
        rows.push(row);
        now.set(row.cookie, { row, atNs });
      }
    }
    const gone = [...this.#told.keys()].filter((cookie) => !now.has(cookie));
    this.#told = now;
    this.#say({
      ...this.#segmentsSoFar(),
      look: {
        atNs: String(atNs),
        beganNs: String(beganNs),
        ...(rows.length === 0 ? {} : { rows }),
        ...(gone.length === 0 ? {} : { gone }),
      },
    });
  }

  /** Says what has not been said yet. */
  flush(): void {
    if (this.#segments.length > 0) this.#say(this.#segmentsSoFar());
  }

  failed(error: Error): void {
    throw error;
  }

  #segmentsSoFar(): Pick<Report, 'segments'> {
    return this.#segments.length === 0 ? {} : { segments: this.#segments.splice(0) };
  }
}

function isNews(before: Told, now: SocketRecord, atNs: bigint): boolean {
  if (before.row === now) return false;
  if (before.row.state !== now.state || tellingChange(before.row, now)) return true;
  return Math.abs(runOn(before.row, before.atNs, atNs).timerMs - now.timerMs) > ANEW_MS;
}
