const INTERVAL_MS = 200;

/** The moments at which Redis is looked at: it tells nobody by itself in a way that survives its being killed. */
export class Pulse implements Disposable {
  readonly #timer: NodeJS.Timeout;
  #next = Promise.withResolvers<void>();

  /** @param stop has it beat at once */
  constructor(stop?: AbortSignal) {
    this.#timer = setInterval(() => this.#beat(), INTERVAL_MS);
    stop?.addEventListener('abort', () => this.#beat(), { once: true });
  }

  /** Comes back at the next beat. */
  next(): Promise<void> {
    return this.#next.promise;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#beat();
  }

  #beat(): void {
    this.#next.resolve();
    this.#next = Promise.withResolvers();
  }
}
