import type { ChildProcess } from 'node:child_process';

/**
 * What a process says on standard error while a sandbox is made, listened to from its beginning: what nobody listens to when a process
 * ends, Node throws away.
 */
export class LastWords {
  readonly #child: ChildProcess;
  readonly #closed: Promise<string>;
  readonly #said: Buffer[] = [];
  readonly #keep = (bytes: Buffer): void => {
    this.#said.push(bytes);
  };

  /** @param child just spawned, with a pipe for standard error */
  constructor(child: ChildProcess) {
    this.#child = child;
    child.stderr?.on('data', this.#keep);
    const { promise, resolve } = Promise.withResolvers<string>();
    this.#closed = promise;
    child.once('close', () => resolve(this.#text()));
    child.once('error', ({ message }) => resolve(message));
  }

  /** Ends the process, and gives what it has said. */
  async end(): Promise<string> {
    this.#child.kill('SIGKILL');
    return (await this.#closed).trim();
  }

  /** Leaves what is said from now on to somebody else, who listens before anything else happens. @returns what was said until now */
  release(): string {
    this.#child.stderr?.off('data', this.#keep);
    return this.#text();
  }

  #text(): string {
    return Buffer.concat(this.#said).toString('utf8');
  }
}
