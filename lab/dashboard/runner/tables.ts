import type { SocketRecord } from '../../observe/sock-diag.ts';
import type { Look, Witness } from '../../observe/witness.ts';

/** A table in which only timers have run on is told again after this time, in milliseconds; any other change is told at once. */
const TIMERS_MS = 200;
/** A table that has not changed at all is told again after this time, so that whoever reads it knows that it is still so. */
const STILL_MS = 1_000;
/** Of a longer table every row beyond so many makes the next time it is told a millisecond later: a flood has thousands. */
const AT_ONCE = 64;
/** A table with more rows takes so long to read that it is not looked at between the times at which it is told. */
const SELDOM = 1_000;

type Watched = Pick<Witness, 'watch' | 'latest' | 'isOver'>;

/** Tells of a host's socket table as it changes: nobody can read two hundred looks a second. */
export class Table {
  readonly #tell: (look: Look) => void;
  #told: Look | undefined;
  #latest: Look | undefined;
  #witness: Watched | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(tell: (look: Look) => void) {
    this.#tell = tell;
  }

  /** Looks at a host until the run is over. @throws Error when its witness is closed */
  watch(witness: Watched): void {
    this.#witness = witness;
    const stop = witness.watch((look) => {
      this.see(look);
      if (look.sockets.length <= SELDOM) return;
      stop();
      this.#timer = setTimeout(() => !witness.isOver && this.watch(witness), look.sockets.length - AT_ONCE);
    });
  }

  /** Takes a look at the host. */
  see(look: Look): void {
    this.#latest = look;
    const old = this.#told;
    if (old !== undefined) {
      const sinceMs = look.atMs - old.atMs;
      if (sinceMs < look.sockets.length - AT_ONCE) return;
      const isSame = isSameTable(old.sockets, look.sockets);
      const hasTimers = look.sockets.some(({ timer }) => timer !== 'none');
      if (isSame && sinceMs < (hasTimers ? TIMERS_MS : STILL_MS)) return;
    }
    this.#told = look;
    this.#tell(look);
  }

  /** Tells the last look, when there are no more. */
  last(): void {
    clearTimeout(this.#timer);
    const latest = this.#witness?.latest ?? this.#latest;
    if (latest !== undefined && latest !== this.#told) this.#tell(latest);
  }
}

function isSameTable(old: readonly SocketRecord[], now: readonly SocketRecord[]): boolean {
  return (
    old.length === now.length &&
    now.every((socket, n) => {
      const before = old[n];
      return before === socket || (before !== undefined && isSame(before, socket));
    })
  );
}

function isSame(a: SocketRecord, b: SocketRecord): boolean {
  return (
    a.cookie === b.cookie &&
    a.state === b.state &&
    a.receiveQueue === b.receiveQueue &&
    a.sendQueue === b.sendQueue &&
    a.timer === b.timer &&
    a.retransmits === b.retransmits &&
    a.inode === b.inode
  );
}
