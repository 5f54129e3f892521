import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { closeNamespace, inNamespace } from '../sys/namespace.ts';
import { socketsIn } from './holders.ts';
import { ObserveError } from './observe-error.ts';
import { LocalViewpoint, type Viewpoint } from './viewpoint.ts';

/** A process that is observed, by its folder in /proc: never another one that got the same number later. proc(5). */
export class ObservedProcess implements Disposable {
  readonly pid: number;
  /** Its name, at most 15 characters. */
  readonly command: string;
  readonly #folder: number;

  /** @throws ObserveError `absent`. */
  constructor(pid: number) {
    this.pid = pid;
    try {
      this.#folder = openSync(`/proc/${pid}`, 'r');
      this.command = readFileSync(`${this.#path}/comm`, 'utf8').trim();
    } catch (error) {
      throw new ObserveError(
        'absent',
        `there is no process ${pid}. To find one: ss -tanp, or pgrep NAME`,
        error,
      );
    }
  }

  /** The inodes of the sockets that it holds now. @throws ObserveError. */
  sockets(): ReadonlySet<number> {
    return this.#read(`see which sockets process ${this.pid} holds`, () => socketsIn(this.#path));
  }

  /** Looks at the network namespace that it is in. @param what for a message: `process 12`. @throws ObserveError. */
  viewpoint(what = `process ${this.pid}`): Viewpoint {
    const path = `${this.#path}/ns/net`;
    const elsewhere = `look at the network namespace of ${what}, which is another than yours`;
    const isHere = this.#read(
      elsewhere,
      () => statSync(path).ino === statSync('/proc/thread-self/ns/net').ino,
    );
    if (isHere) return new LocalViewpoint();
    const namespace = this.#read(elsewhere, () => openSync(path, 'r'));
    try {
      return this.#read(
        elsewhere,
        () =>
          new LocalViewpoint(
            (work) => inNamespace(namespace, work),
            () => closeNamespace(namespace),
          ),
      );
    } catch (error) {
      closeNamespace(namespace);
      throw error;
    }
  }

  /** @throws ObserveError when it has ended. */
  mustLive(): void {
    this.#read(`look at process ${this.pid}`, () => readFileSync(`${this.#path}/comm`));
  }

  /** Whether its mounts name this: the engine mounts files of its own in a container, by the container's id. */
  hasMountNaming(text: string): boolean {
    return this.#read(`look at the mounts of process ${this.pid}`, () =>
      readFileSync(`${this.#path}/mountinfo`, 'utf8').includes(text),
    );
  }

  [Symbol.dispose](): void {
    closeSync(this.#folder);
  }

  get #path(): string {
    return `/proc/self/fd/${this.#folder}`;
  }

  #read<T>(what: string, read: () => T): T {
    try {
      return read();
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'EACCES' || code === 'EPERM')
        throw new ObserveError(
          'forbidden',
          `you may not ${what}. Run the same command as root, with sudo`,
          error,
        );
      if (code === 'ENOENT' || code === 'ESRCH')
        throw new ObserveError('absent', `process ${this.pid} (${this.command}) has ended`, error);
      throw error;
    }
  }
}
