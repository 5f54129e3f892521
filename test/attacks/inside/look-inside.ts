import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Backend } from '../../../lab/host/backend.ts';
import { prepareSlot } from '../../../lab/host/sandbox/slot.ts';

/** A submission to run. */
export interface Order {
  readonly student: string;
  readonly exercise: number;
  /** With the student's files, to be read by everybody. */
  readonly folder: string;
}

/** The lines that its programs printed on standard output, each cut where the timeline cuts it. */
export interface Printed {
  readonly student: string;
  readonly lines: readonly string[];
}

/**
 * Runs submissions in the sandbox as grading does, and gives what the programs said of themselves: a row of the journal has nothing
 * of that, for no verdict may rest on it. @returns by student
 */
export async function lookInside(
  orders: readonly Order[],
  slots: number,
  backend: Backend,
): Promise<Map<string, Printed>> {
  const queue = [...orders];
  const printed = new Map<string, Printed>();
  const done = (answer: Printed): void => void printed.set(answer.student, answer);
  const work = Array.from({ length: Math.min(slots, queue.length) }, (_, n) =>
    backend === 'docker' ? runWorker([], queue, done, ['docker']) : runSlot(n, queue, done),
  );
  const failed = (await Promise.allSettled(work)).find((each) => each.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return printed;
}

async function runSlot(n: number, queue: Order[], done: (answer: Printed) => void): Promise<void> {
  using slot = prepareSlot(n);
  await runWorker(slot.command, queue, done, ['namespaces', JSON.stringify(slot.orders)]);
}

/** @param place the command that starts the worker where it is to run; none for right here */
async function runWorker(
  place: readonly string[],
  queue: Order[],
  done: (answer: Printed) => void,
  args: readonly string[],
): Promise<void> {
  const script = join(import.meta.dirname, 'worker.ts');
  const [command = '', ...rest] = [...place, process.execPath, script, ...args];
  const child = spawn(command, rest);
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  child.stdin.on('error', () => {});
  const closed = once(child, 'close');
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  try {
    for (let order = queue.shift(); order !== undefined; order = queue.shift()) {
      child.stdin.write(`${JSON.stringify(order)}\n`);
      const answer = await answers.next();
      if (answer.done === true) throw new Error(`a worker ended at ${order.student}: ${complaints}`);
      done(JSON.parse(answer.value) as Printed);
    }
  } finally {
    child.stdin.end();
    await closed;
  }
}

/** What a program reported: JSON objects, each alone on a line, put together. */
export function reported({ lines }: Printed): Record<string, unknown> {
  const facts: Record<string, unknown> = {};
  for (const line of lines) {
    if (!line.startsWith('{')) continue;
    try {
      Object.assign(facts, JSON.parse(line));
    } catch {
      // Some print what only looks like it.
    }
  }
  return facts;
}
