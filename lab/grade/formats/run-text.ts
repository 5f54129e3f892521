import type { CheckResult } from '../../exercise/result.ts';
import { MARKS } from './words.ts';

/** All there is to know of one check, as lines for people. Text of a program is in it as it was: who prints it makes it harmless. */
export function runText({ verdict, message, steps, hosts = [], evidence, help }: CheckResult): string {
  return [
    ...(message === undefined ? [] : [message]),
    ...steps.flatMap(({ n, action, expected, observed, atMs }) => [
      `${n} ${expected === undefined ? MARKS.pass : MARKS[verdict]} ${atMs.toFixed(1)} ms  ${action}`,
      ...(expected === undefined ? [] : [`    expected  ${expected}`, `    observed  ${observed ?? ''}`]),
    ]),
    ...hosts.map(
      ({ host, expected, observed }) =>
        `${host}: ${expected === undefined ? '' : `expected ${expected}; `}the kernel showed ${observed}`,
    ),
    ...evidence.map(({ kind, host, text }) => `${kind}  ${host}  ${text === '' ? '(no socket)' : text}`),
    ...(help === undefined ? [] : [`Next: ${help}`]),
  ].join('\n');
}
