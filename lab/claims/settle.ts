import PQueue from 'p-queue';
import { blindness, type Doubt } from '../exercise/judge/doubt.ts';
import { Evidence } from '../exercise/judge/evidence.ts';
import type { Backend } from '../host/backend.ts';
import { type Claim, type ClaimEvidence, type Said, type Settlement, Unsettled } from './claim.ts';
import { type AnyRun, type Calls, lastsMs, performRun, type Seen } from './run.ts';

/** What became of one claim. */
export interface ClaimResult {
  readonly id: string;
  readonly exercises: readonly number[];
  readonly text: Said;
  readonly verdict: Settlement | 'unsettled';
  /** Why it is as it is; for what is not settled, what was missing. */
  readonly note: Said;
  readonly evidence: readonly ClaimEvidence[];
}

export interface SettleOptions {
  readonly seed: string;
  readonly backend: Backend;
  /** How many runs may go on at the same time. */
  readonly jobs: number;
  /** Is told how many runs have ended, of how many. */
  readonly ran?: (ended: number, all: number) => void;
  /** Is told how many runs there are, and how long the longest lasts at most, in milliseconds. */
  readonly begins?: (runs: number, longestMs: number) => void;
  /** Is told how many runs are done again, as this machine was too busy to look at them. */
  readonly again?: (runs: number) => void;
}

/** How many runs go on side by side when not said: most of the time they wait for the kernel, not for a processor. */
export const CLAIM_JOBS = 8;

/** How often runs are tried again that this machine was too busy for. */
const MOST_AGAIN = 2;

/**
 * Settles claims: each run that they take is performed once, side by side, those that last longest first. A run that a claim
 * could not be settled by, and that this machine had no time to look at, is tried again, at most twice.
 * @throws ToolError, MissingLibraryError: what the machine lacks.
 */
export async function settleClaims(claims: readonly Claim[], options: SettleOptions): Promise<ClaimResult[]> {
  const all = new Set(claims.flatMap(({ runs }) => Object.values(runs)));
  options.begins?.(all.size, Math.max(...[...all].map(lastsMs)));
  const seen = await performAll(all, options);
  for (let round = 0; round < MOST_AGAIN; round += 1) {
    const missed = claims.filter((claim) => settle(claim, seen).verdict === 'unsettled');
    const blind = missed
      .flatMap(({ runs }) => Object.values(runs))
      .filter((run) => doubtOf(seen.get(run)) !== undefined);
    if (blind.length === 0) break;
    const again = new Set(blind);
    options.again?.(again.size);
    for (const [run, found] of await performAll(again, { ...options, jobs: 2 })) seen.set(run, found);
  }
  return claims.map((claim) => settle(claim, seen));
}

type Shown = Seen | Calls;

async function performAll(
  runs: ReadonlySet<AnyRun>,
  { jobs, ran = () => {}, ...options }: SettleOptions,
): Promise<Map<AnyRun, Shown>> {
  const turns = new PQueue({ concurrency: jobs });
  let ended = 0;
  const longestFirst = [...runs].sort((a, b) => lastsMs(b) - lastsMs(a));
  const entries = longestFirst.map(async (run): Promise<[AnyRun, Shown]> => {
    const seen = await turns.add(async () => await performRun(run, options));
    ended += 1;
    ran(ended, runs.size);
    return [run, seen];
  });
  return new Map(await Promise.all(entries));
}

function settle(claim: Claim, seen: ReadonlyMap<AnyRun, Shown>): ClaimResult {
  const { id, exercises, text } = claim;
  const runs = Object.entries(claim.runs).map(([name, run]) => [name, seen.get(run) as Shown] as const);
  try {
    for (const [, shown] of runs) mustBeComplete(shown);
    return { id, exercises, text, ...claim.settle(Object.fromEntries(runs)) };
  } catch (error) {
    if (!(error instanceof Unsettled)) throw error;
    const brokenOff = runs.flatMap(([name, shown]) =>
      isSeen(shown) && shown.trouble !== undefined ? [`the run "${name}" broke off: ${shown.trouble}`] : [],
    );
    const reason = [error.message, ...brokenOff].join('; ').replace(/\.$/, '');
    const note = { en: `Not settled: ${reason}.`, zh: `未能判定：${reason}。` };
    return { id, exercises, text, verdict: 'unsettled', note, evidence: [] };
  }
}

/** Segments that a witness missed may be those that count. @throws Unsettled. */
function mustBeComplete(shown: Shown): void {
  const doubt = doubtOf(shown);
  if (doubt?.ofPasses === true) throw new Unsettled(doubt.because);
}

function doubtOf(shown: Shown | undefined): Doubt | undefined {
  return shown !== undefined && isSeen(shown) ? blindness(shown.evidence) : undefined;
}

function isSeen(shown: Shown): shown is Seen {
  return shown.evidence instanceof Evidence;
}
