import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { isatty } from 'node:tty';

const STDIN = 0;
const LINE = 3;
/** Waits until nobody holds the other end of descriptor 3 any more, and sets the terminal as it was. */
const SCRIPT = `trap '' INT QUIT TERM HUP TTOU; read -r _ <&${LINE}; exec stty "$0"`;

/**
 * Makes sure that the terminal is left as it is now, however this process ends: a small shell holds the settings, and puts them
 * back when this process is gone, even by SIGKILL. Nothing where standard input is no terminal.
 * @returns what puts them back now.
 */
export function guardTerminal(): () => Promise<void> {
  const nothing = async (): Promise<void> => {};
  if (!isatty(STDIN)) return nothing;
  const { stdout, status } = spawnSync('stty', ['-g'], {
    stdio: ['inherit', 'pipe', 'ignore'],
    encoding: 'utf8',
  });
  if (status !== 0) return nothing;
  const shell = spawn('sh', ['-c', SCRIPT, stdout.trim()], {
    stdio: ['inherit', 'ignore', 'ignore', 'pipe'],
  });
  const gone = once(shell, 'exit').catch(() => {});
  shell.unref();
  const line = shell.stdio[LINE] as Writable & { unref?(): void };
  line.on('error', () => {});
  line.unref?.();
  return async () => {
    shell.ref();
    line.end();
    await gone;
  };
}
