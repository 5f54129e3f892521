import type { RunningProgram } from './program.ts';

/** The error that ended a program, as Node prints it: after the source line with carets below, or by its name. */
const ERRORS = [
  // Node shows a line or two of source behind the carets, too, when the mistake is in the syntax.
  /^ *\^+ *\n(?:(?!\w*Error\b).*\n){0,4}(\w*Error(?: \[\w+\])?: .+)$/m,
  /^ *\^+ *\n\n?(?!\S+:\d+\n)(.+)$/m,
  /^(\w*Error(?: \[\w+\])?: .+)$/m,
];
/** Where a program that is confined sees its own files. */
const SUBMISSION = /^\/submission\//;
/** Node's exit code for a top-level await that can never be settled. */
const UNSETTLED = 13;
/** The place of a mistake: alone on a line before the source line, or in the stack. */
const PLACES = [/^(?:file:\/\/)?(\/[^\n:]+):(\d+)$/m, /^ {4}at .*?file:\/\/(\/[^\n:]+):(\d+):\d+\)?$/m];

/**
 * One sentence on a program that ended by itself: a syntax error with its place, an uncaught error with its message, or
 * the plain exit code.
 */
export function describeExit(program: RunningProgram): string {
  const { exit, name, host, stderr } = program;
  const stuck = /Detected unsettled top-level await at \S*?([^/\s]+:\d+)/.exec(stderr);
  if (exit === undefined) return `${name} on ${host} is still running`;
  if (program.limit !== undefined) return `${name} on ${host} was ended: ${program.limit.sentence}`;
  if (!program.hasRun) return `${name} on ${host} could not be put into its sandbox: ${stderr.trim()}`;
  if (exit.signal !== null) return `${name} on ${host} was ended by ${exit.signal}`;
  if (exit.code === UNSETTLED && stuck !== null)
    return `${name} on ${host} ended while it still awaited something (${stuck[1]?.replace(':', ', line ')})`;
  const reason = /The promise rejected with the reason "(.*)"\.$/m.exec(stderr);
  if (reason !== null) return `${name} on ${host} ended with a rejected promise: ${reason[1]}`;
  const missing = /Cannot find module '([^']+)'/.exec(stderr);
  if (missing !== null)
    return `${name} on ${host} could not start: there is no file ${missing[1]?.replace(SUBMISSION, '')}`;
  const error = firstMatch(ERRORS, stderr)?.[1]?.replace(/^(\w+) \[\w+\]/, '$1');
  if (exit.code !== 0 && error !== undefined) {
    const syntax = /^SyntaxError: (.+)$/.exec(error);
    const what =
      syntax === null ? `ended with an error: ${error}` : `could not start: syntax error, ${syntax[1]}`;
    return `${name} on ${host} ${what}${placeIn(stderr)}`;
  }
  return exit.code === 0
    ? `${name} on ${host} ended by itself with exit code 0`
    : `${name} on ${host} ended with exit code ${exit.code}`;
}

function placeIn(stderr: string): string {
  // The hook that resolves the lab's modules elsewhere is nobody's mistake.
  const place = firstMatch(PLACES, stderr.replaceAll(/^.*\blab-imports\.ts.*$/gm, ''));
  return place === undefined ? '' : ` (${place[1]?.split('/').pop()}, line ${place[2]})`;
}

function firstMatch(patterns: readonly RegExp[], text: string): RegExpExecArray | undefined {
  for (const pattern of patterns) {
    const match = pattern.exec(text);
    if (match !== null) return match;
  }
  return undefined;
}
