import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Line, Question } from './calls.ts';
import { imageDigest } from './digest.ts';

/** What the programs in containers say first: which files they are made of, and on which kernel they run. */
export interface Hello {
  readonly hello: { readonly digest: string; readonly boot: string };
}

/** By name: what a program can be called for. Arguments and results are plain data. */
export type Callable = Readonly<Record<string, (...args: never[]) => unknown>>;

/**
 * The container's end of the line: says hello, answers calls, and ends when the lab has gone.
 * @param gone is waited for before the end
 */
export function answerCalls(callable: Callable, gone: () => Promise<void> = async () => {}): void {
  say({ hello: { digest: imageDigest() ?? 'none', boot: bootId() } } satisfies Hello);
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => void answer(callable, JSON.parse(line) as Question));
  // Nobody is there any more to hear of anything.
  let isGone = false;
  const end = (): void => {
    if (isGone) return;
    isGone = true;
    void gone().finally(() => process.exit(0));
  };
  lines.once('close', end);
  process.stdout.on('error', end);
}

/** Says something without having been asked. */
export function say(told: unknown): void {
  write({ told });
}

async function answer(callable: Callable, { id, call, args }: Question): Promise<void> {
  try {
    const work = callable[call];
    if (work === undefined) throw new Error(`nobody here can "${call}"`);
    write({ id, result: (await work(...(args as never[]))) ?? null });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    write({ id, error: { code, message: error instanceof Error ? error.message : String(error) } });
  }
}

function write(line: Line): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Two programs that read the same here run on one kernel, and so by one clock. */
export function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}
