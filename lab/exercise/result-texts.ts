import type { CheckResult } from './result.ts';

/** The sentences of a check's result that people read, and the parts of sentences; without what the kernel printed. */
export function textsOf({ title, message, help, steps, hosts = [] }: CheckResult): string[] {
  return [
    title,
    message,
    help,
    ...steps.flatMap(({ action, expected, observed }) => [action, expected, observed]),
    ...hosts.flatMap(({ expected, observed }) => [expected, observed]),
  ].filter((text) => text !== undefined);
}
