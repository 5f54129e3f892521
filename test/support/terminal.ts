import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { withDeadline } from '../../lab/sys/deadline.ts';

const DEADLINE_MS = 20_000;

/** A command on a pseudo-terminal of its own. script(1). */
export class Terminal {
  readonly ended: Promise<unknown>;
  readonly #child;
  #unread = '';
  #came = Promise.withResolvers<void>();

  /** @param command for a shell */
  constructor(command: string, env: Readonly<Record<string, string>>) {
    this.#child = spawn('script', ['-qfec', command, '/dev/null'], {
      env: { ...process.env, TERM: 'dumb', ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.ended = once(this.#child, 'exit');
    onTestFinished(() => void this.#child.kill('SIGKILL'));
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#unread += text;
      this.#came.resolve();
      this.#came = Promise.withResolvers();
    });
  }

  /** Waits until `text` is on the screen, after everything that was waited for before. @throws Error with what is there instead. */
  async shows(text: string): Promise<void> {
    const never = (): Error => new Error(`it never showed ${JSON.stringify(text)}, but:\n${this.#unread}`);
    const shown = async (): Promise<void> => {
      while (!this.#unread.includes(text)) await this.#came.promise;
    };
    await withDeadline(shown(), DEADLINE_MS, never);
    this.#unread = this.#unread.slice(this.#unread.indexOf(text) + text.length);
  }

  async types(keys: string, shows: string): Promise<void> {
    this.#child.stdin.write(keys);
    await this.shows(shows);
  }

  /** Types the last there is to type. */
  press(keys: string): void {
    this.#child.stdin.write(keys);
  }
}
