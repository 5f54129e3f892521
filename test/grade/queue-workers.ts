import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { SUITE } from './queue-plan.ts';

const PROGRAM = fileURLToPath(new URL('../programs/queue-worker.ts', import.meta.url));

export interface WorkerProcess {
  readonly process: ChildProcess;
  /** What it has printed so far. */
  said(): string;
  /** Comes back when it has printed this. */
  says(words: string): Promise<void>;
  /** @returns when it has ended, by this signal or by itself */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** A worker as a process of its own, whose judge is invented. It goes with the test. */
export function startWorker(
  socket: string,
  name: string,
  { suite = SUITE, concurrency = 2, lockMs = 1_500 } = {},
): WorkerProcess {
  const args = [PROGRAM, socket, suite, String(concurrency), String(lockMs), name];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)));
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    }
    return child.exitCode;
  };
  onTestFinished(async () => void (await end('SIGKILL')));
  return {
    process: child,
    said: () => said,
    says: async (words) => {
      while (!said.includes(words)) {
        if (child.exitCode !== null) throw new Error(`the worker has ended and said "${said}"`);
        await once(child.stdout, 'data');
      }
    },
    end,
  };
}
