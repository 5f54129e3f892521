import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { EngineError } from '../../../host/docker/engine-error.ts';

interface ExecDied {
  readonly Actor: { readonly Attributes: { readonly execID: string; readonly exitCode: string } };
}

/** How commands that the engine runs in containers have ended: it says so. Docker Engine API, SystemEvents, `exec_die`. */
export class Endings implements Disposable {
  readonly #events: Readable;
  readonly #codes = new Map<string, PromiseWithResolvers<number>>();
  #over: Error | undefined;

  private constructor(events: Readable) {
    this.#events = events;
    createInterface({ input: events })
      .on('line', (line) => {
        const { execID, exitCode } = (JSON.parse(line) as ExecDied).Actor.Attributes;
        this.#code(execID).resolve(Number(exitCode));
      })
      .on('error', () => {})
      .on('close', () => {
        this.#over = new EngineError('the Docker engine says nothing any more: was it stopped?');
        for (const code of this.#codes.values()) code.reject(this.#over);
      });
    events.on('error', () => {});
  }

  /** Listens from now on. @param containers their ids. */
  static async listen(docker: Docker, containers: readonly string[]): Promise<Endings> {
    const events = await docker.getEvents({
      since: Math.floor(Date.now() / 1_000),
      filters: { type: ['container'], event: ['exec_die'], container: [...containers] },
    });
    return new Endings(events as Readable);
  }

  /** The exit code of a command, when it has ended. @throws EngineError when the engine was quicker to end. */
  async of(id: string): Promise<number> {
    if (this.#over !== undefined) throw this.#over;
    return await this.#code(id).promise;
  }

  [Symbol.dispose](): void {
    this.#events.destroy();
  }

  #code(id: string): PromiseWithResolvers<number> {
    const known = this.#codes.get(id);
    if (known !== undefined) return known;
    const code = Promise.withResolvers<number>();
    // Nobody need ask.
    code.promise.catch(() => {});
    this.#codes.set(id, code);
    return code;
  }
}
