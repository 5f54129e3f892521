import type { SocketRecord } from './sock-diag.ts';
import type { Hit } from './trace-hit.ts';
import { keyOf, Life } from './trace-life.ts';

/** A socket that sock_diag has seen, and whose it is. */
export interface SeenSocket<Owner> {
  readonly owner: Owner;
  readonly host: string;
  readonly socket: SocketRecord;
}

interface Row<Owner> extends SeenSocket<Owner> {
  socket: SocketRecord;
  /** First seen in TIME_WAIT, which is another structure: it may have got another cookie than the socket it came from. */
  readonly late: boolean;
  /** Whether a life was tied to it. */
  tied: boolean;
}

/** Lives that are nobody's yet, by their addresses and ports. */
type Index<Owner> = Map<string, Set<Life<Row<Owner>>>>;

/**
 * Ties hits to sockets. A tracepoint knows no network namespace, and runs side by side all use the same addresses. So there
 * are two ways, and a hit that neither of them ties is nobody's, and only counted:
 *
 * - `tcp_destroy_sock` names structure and cookie in one record, and a cookie is one socket's on the whole machine (since
 *   Linux 5.3). So what a socket has done is certain when it has ended, if sock_diag ever saw it before TIME_WAIT.
 * - Until then, by exclusion. The tracepoints see the whole machine, so a socket that sock_diag shows has a life among those
 *   that were traced. When only one of these has its addresses and ports, and was in its state, that one is it. Only a hit the
 *   kernel did not record could make this wrong, and only beside another run that uses the same two ports at the same time;
 *   the socket's end then tells, see `mistaken`.
 *
 * A SYN-ACK that is sent again belongs to a request, which is no socket yet: it is tied to the half-open row with its addresses
 * and ports, if only one run has such a row.
 */
export class Lives<Owner> {
  readonly #tied: (hit: Hit, seen: SeenSocket<Owner>) => void;
  readonly #bySocket = new Map<bigint, Life<Row<Owner>>>();
  readonly #rows = new Map<string, Row<Owner>>();
  readonly #waiting = new Set<Row<Owner>>();
  /** Rows that were seen half-open before anything could be traced of them. */
  readonly #requests = new Set<Row<Owner>>();
  readonly #living: Index<Owner> = new Map();
  /** Ended, with a cookie that no row has. */
  readonly #ended: Index<Owner> = new Map();
  /** Hits of no socket: a reset in answer to a segment that none wanted. */
  #homeless: Hit[] = [];
  #mistaken = 0;

  /** @param tied takes the hits that are tied to a socket, those of one socket in order */
  constructor(tied: (hit: Hit, seen: SeenSocket<Owner>) => void) {
    this.#tied = tied;
  }

  /** How many lives turned out to be another socket's than the one they were tied to. */
  get mistaken(): number {
    return this.#mistaken;
  }

  /** Takes note of a row of a socket table. */
  see({ owner, host, socket }: SeenSocket<Owner>): void {
    const known = this.#rows.get(socket.cookie);
    const row = known ?? { owner, host, socket, late: socket.state === 'TIME_WAIT', tied: false };
    row.socket = socket;
    this.#rows.set(socket.cookie, row);
    // A request is no socket yet: nothing is traced of it before it is one.
    const request = socket.state === 'SYN_RCVD' && socket.inode === 0;
    if (request) this.#requests.add(row);
    else if (!row.tied) this.#waiting.add(row);
  }

  /**
   * Takes a hit; they must come in the order of time.
   * @param keep whether it may be of this lab, by its addresses: others are forgotten when they end
   */
  add(hit: Hit, keep: boolean): void {
    const request = hit.what.tracepoint === 'tcp_retransmit_synack' ? this.#requestOf(hit) : undefined;
    if (request !== undefined) {
      this.#tied(hit, request);
      return;
    }
    if (hit.socket === 0n || hit.what.tracepoint === 'tcp_retransmit_synack') {
      if (keep) this.#homeless.push(hit);
      return;
    }
    const life = this.#lifeOf(hit, keep);
    this.#unfile(this.#living, life);
    life.add(hit);
    if (life.owner === undefined) this.#file(this.#living, life);
    if (hit.cookie !== undefined) this.#identify(life, hit.cookie);
    if (hit.what.tracepoint === 'tcp_destroy_sock') this.#end(life, hit.socket, keep);
    else if (life.owner === undefined) life.hits.push(hit);
    else this.#tied(hit, life.owner);
  }

  /** Ties what can be tied by exclusion. All hits until the last look at a socket table must have been added. */
  settle(): void {
    for (const row of this.#waiting) {
      const { local, remote, state } = row.socket;
      const candidates = [
        ...few(this.#living.get(keyOf(local, remote))),
        ...(state === 'SYN_SENT' ? few(this.#living.get(keyOf(undefined, remote))) : []),
        ...(row.late ? few(this.#ended.get(keyOf(local, remote))) : []),
      ];
      const [life] = candidates;
      if (life !== undefined && candidates.length === 1 && (row.late || life.was(state)))
        this.#tie(life, row);
    }
  }

  /** How many hits since a time, at one of these local addresses, are nobody's. */
  leftOut(addresses: ReadonlySet<string>, sinceNs: bigint): number {
    const lives = [this.#living, this.#ended].flatMap((index) =>
      [...index.values()].flatMap((set) => [...set]),
    );
    const hits = [...lives.flatMap((life) => life.hits), ...this.#homeless];
    return hits.filter(({ atNs, local }) => atNs >= sinceNs && addresses.has(local.address)).length;
  }

  /** Forgets an owner's rows. What is traced of them from now on is nobody's. */
  forget(owner: Owner): void {
    for (const [cookie, row] of this.#rows) {
      if (row.owner !== owner) continue;
      this.#rows.delete(cookie);
      this.#waiting.delete(row);
      this.#requests.delete(row);
    }
    if (this.#rows.size > 0) return;
    this.#ended.clear();
    this.#homeless = [];
  }

  /** The half-open row that has a hit's ends, if there is only one. */
  #requestOf({ local, remote }: Hit): Row<Owner> | undefined {
    const key = keyOf(local, remote);
    const rows = [...this.#requests].filter(({ socket }) => keyOf(socket.local, socket.remote) === key);
    return rows.length === 1 ? rows[0] : undefined;
  }

  #lifeOf(hit: Hit, keep: boolean): Life<Row<Owner>> {
    const known = this.#bySocket.get(hit.socket);
    if (known !== undefined && !known.isOver(hit)) return known;
    if (known !== undefined) this.#end(known, hit.socket, keep);
    const life = new Life<Row<Owner>>();
    this.#bySocket.set(hit.socket, life);
    return life;
  }

  #end(life: Life<Row<Owner>>, socket: bigint, keep: boolean): void {
    this.#bySocket.delete(socket);
    this.#unfile(this.#living, life);
    // A socket can connect again after it failed to: then it has another life.
    if (life.owner !== undefined) life.owner.tied = false;
    else if (keep && life.hits.length > 0) this.#file(this.#ended, life);
  }

  #identify(life: Life<Row<Owner>>, cookie: string): void {
    const row = this.#rows.get(cookie);
    if (life.owner === undefined) {
      if (row?.tied === true) this.#mistaken += 1;
      if (row !== undefined) this.#tie(life, row);
    } else if (
      life.owner !== row &&
      !life.owner.late &&
      this.#rows.get(life.owner.socket.cookie) === life.owner
    ) {
      this.#mistaken += 1;
    }
  }

  #tie(life: Life<Row<Owner>>, row: Row<Owner>): void {
    this.#unfile(this.#living, life);
    this.#unfile(this.#ended, life);
    life.owner = row;
    row.tied = true;
    this.#waiting.delete(row);
    for (const hit of life.hits) this.#tied(hit, row);
    life.hits = [];
  }

  #file(index: Index<Owner>, life: Life<Row<Owner>>): void {
    if (life.key === undefined) return;
    const lives = index.get(life.key) ?? new Set();
    lives.add(life);
    index.set(life.key, lives);
  }

  #unfile(index: Index<Owner>, life: Life<Row<Owner>>): void {
    if (life.key === undefined) return;
    const lives = index.get(life.key);
    lives?.delete(life);
    if (lives?.size === 0) index.delete(life.key);
  }
}

/** The first two: more than one is too many, and there may be thousands. */
function few<T>(set: ReadonlySet<T> = new Set()): T[] {
  return [...set.values().take(2)];
}
