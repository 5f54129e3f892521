import type { Rules } from '../gate/rules.ts';
import type { Place } from '../host/host.ts';
import { monotonicNs } from '../sys/clock.ts';
import { Nftables } from '../sys/nftables.ts';

/** The nftables of a host that this process can enter, by libnftables. */
export class LocalRules implements Rules, Disposable {
  readonly #place: Place;
  #nft: Nftables | undefined;

  constructor(place: Place) {
    this.#place = place;
  }

  async run(commands: string): Promise<bigint> {
    this.#open().run(commands);
    return monotonicNs();
  }

  async json(commands: string): Promise<unknown> {
    return this.#open().json(commands);
  }

  close(): void {
    this.#nft?.close();
    this.#nft = undefined;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #open(): Nftables {
    this.#nft ??= this.#place.enter(() => new Nftables());
    return this.#nft;
  }
}
