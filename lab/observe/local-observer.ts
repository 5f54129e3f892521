import { existsSync, readFileSync } from 'node:fs';
import type { Place } from '../host/host.ts';
import { type KnobName, knobFile } from '../host/knobs.ts';
import { monotonicNs } from '../sys/clock.ts';
import { type Readiness, whenReadable } from '../sys/readiness.ts';
import { readCounters } from './counters.ts';
import { LocalRules } from './local-rules.ts';
import type { Observer, Sight } from './observer.ts';
import { everyTick } from './pulse.ts';
import { hasRawTcpSocket } from './raw-sockets.ts';
import { SockDiag } from './sock-diag.ts';
import { Tap } from './tap.ts';

/** A look that takes so long was interrupted on a busy machine: its rows are older than its time would say. It is taken again, once. */
const INTERRUPTED_NS = 30_000_000n;
/** Every row takes its time without any interruption. */
const ROW_NS = 20_000n;

/**
 * Observes a host that this process can enter. Segments are taken before and after the socket table each time: whatever caused
 * a state that is shown has been told, too. A look has been told when `look` returns, before its promise is waited for.
 */
export class LocalObserver implements Observer {
  readonly rules: LocalRules;
  readonly #place: Place;
  readonly #sight: Sight;
  readonly #diag: SockDiag;
  readonly #tap: Tap;
  readonly #readiness: Readiness;
  #stopTicking: (() => void) | undefined;

  constructor(place: Place, sight: Sight) {
    this.#place = place;
    this.#sight = sight;
    this.rules = new LocalRules(place);
    this.#diag = place.enter(() => new SockDiag());
    this.#tap = new Tap(place);
    this.#readiness = whenReadable(this.#tap.fd, () => this.#look());
  }

  async look(): Promise<void> {
    this.#look();
  }

  keepLooking(on: boolean): void {
    if (on) this.#stopTicking ??= everyTick(() => this.#look());
    else {
      this.#stopTicking?.();
      this.#stopTicking = undefined;
    }
  }

  async lost(): Promise<number> {
    return this.#tap.lost();
  }

  async hasRawTcpSocket(): Promise<boolean> {
    return hasRawTcpSocket(this.#place);
  }

  async counters(): Promise<ReadonlyMap<string, number>> {
    return this.#place.enter(readCounters);
  }

  async sysctl(name: KnobName): Promise<number | undefined> {
    return this.#place.enter(() => numberIn(knobFile(name)));
  }

  async close(): Promise<number> {
    this.keepLooking(false);
    this.#readiness.stop();
    this.#drain();
    const lost = this.#tap.lost();
    this.#tap.close();
    this.#diag.close();
    this.rules.close();
    return lost;
  }

  #look(): void {
    this.#drain();
    let beganNs = monotonicNs();
    let sockets = this.#diag.dump();
    let atNs = monotonicNs();
    if (atNs - beganNs > INTERRUPTED_NS + BigInt(sockets.length) * ROW_NS) {
      beganNs = atNs;
      sockets = this.#diag.dump();
      atNs = monotonicNs();
    }
    this.#drain();
    this.#sight.looked(atNs, sockets, beganNs);
  }

  #drain(): void {
    this.#tap.drain((arrived) => this.#sight.segment(arrived));
  }
}

/** The number in a file; undefined when there is no such file, or no number in it. */
function numberIn(file: string): number | undefined {
  if (!existsSync(file)) return undefined;
  const value = Number(readFileSync(file, 'utf8'));
  return Number.isFinite(value) ? value : undefined;
}
