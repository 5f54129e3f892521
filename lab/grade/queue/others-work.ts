import type { Connection } from './connection.ts';
import { otherSuites, PREFIX, queueName, shortSuite } from './names.ts';

const LOOK_MS = 5_000;

/** Tells, once for each, of work that waits for checks of another version than this worker's: it is left for other workers. */
export class OthersWork implements Disposable {
  readonly #connection: Connection;
  readonly #suite: string;
  readonly #tell: (sentence: string) => void;
  readonly #told = new Set<string>();
  readonly #timer: NodeJS.Timeout;

  constructor(connection: Connection, suite: string, tell: (sentence: string) => void) {
    this.#connection = connection;
    this.#suite = suite;
    this.#tell = tell;
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
    this.#look();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    if (this.#connection.client.status !== 'ready') return;
    // What goes wrong here goes wrong for the worker as well, and is told there.
    this.#tellOfOthers().catch(() => {});
  }

  async #tellOfOthers(): Promise<void> {
    for (const suite of await otherSuites(this.#connection.client, this.#suite)) {
      if (this.#told.has(suite)) continue;
      const count = await this.#connection.client.llen(`${PREFIX}:${queueName(suite)}:wait`);
      if (count === 0) continue;
      this.#told.add(suite);
      this.#tell(
        `${count} ${count === 1 ? 'submission waits' : 'submissions wait'} for other checks (${shortSuite(suite)}) than those of this checkout (${shortSuite(this.#suite)}): left for another worker. To do them here, bring this checkout to the version that they were planned with.`,
      );
    }
  }
}
