import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Backend } from '../../host/backend.ts';
import { IN_NAMESPACES } from '../../host/namespaces/enter.ts';
import { withDeadline } from '../../sys/deadline.ts';
import type { Told } from '../protocol.ts';
import { type Order, type Ordered, type Reported, RUNNER_BACKEND } from '../runner/messages.ts';

const RUNNER = fileURLToPath(new URL('../runner/runner.ts', import.meta.url));
const READY_MS = 15_000;
const END_MS = 16_000;

/** The process that makes hosts could not be started, or is gone. The sentence says what it printed. */
export class RunnerError extends Error {
  override readonly name = 'RunnerError';
  readonly code = 'runner';
}

/** The process in which runs happen. When this one dies, however it does, the kernel ends it and everything it made. */
export class RunnerProcess {
  readonly #child: ChildProcess;
  readonly #tell: (told: Told) => void;
  readonly #waiting = new Map<number, PromiseWithResolvers<void>>();
  readonly #ready = Promise.withResolvers<void>();
  /** Resolves when it is gone, with the reason. */
  readonly gone: Promise<RunnerError>;
  #printed = '';
  #id = 0;

  /** @throws RunnerError when there are no namespaces here, or no engine. */
  static async start(backend: Backend, tell: (told: Told) => void): Promise<RunnerProcess> {
    const runner = new RunnerProcess(backend, tell);
    await withDeadline(
      runner.#ready.promise,
      READY_MS,
      () => new RunnerError('it did not get ready in time'),
    );
    return runner;
  }

  private constructor(backend: Backend, tell: (told: Told) => void) {
    this.#tell = tell;
    const place = backend === 'docker' ? ['setpriv', '--pdeathsig', 'TERM'] : IN_NAMESPACES;
    const [command, ...args] = [...place, process.execPath, RUNNER];
    const child = spawn(command as string, args, {
      env: { ...process.env, [RUNNER_BACKEND]: backend },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'advanced',
    });
    this.#child = child;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#printed = `${this.#printed}${text}`.slice(-4_000);
    });
    child.on('message', (reported: Reported) => this.#take(reported));
    this.gone = this.#end();
    void this.gone.then((error) => {
      this.#ready.reject(error);
      for (const { reject } of this.#waiting.values()) reject(error);
    });
    this.#ready.promise.catch(() => {});
  }

  /** Has it do something. @throws RunnerError, Error with the runner's sentence. */
  async order(order: Order): Promise<void> {
    if (!this.#child.connected) throw await this.gone;
    this.#id += 1;
    const done = Promise.withResolvers<void>();
    this.#waiting.set(this.#id, done);
    this.#child.send({ id: this.#id, order } satisfies Ordered);
    await done.promise;
  }

  /** Ends it, and everything that it made. */
  async close(): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    const force = setTimeout(() => this.#child.kill('SIGKILL'), END_MS);
    await this.gone;
    clearTimeout(force);
  }

  #take(reported: Reported): void {
    if (reported.kind === 'ready') this.#ready.resolve();
    if (reported.kind === 'told') this.#tell(reported.told);
    if (reported.kind !== 'done') return;
    const waiting = this.#waiting.get(reported.id);
    this.#waiting.delete(reported.id);
    if (reported.problem === undefined) waiting?.resolve();
    else waiting?.reject(new Error(reported.problem));
  }

  async #end(): Promise<RunnerError> {
    try {
      // Not `close`, which never comes once the channel was closed from here.
      const [code, signal] = (await once(this.#child, 'exit')) as [number | null, string | null];
      const printed = this.#printed.trim().split('\n').at(-1) ?? '';
      return new RunnerError(
        `it ended with ${signal ?? `exit code ${code}`}${printed === '' ? '' : `: ${printed}`}`,
      );
    } catch (error) {
      return new RunnerError(error instanceof Error ? error.message : String(error));
    }
  }
}
