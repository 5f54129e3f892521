import type { EvidenceLine } from '../exercise/result.ts';
import type { AnyRun, Calls, Seen, SeenOf } from './run.ts';

/** One text in the languages of the course. */
export interface Said {
  readonly en: string;
  readonly zh: string;
}

/** `depends`: true under a condition, which the note names. */
export type Settlement = 'true' | 'false' | 'depends';

/** A line that shows what the kernel did: what a witness saw, a counter of the kernel, or what a system call returned. */
export interface ClaimEvidence {
  readonly kind: EvidenceLine['kind'] | 'states' | 'counter' | 'sysctl' | 'gate' | 'call';
  readonly host: string;
  readonly text: string;
}

/** What the runs of a claim have shown of it. */
export interface Settled {
  readonly verdict: Settlement;
  /** At most three sentences in each language; for `depends`, on what. */
  readonly note: Said;
  readonly evidence: readonly ClaimEvidence[];
}

/** A sentence about TCP that runs on this kernel settle. */
export interface Claim {
  /** Its letter is its topic: H opening, C closing, T TIME_WAIT, R resets, O observing. */
  readonly id: string;
  /** The numbers of the exercises that teach it. */
  readonly exercises: readonly number[];
  readonly text: Said;
  /** By the name that `settle` knows it by: each run that it takes. The same run serves several claims, and goes on once. */
  readonly runs: Readonly<Record<string, AnyRun>>;
  /** Pure: the same evidence gives the same verdict. @throws Unsettled when the evidence for either verdict is missing. */
  settle(seen: Readonly<Record<string, Seen | Calls>>): Settled;
}

/** Ties the names of a claim's runs to the names that it settles by. */
export function claim<R extends Readonly<Record<string, AnyRun>>>(
  of: Omit<Claim, 'runs' | 'settle'> & {
    readonly runs: R;
    settle(seen: { readonly [K in keyof R]: SeenOf<R[K]> }): Settled;
  },
): Claim {
  return of as unknown as Claim;
}

/** The runs have not shown what it takes to say true or false. The message completes "not settled: …". */
export class Unsettled extends Error {
  override readonly name = 'Unsettled';
  readonly code = 'unsettled';
}

/** What must have been shown, else nothing is settled. `missing` completes "not settled: …". @throws Unsettled. */
export function shown<T>(value: T | undefined, missing: string): T {
  if (value === undefined) throw new Unsettled(missing);
  return value;
}

const OTHERWISE: Said = {
  en: 'This kernel does it otherwise: see the evidence.',
  zh: '这个内核的做法不同：见证据。',
};

/**
 * The verdict that the evidence gives, with the note that belongs to it. `holds` may have several cases: what holds in all of them is
 * true, what holds in none is false, and what holds in some depends.
 */
export function settledBy(
  holds: boolean | readonly boolean[],
  notes: Readonly<Partial<Record<Settlement, Said>>>,
  evidence: readonly ClaimEvidence[],
): Settled {
  const cases = [holds].flat();
  const verdict = cases.every(Boolean) ? 'true' : cases.some(Boolean) ? 'depends' : 'false';
  return { verdict, note: notes[verdict] ?? OTHERWISE, evidence };
}
