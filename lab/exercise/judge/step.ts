import type { SegmentEvent } from '../../observe/timeline.ts';

/** One thing that a check looked for. The one that was not there is the last, and has `expected` and `observed`. */
export interface Step {
  /** Its number within the check, from 1. */
  readonly n: number;
  readonly host?: string;
  /** What should happen: "the server answers with a SYN-ACK". */
  readonly action: string;
  readonly expected?: string;
  readonly observed?: string;
  /** When it was seen, in milliseconds on the timeline; when the run ended, for what was not. */
  readonly atMs: number;
}

/** What a judge says of one thing. `because` is short and stable, for machines. */
export interface Finding {
  readonly host?: string;
  readonly action: string;
  readonly expected: string;
  /** What the kernel showed; for a failure it completes "Expected …, but …", so it is a clause with a subject. */
  readonly observed: string;
  readonly because: string;
  /** When it was seen; the end of the run when not said. */
  readonly atMs?: number;
  /** The segments that show it; those around `atMs` when not said. */
  readonly segments?: readonly SegmentEvent[];
  /** What to try next, when it is something better than what the check says. */
  readonly help?: string;
}

/** A requirement is not met. Thrown by a judge, caught by whoever runs the checks. */
export class NotMet extends Error {
  override readonly name = 'NotMet';
  readonly code = 'not-met';
  readonly finding: Finding;

  constructor(finding: Finding) {
    super(finding.observed);
    this.finding = finding;
  }
}

/** The evidence cannot be relied on: nobody's fault but the machine's. */
export class Inconclusive extends Error {
  override readonly name = 'Inconclusive';
  readonly code = 'inconclusive';
}
