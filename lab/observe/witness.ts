import type { Host, Place } from '../host/host.ts';
import { monotonicNs } from '../sys/clock.ts';
import { type Readiness, whenReadable } from '../sys/readiness.ts';
import { formatAddress, parseAddress } from '../tcp/address.ts';
import { everyTick } from './pulse.ts';
import type { Recorder } from './recorder.ts';
import { SockDiag, type SocketRecord } from './sock-diag.ts';
import { Spans } from './spans.ts';
import { Tap } from './tap.ts';

/** What a host showed at one instant. */
export interface Look {
  readonly atMs: number;
  readonly sockets: readonly SocketRecord[];
}

/**
 * Watches one host with sock_diag and a tap, and reports every change to the recorder. Segments are taken before
 * and after the socket table each time: whatever caused a state that is shown has been reported, too.
 */
export class Witness implements Disposable {
  readonly host: string;
  /** How long each socket was seen in each state, for messages. */
  readonly spans = new Spans();
  readonly #recorder: Recorder;
  readonly #nameOf: (address: string) => string;
  readonly #looked: () => void;
  readonly #diag: SockDiag;
  readonly #tap: Tap;
  readonly #readiness: Readiness;
  readonly #watchers = new Map<(look: Look) => void, (error: Error) => void>();
  #last = new Map<string, SocketRecord>();
  #stopTicking: (() => void) | undefined;
  #closed = false;
  #lossNoted = 0;
  #lastLookMs = 0;

  /**
   * @param nameOf the host that has an address, for a segment's `from`
   * @param looked is called after each look, when its changes have been reported
   */
  constructor(
    host: Host & Place,
    recorder: Recorder,
    nameOf: (address: string) => string,
    looked: () => void = () => {},
  ) {
    this.host = host.name;
    this.#recorder = recorder;
    this.#nameOf = nameOf;
    this.#looked = looked;
    this.#diag = host.enter(() => new SockDiag());
    this.#tap = new Tap(host);
    this.#readiness = whenReadable(this.#tap.fd, () => this.look());
  }

  /** Looks now, reports what changed, and shows the look to everyone who watches. @throws Error when it is closed. */
  look(): Look {
    if (this.#closed) throw this.#closedError();
    this.#drain();
    const sockets = this.#diag.dump();
    const look: Look = { atMs: this.#recorder.milliseconds(monotonicNs()), sockets };
    this.#drain();
    this.#reportChanges(look);
    this.#looked();
    this.spans.add(look);
    for (const watcher of [...this.#watchers.keys()]) watcher(look);
    return look;
  }

  /** Looks, and reports every row as it is now, its timer included, whether it changed or not. */
  sample(): void {
    const { atMs, sockets } = this.look();
    for (const socket of sockets) {
      this.#recorder.add({ kind: 'socket', atMs, host: this.host, change: 'changed', socket });
    }
  }

  /** Reports how many segments the tap could not keep since this was asked last, if there are any. */
  noteLoss(): void {
    const segments = this.#tap.lost() - this.#lossNoted;
    if (segments === 0) return;
    this.#lossNoted += segments;
    this.#recorder.add({ kind: 'loss', atMs: this.#recorder.milliseconds(), host: this.host, segments });
  }

  /**
   * Shows every look to `watcher`, and keeps looking for as long as anyone watches.
   * @param closed is told when there will be no more looks, because the witness is closed.
   * @returns how to stop.
   */
  watch(watcher: (look: Look) => void, closed: (error: Error) => void = () => {}): () => void {
    if (this.#closed) throw this.#closedError();
    this.#watchers.set(watcher, closed);
    this.#stopTicking ??= everyTick(() => this.look());
    return () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size > 0) return;
      this.#stopTicking?.();
      this.#stopTicking = undefined;
    };
  }

  /** Takes what is left on the tap, and says whether the tap lost anything. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#stopTicking?.();
    this.#readiness.stop();
    this.#drain();
    this.noteLoss();
    this.#tap.close();
    this.#diag.close();
    for (const closed of this.#watchers.values()) closed(this.#closedError());
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #closedError(): Error {
    return new Error(`the witness of ${this.host} is closed`);
  }

  #drain(): void {
    this.#tap.drain(({ atNs, segment, packet, length, checksumOk }) => {
      this.#recorder.add({
        kind: 'segment',
        atMs: this.#recorder.milliseconds(atNs),
        from: this.#nameOf(segment.source.address),
        to: this.host,
        segment,
        packet,
        length,
        checksumOk,
      });
    });
  }

  #reportChanges({ atMs, sockets }: Look): void {
    const now = new Map<string, SocketRecord>();
    for (const socket of sockets) {
      now.set(socket.cookie, socket);
      const before = this.#last.get(socket.cookie);
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
          seenMs: this.#lastLookMs,
        });
      } else if (tellingChange(before, socket)) {
        this.#recorder.add({ kind: 'socket', atMs, host: this.host, change: 'changed', socket });
      }
    }
    for (const [cookie, socket] of this.#last) {
      if (now.has(cookie)) continue;
      this.#recorder.add({
        kind: 'socket',
        atMs,
        host: this.host,
        change: 'gone',
        socket,
        was: socket.state,
        seenMs: this.#lastLookMs,
      });
    }
    this.#last = now;
    this.#lastLookMs = atMs;
  }
}

/** A timer that runs down is no change; queues, retransmissions and ownership are. */
function tellingChange(before: SocketRecord, after: SocketRecord): boolean {
  return (
    before.receiveQueue !== after.receiveQueue ||
    before.sendQueue !== after.sendQueue ||
    before.retransmits !== after.retransmits ||
    before.timer !== after.timer ||
    (before.inode === 0) !== (after.inode === 0)
  );
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
