import { EXIT } from '../command.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Who presses Ctrl-C again within this has not pressed it twice by mistake: timeout(1) and terminals signal twice. */
const SAME_MS = 500;

/** Turns SIGINT, SIGTERM and SIGHUP into an orderly end. The second one ends this process at once, and with it everything it has made. */
export class Interruption implements Disposable {
  readonly #controller = new AbortController();
  readonly #take: () => void;

  /** @param interrupted is called once, at the first signal. */
  constructor(interrupted: () => void = () => {}) {
    let firstMs: number | undefined;
    this.#take = () => {
      const nowMs = performance.now();
      if (firstMs === undefined) {
        firstMs = nowMs;
        this.#controller.abort(new InterruptedError());
        interrupted();
      } else if (nowMs - firstMs > SAME_MS) process.exit(EXIT.interrupted);
    };
    for (const signal of SIGNALS) process.on(signal, this.#take);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get isThere(): boolean {
    return this.#controller.signal.aborted;
  }

  [Symbol.dispose](): void {
    for (const signal of SIGNALS) process.off(signal, this.#take);
  }
}

/** Somebody has interrupted this. Exit code 130. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
  readonly code = 'interrupted';

  constructor() {
    super('interrupted');
  }
}
