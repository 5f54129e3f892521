import type { Step } from './judge/step.ts';

/** `skipped`: a check it depends on did not pass. `inconclusive`: the machine, not the program. `error`: the lab's own fault. */
export type CheckVerdict = 'pass' | 'fail' | 'skipped' | 'inconclusive' | 'error';
export type Verdict = Exclude<CheckVerdict, 'skipped'>;

/** A line that shows what happened: of `ss`, a segment, or the tracepoints. */
export interface EvidenceLine {
  readonly kind: 'ss' | 'segment' | 'trace';
  readonly host: string;
  readonly text: string;
}

/** What one host should have shown, and what its kernel did show. */
export interface HostComparison {
  readonly host: string;
  readonly expected?: string;
  readonly observed: string;
}

export interface CheckResult {
  readonly id: string;
  readonly title: string;
  readonly verdict: CheckVerdict;
  readonly points: number;
  readonly maxPoints: number;
  /** How far into the run it was decided, in milliseconds. */
  readonly ms: number;
  /** Why it did not pass, short and stable, for machines. */
  readonly because?: string;
  /** Why it did not pass, for people. */
  readonly message?: string;
  /** One thing to try next. */
  readonly help?: string;
  readonly steps: readonly Step[];
  /** Each host beside what was expected of it; only for a check that did not pass. */
  readonly hosts?: readonly HostComparison[];
  readonly evidence: readonly EvidenceLine[];
}

/** A prediction beside what the kernel did. It never costs points. */
export interface PredictionResult {
  readonly id: string;
  readonly ask: string;
  readonly choices: Readonly<Record<string, string>>;
  /** The key of the student's answer; null when there is none. */
  readonly predicted: string | null;
  /** The key of what the kernel did; null when the run did not get that far. */
  readonly kernel: string | null;
  /** The hint for the difference, if there is one. */
  readonly hint?: string;
}

/** The record of one run: every report is a pure function of it. */
export interface ExerciseResult {
  readonly schema: 'tcplab/check/1';
  readonly tool: string;
  readonly kernel: string;
  readonly backend: string;
  readonly startedAt: string;
  readonly exercise: { readonly number: number; readonly slug: string; readonly title: string };
  /** Whose programs were judged: `work`, `reference`, or the folder. */
  readonly from: string;
  /** SHA-256 of the student's files, in hexadecimal. */
  readonly submission: string;
  readonly seed: string;
  /** How long the run took, in milliseconds. */
  readonly ms: number;
  readonly verdict: Verdict;
  readonly points: number;
  readonly maxPoints: number;
  readonly checks: readonly CheckResult[];
  readonly predictions: readonly PredictionResult[];
  /** Each socket's path as the kernel showed it, by host. */
  readonly seen: Readonly<Record<string, readonly string[]>>;
  /** The sysctls that were set on all hosts. */
  readonly knobs: Readonly<Record<string, string>>;
  /** The lab's own trouble, in one sentence; absent when there was none. */
  readonly trouble?: string;
}
