import type { Host } from '../host/host.ts';
import { formatAddress, parseAddress } from '../tcp/address.ts';
import type { Observer, Sight } from './observer.ts';
import type { Recorder } from './recorder.ts';
import type { SocketRecord } from './sock-diag.ts';
import { Spans } from './spans.ts';
import type { ArrivedSegment } from './tap.ts';
import { tellingChange } from './telling-change.ts';

/** The index of the loopback interface in every network namespace. */
const LOOPBACK = 1;

/** What a host showed at one instant. */
export interface Look {
  /** When it had ended, and when it began: what happened in between may not show in it. */
  readonly atMs: number;
  readonly beganMs: number;
  readonly sockets: readonly SocketRecord[];
}

/** Takes what an observer sees of one host, and reports every change to the recorder. */
export class Witness implements Sight, AsyncDisposable {
  readonly host: string;
  /** How long each socket was seen in each state, for messages. */
  readonly spans = new Spans();
  readonly observer: Observer;
  readonly #recorder: Recorder;
  readonly #nameOf: (address: string) => string;
  readonly #looked: () => void;
  readonly #watchers = new Map<(look: Look) => void, (error: Error) => void>();
  #rows = new Map<string, SocketRecord>();
  #latest: Look = { atMs: 0, beganMs: 0, sockets: [] };
  #over: Error | undefined;
  #lossNoted = 0;

  /**
   * @param observe begins to observe the host
   * @param nameOf the host that has an address, for a segment's `from`
   * @param looked is called after each look, when its changes have been reported
   */
  constructor(
    host: string,
    observe: (sight: Sight) => Observer,
    recorder: Recorder,
    nameOf: (address: string) => string,
    looked: () => void = () => {},
  ) {
    this.host = host;
    this.#recorder = recorder;
    this.#nameOf = nameOf;
    this.#looked = looked;
    this.observer = observe(this);
  }

  /** The last look that was taken. */
  get latest(): Look {
    return this.#latest;
  }

  /** Looks now, reports what changed, and shows the look to everyone who watches. @throws Error when it is closed. */
  async look(): Promise<Look> {
    if (this.#over !== undefined) throw this.#over;
    await this.observer.look();
    return this.#latest;
  }

  /** Looks, and reports every row as it is now, its timer included, whether it changed or not. */
  async sample(): Promise<void> {
    const { atMs, sockets } = await this.look();
    for (const socket of sockets) {
      this.#recorder.add({ kind: 'socket', atMs, host: this.host, change: 'changed', socket });
    }
  }

  /** Reports how many segments the tap could not keep since this was asked last, if there are any. */
  async noteLoss(): Promise<void> {
    this.#noteLoss(await this.observer.lost());
  }

  /**
   * Shows every look to `watcher`, and keeps looking for as long as anyone watches.
   * @param closed is told when there will be no more looks, because the witness is closed or its observer has failed.
   * @returns how to stop.
   */
  watch(watcher: (look: Look) => void, closed: (error: Error) => void = () => {}): () => void {
    if (this.#over !== undefined) throw this.#over;
    this.#watchers.set(watcher, closed);
    if (this.#watchers.size === 1) this.observer.keepLooking(true);
    return () => {
      if (this.#watchers.delete(watcher) && this.#watchers.size === 0 && this.#over === undefined)
        this.observer.keepLooking(false);
    };
  }

  /** Whether there will be no more looks. */
  get isOver(): boolean {
    return this.#over !== undefined;
  }

  /** Takes what is left on the tap, and says whether the tap lost anything. */
  async close(): Promise<void> {
    if (this.#over !== undefined) return;
    this.#over = new Error(`the witness of ${this.host} is closed`);
    this.#noteLoss(await this.observer.close());
    this.#tellWatchers(this.#over);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  segment({ atNs, segment, packet, length, checksumOk, interfaceIndex }: ArrivedSegment): void {
    const isLoopback = interfaceIndex === LOOPBACK;
    this.#recorder.add({
      kind: 'segment',
      atMs: this.#recorder.milliseconds(atNs),
      from: this.#nameOf(segment.source.address),
      to: this.host,
      segment,
      packet,
      length,
      checksumOk: checksumOk || isLoopback,
      ...(isLoopback && { loopback: true }),
    });
  }

  looked(atNs: bigint, sockets: readonly SocketRecord[], beganNs: bigint): void {
    const [atMs, beganMs] = [atNs, beganNs].map((ns) => this.#recorder.milliseconds(ns)) as [number, number];
    const look: Look = { atMs, beganMs, sockets };
    this.#reportChanges(look);
    this.#looked();
    this.spans.add(look);
    this.#latest = look;
    for (const watcher of [...this.#watchers.keys()]) watcher(look);
  }

  failed(error: Error): void {
    if (this.#over !== undefined) return;
    this.#over = error;
    this.#tellWatchers(error);
  }

  #tellWatchers(error: Error): void {
    for (const closed of this.#watchers.values()) closed(error);
    this.#watchers.clear();
  }

  #noteLoss(lost: number): void {
    const segments = lost - this.#lossNoted;
    if (segments === 0) return;
    this.#lossNoted = lost;
    this.#recorder.add({ kind: 'loss', atMs: this.#recorder.milliseconds(), host: this.host, segments });
  }

  #reportChanges({ atMs, sockets }: Look): void {
    const now = new Map<string, SocketRecord>();
    for (const socket of sockets) {
      now.set(socket.cookie, socket);
      const before = this.#rows.get(socket.cookie);
      if (before === socket) continue;
      if (before === undefined) {
        this.#recorder.add({ kind: 'socket', atMs, host: this.host, change: 'appeared', socket });
      } else if (before.state !== socket.state) {
        this.#recorder.add({
          kind: 'socket',
          atMs,
          host: this.host,
          change: 'changed',
          socket,
          was: before.state,
          seenMs: this.#latest.atMs,
        });
      } else if (tellingChange(before, socket)) {
        this.#recorder.add({ kind: 'socket', atMs, host: this.host, change: 'changed', socket });
      }
    }
    for (const [cookie, socket] of this.#rows) {
      if (now.has(cookie)) continue;
      this.#recorder.add({
        kind: 'socket',
        atMs,
        host: this.host,
        change: 'gone',
        socket,
        was: socket.state,
        seenMs: this.#latest.atMs,
      });
    }
    this.#rows = now;
  }
}

/** Gives the name of the host that has an address, or the address itself for one that no host has. */
export function hostNames(hosts: Iterable<Host>): (address: string) => string {
  const names = new Map<string, string>();
  for (const host of hosts) {
    names.set(host.address, host.name);
    if (host.address6 !== undefined) names.set(formatAddress(parseAddress(host.address6)), host.name);
  }
  return (address) => names.get(address) ?? address;
}
