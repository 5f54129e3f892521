import { writeSync } from 'node:fs';

const STDOUT = 1;
const PATIENCE_MS = 1_000;

/** Resolves when everything printed so far has left this process. Node writes to a pipe in the background. */
export async function printed(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  process.stdout.write('', () => resolve());
  await promise;
}

/** Prints before it returns, for the last moment of a process. Gives up on a reader that reads nothing for a second. */
export function printNow(text: string): void {
  let rest = Buffer.from(text);
  const untilMs = performance.now() + PATIENCE_MS;
  while (rest.length > 0 && performance.now() < untilMs) {
    try {
      rest = rest.subarray(writeSync(STDOUT, rest));
    } catch (error) {
      // A pipe that is full now; of any other trouble there is nobody left to tell.
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) return;
    }
  }
}
