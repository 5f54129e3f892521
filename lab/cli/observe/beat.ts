/** A steady beat. Whoever is late for one does not wait: the next comes at its own time. */
export class Beat implements Disposable {
  readonly #timer: NodeJS.Timeout;
  #pending = false;
  #waiting: (() => void) | undefined;
  #over = false;

  constructor(intervalMs: number) {
    this.#timer = setInterval(() => this.#tick(), intervalMs);
  }

  /** Resolves at the next beat, or at once when one has been missed. @returns false when there will be none any more. */
  async next(): Promise<boolean> {
    if (!this.#pending && !this.#over) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#waiting = resolve;
      await promise;
    }
    this.#pending = false;
    return !this.#over;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#over = true;
    this.#waiting?.();
  }

  #tick(): void {
    this.#pending = true;
    this.#waiting?.();
    this.#waiting = undefined;
  }
}
