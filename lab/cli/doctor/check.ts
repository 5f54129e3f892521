/** The groups of the report, in its order. */
export const GROUPS = [
  'Machine, Node and packages',
  'Tools',
  'Namespaces',
  'Kernel, tried inside the lab',
  'Grading, Docker, third witness',
] as const;

export type Group = (typeof GROUPS)[number];

/** One step of a remedy: a sentence to read, a command that mends, or one that only shows more. */
export type Step = string | { readonly run: string } | { readonly see: string };

/** What there is to read or to type in a step. */
export function wordsOf(step: Step): string {
  if (typeof step === 'string') return step;
  return 'run' in step ? step.run : step.see;
}

/** It is there and does what the lab needs, or it is not needed and not there. */
interface Fine {
  readonly status: 'works';
  /** Half a line: version, place, what was seen. */
  readonly detail: string;
  /** What could be tidied up. */
  readonly remedy?: readonly Step[];
}

/** Not there or not usable, and the tour does well without. */
interface Optional {
  readonly status: 'optional';
  /** Half a line: what is not there, and what it would add. */
  readonly detail: string;
  readonly remedy?: readonly Step[];
}

/** Absent (`missing`) or there and not working (`broken`): the tour cannot run, or not all of it. */
export interface Problem {
  readonly status: 'missing' | 'broken';
  readonly detail: string;
  /** What cannot be done because of it, a sentence. */
  readonly disables: string;
  readonly remedy: readonly Step[];
  /** The tools whose packages would mend it, so that one command can install those of several checks. */
  readonly install?: readonly string[];
  /** What is left of the remedy when those packages are installed; undefined when nothing is. */
  readonly afterwards?: readonly Step[];
}

/** Could not be tried, for the reason that completes "not tried: …": another check has to work first. */
interface Untried {
  readonly status: 'untried';
  readonly detail: string;
}

export type Finding = Fine | Optional | Problem | Untried;

/** One thing that doctor looks at. `run` really tries it, never throws for what it finds, and changes nothing that stays. */
export interface Check {
  readonly id: string;
  readonly title: string;
  readonly group: Group;
  run(): Promise<Finding>;
}

/** A check and what it found. */
export interface Result {
  readonly check: Check;
  readonly finding: Finding;
}

/** Whether a finding stops the tour. */
export function isProblem(finding: Finding): finding is Problem {
  return finding.status === 'missing' || finding.status === 'broken';
}
