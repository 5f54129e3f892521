import { SockDiag } from '../observe/sock-diag.ts';
import { type Look, takeLook } from './look.ts';

/** From where a network namespace is looked at. */
export interface Viewpoint extends AsyncDisposable {
  /** @throws SystemCallError, or what a program beside the namespace has to say. */
  look(): Promise<Look>;
  /** Whether the processes that hold the sockets can be found from here. */
  readonly seesProcesses: boolean;
}

/** Runs synchronous work in a network namespace. */
export type Enter = <T>(work: () => T) => T;

/** Looks at a namespace that this process is in, or can enter. */
export class LocalViewpoint implements Viewpoint {
  readonly seesProcesses = true;
  readonly #enter: Enter;
  readonly #diag: SockDiag;
  readonly #left: () => void;

  /** @param left lets go of the namespace. */
  constructor(enter: Enter = (work) => work(), left: () => void = () => {}) {
    this.#enter = enter;
    this.#left = left;
    this.#diag = enter(() => new SockDiag());
  }

  async look(): Promise<Look> {
    return this.#enter(() => takeLook(this.#diag));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#diag.close();
    this.#left();
  }
}
