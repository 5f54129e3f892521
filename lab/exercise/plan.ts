import { createHash } from 'node:crypto';

/**
 * What varies from student to student: ports, addresses, payloads, counts. All of it follows from the seed, so that a run can
 * be made again, and a copied answer shows.
 */
export class Plan {
  readonly seed: string;
  readonly #slug: string;
  /** The port that servers listen on, 20000 to 29999: below the ports that clients are given. */
  readonly port: number;
  /** A port for clients that choose their own, 10000 to 19999. */
  readonly clientPort: number;
  /** Which /24 of the lab's address range the hosts are in, 0 to 255. */
  readonly subnet: number;

  /** @param slug of the exercise: the same seed gives other numbers in another exercise. */
  constructor(seed: string, slug: string) {
    this.seed = seed;
    this.#slug = slug;
    this.port = this.number('port', 20_000, 29_999);
    this.clientPort = this.number('client port', 10_000, 19_999);
    this.subnet = this.number('subnet', 0, 255);
  }

  /** A number in [min, max] that belongs to a name. */
  number(name: string, min: number, max: number): number {
    return min + (this.#hash(name).readUInt32BE(0) % (max - min + 1));
  }

  /** A word of `length` hexadecimal digits, at most 64, that belongs to a name. */
  word(name: string, length = 12): string {
    return this.#hash(name).toString('hex').slice(0, length);
  }

  #hash(name: string): Buffer {
    return createHash('sha256').update(`${this.seed}\n${this.#slug}\n${name}`).digest();
  }
}
