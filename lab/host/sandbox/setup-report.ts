import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { SandboxError } from './sandbox-error.ts';

/** What bubblewrap reports while it works: a JSON object a line. bwrap(1), --json-status-fd. */
export class SetupReport {
  /** The first process in the sandbox, by its number here. @throws SandboxError when there never was one. */
  readonly firstProcess: Promise<number>;
  #exitCode: number | undefined;
  #rest = '';

  constructor(child: ChildProcess, stream: Readable) {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    this.firstProcess = promise;
    const none = (cause?: unknown): void =>
      reject(new SandboxError('bubblewrap could not make a sandbox', cause));
    child.once('error', none);
    stream.on('error', none);
    stream.setEncoding('utf8').on('data', (text: string) => {
      const lines = (this.#rest + text).split('\n');
      this.#rest = lines.pop() ?? '';
      for (const line of lines) {
        const said = JSON.parse(line) as { 'child-pid'?: number; 'exit-code'?: number };
        if (said['child-pid'] !== undefined) resolve(said['child-pid']);
        this.#exitCode ??= said['exit-code'];
      }
    });
    stream.once('close', () => none());
  }

  /** The program's exit code, 128 and a number when a signal ended it; undefined when it runs, or was never started. */
  get exitCode(): number | undefined {
    return this.#exitCode;
  }
}
