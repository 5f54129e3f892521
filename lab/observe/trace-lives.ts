import type { Endpoint } from '../tcp/address.ts';
import type { SocketRecord } from './sock-diag.ts';
import type { Hit } from './trace-hit.ts';

/** A socket that sock_diag has seen, and whose it is. */
export interface SeenSocket<Owner> {
  readonly owner: Owner;
  readonly host: string;
  readonly socket: SocketRecord;
}

interface Row<Owner> {
  readonly owner: Owner;
  readonly host: string;
  socket: SocketRecord;
  /** First seen in TIME_WAIT, which is another structure: it may have got another cookie than the socket it came from. */
  readonly late: boolean;
  claimed: boolean;
}

/** What one socket structure did between its first hit and `tcp_destroy_sock`. */
interface Life<Owner> {
  row: Row<Owner> | undefined;
  /** Hits that are not anybody's yet. */
  hits: Hit[];
  /** Where the life is kept while it is nobody's. */
  index: Index<Owner>;
  key: string;
}

/** Lives that are nobody's yet, by their addresses and ports. */
type Index<Owner> = Map<string, Set<Life<Owner>>>;

/**
 * Ties hits to sockets. A tracepoint knows no network namespace, and runs side by side all use the same addresses, so there
 * are two ways, and both are proofs:
 *
 * - `tcp_destroy_sock` tells structure and cookie in one record, and a cookie is one socket's on the whole machine
 *   (since Linux 5.3). So a socket that has ended is certain, if sock_diag ever saw it before TIME_WAIT.
 * - Before that, by exclusion. The tracepoint sees the whole machine, so the life of a socket that sock_diag shows is among
 *   those begun since tracing did. When all but one of these have other addresses or ports, or are another socket's, that one
 *   is it. For this a hit must never be lost, and all until the look at the socket table must have been added before `settle`.
 *
 * What is tied neither way is nobody's, and is only counted.
 */
export class Lives<Owner> {
  readonly #claimed: (hit: Hit, seen: SeenSocket<Owner>) => void;
  readonly #bySocket = new Map<bigint, Life<Owner>>();
  readonly #rows = new Map<string, Row<Owner>>();
  readonly #waiting = new Set<Row<Owner>>();
  /** With both ends known. */
  readonly #living: Index<Owner> = new Map();
  /** Sent a SYN from a port that is not known yet, by the remote end. */
  readonly #opening: Index<Owner> = new Map();
  /** Ended, with a cookie that no row has. */
  readonly #ended: Index<Owner> = new Map();
  #homeless: Hit[] = [];
  #mistaken = 0;

  /** @param claimed takes the hits that are tied to a socket, those of one socket in order */
  constructor(claimed: (hit: Hit, seen: SeenSocket<Owner>) => void) {
    this.#claimed = claimed;
  }

  /** How often `tcp_destroy_sock` has contradicted what was tied by exclusion; anything but 0 is our mistake. */
  get mistaken(): number {
    return this.#mistaken;
  }

  /** Takes note of a row of a socket table. */
  see({ owner, host, socket }: SeenSocket<Owner>): void {
    const known = this.#rows.get(socket.cookie);
    const row = known ?? { owner, host, socket, late: socket.state === 'TIME_WAIT', claimed: false };
    row.socket = socket;
    this.#rows.set(socket.cookie, row);
    // A request is no socket yet: nothing is traced of it before it is one.
    const request = socket.state === 'SYN_RCVD' && socket.inode === 0;
    if (!row.claimed && !request) this.#waiting.add(row);
  }

  /**
   * Takes a hit; they must come in the order of time.
   * @param keep whether it may be of this lab, by its addresses: others are forgotten when they end
   */
  add(hit: Hit, keep: boolean): void {
    if (hit.socket === 0n) {
      if (keep) this.#homeless.push(hit);
      return;
    }
    const life = this.#lifeOf(hit);
    if (hit.cookie !== undefined) this.#identify(life, hit.cookie);
    if (hit.what.tracepoint === 'tcp_destroy_sock') {
      this.#bySocket.delete(hit.socket);
      const kept = keep && life.hits.length > 0;
      if (life.row === undefined) this.#move(life, kept ? this.#ended : undefined, life.key);
      return;
    }
    this.#locate(life, hit);
    if (life.row === undefined) life.hits.push(hit);
    else this.#claimed(hit, life.row);
  }

  /** Ties what can be tied by exclusion. All hits until the last look must have been added. */
  settle(): void {
    for (const row of this.#waiting) {
      const { local, remote, state } = row.socket;
      const places = [
        this.#living.get(pairKey(local, remote)),
        state === 'SYN_SENT' ? this.#opening.get(openingKey(remote)) : undefined,
        row.late ? this.#ended.get(pairKey(local, remote)) : undefined,
      ].filter((lives) => lives !== undefined);
      const [lives, ...others] = places;
      const [life] = lives ?? [];
      if (life !== undefined && lives?.size === 1 && others.length === 0) this.#claim(life, row);
    }
  }

  /** How many hits since a time, at one of these local addresses, are nobody's. */
  leftOut(addresses: ReadonlySet<string>, sinceNs: bigint): number {
    const lives = [this.#living, this.#opening, this.#ended].flatMap((index) =>
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
    }
    if (this.#rows.size > 0) return;
    this.#ended.clear();
    this.#homeless = [];
  }

  #lifeOf(hit: Hit): Life<Owner> {
    let life = this.#bySocket.get(hit.socket);
    if (life === undefined) {
      life = { row: undefined, hits: [], index: this.#opening, key: '' };
      this.#bySocket.set(hit.socket, life);
    }
    return life;
  }

  #identify(life: Life<Owner>, cookie: string): void {
    const row = this.#rows.get(cookie);
    if (life.row === undefined) {
      if (row?.claimed === true) this.#mistaken += 1;
      if (row !== undefined) this.#claim(life, row);
    } else if (life.row !== row && !life.row.late && this.#rows.get(life.row.socket.cookie) === life.row) {
      this.#mistaken += 1;
    }
  }

  /** Keeps the life under its newest addresses. A socket that is being closed loses its port: then the last ones stay. */
  #locate(life: Life<Owner>, { local, remote, what }: Hit): void {
    if (life.row !== undefined) return;
    if (local.port !== 0) this.#move(life, this.#living, pairKey(local, remote));
    else if (what.tracepoint === 'inet_sock_set_state' && what.to === 'SYN_SENT')
      this.#move(life, this.#opening, openingKey(remote));
    else if (life.key === '') this.#move(life, this.#living, pairKey(local, remote));
  }

  #move(life: Life<Owner>, to: Index<Owner> | undefined, key: string): void {
    const old = life.index.get(life.key);
    old?.delete(life);
    if (old?.size === 0) life.index.delete(life.key);
    if (to === undefined) return;
    const lives = to.get(key) ?? new Set();
    lives.add(life);
    to.set(key, lives);
    life.index = to;
    life.key = key;
  }

  #claim(life: Life<Owner>, row: Row<Owner>): void {
    this.#move(life, undefined, life.key);
    life.row = row;
    row.claimed = true;
    this.#waiting.delete(row);
    for (const hit of life.hits) this.#claimed(hit, row);
    life.hits = [];
  }
}

function pairKey(local: Endpoint, remote: Endpoint): string {
  return `${openingKey(local)} ${openingKey(remote)}`;
}

function openingKey({ address, port }: Endpoint): string {
  return `${address} ${port}`;
}
