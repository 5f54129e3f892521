import PQueue from 'p-queue';
import type { Checked } from './check.ts';
import type { Exercise } from './exercise.ts';

/** How often a run is tried again that the machine was too busy for. */
const MOST_AGAIN = 2;

/**
 * Side by side, those that last longest first. A run that ends `inconclusive` says nothing about a program, only about a machine that
 * had no time to look. It is tried again after the others, at most twice. How many go on at once follows what the machine can do as a
 * congestion window follows a path: half as many after a run that it was too busy for, one more after as many good ones.
 */
export class Turns {
  readonly #queue: PQueue;
  readonly #most: number;
  #window: number;
  #triedAgain = 0;

  /** @param jobs how many runs may go on at the same time */
  constructor(jobs: number) {
    this.#queue = new PQueue({ concurrency: jobs });
    this.#most = jobs;
    this.#window = jobs;
  }

  /** How many runs go on at the same time now. */
  get atOnce(): number {
    return this.#queue.concurrency;
  }

  /** How many runs were tried again, as this machine was too busy for them. */
  get triedAgain(): number {
    return this.#triedAgain;
  }

  /** Runs when it is this run's turn. */
  async check({ lastsMs }: Pick<Exercise, 'lastsMs'>, run: () => Promise<Checked>): Promise<Checked> {
    let checked = await this.#turn(run, lastsMs);
    for (let again = 0; again < MOST_AGAIN && isTooBusy(checked); again += 1) {
      this.#triedAgain += 1;
      checked = await this.#turn(run, 0);
    }
    return checked;
  }

  async #turn(run: () => Promise<Checked>, priority: number): Promise<Checked> {
    const checked = await this.#queue.add(run, { priority });
    const next = isTooBusy(checked) ? this.#window / 2 : this.#window + 1 / this.#window;
    this.#window = Math.min(this.#most, Math.max(1, next));
    this.#queue.concurrency = Math.floor(this.#window);
    return checked;
  }
}

function isTooBusy({ result }: Checked): boolean {
  return result.verdict === 'inconclusive';
}
