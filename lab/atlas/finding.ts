/**
 * What became of an edge. `pending`: only a timer of the kernel is left to wait for, and it is seen to run. `unsettled`: what
 * was seen is not enough for any of the others.
 */
export const VERDICTS = ['observed', 'unreachable', 'deviates', 'pending', 'unsettled'] as const;

export type Verdict = (typeof VERDICTS)[number];

/** One thing that a witness saw, as a line of text. */
export interface EvidenceLine {
  readonly kind: 'sock_diag' | 'ss' | 'segment' | 'trace' | 'program';
  readonly host: string;
  readonly text: string;
}

/** A verdict, what it rests on, and why there is no better one. */
export interface Finding {
  readonly verdict: Verdict;
  readonly evidence: readonly EvidenceLine[];
  /** Why it is unsettled: what was not seen, a sentence each. */
  readonly missing?: readonly string[];
}
