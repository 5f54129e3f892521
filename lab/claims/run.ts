import { type Cast, referenceCast } from '../exercise/casting.ts';
import type { Exercise } from '../exercise/exercise.ts';
import { Evidence } from '../exercise/judge/evidence.ts';
import { type Performance, perform, type Staged } from '../exercise/perform.ts';
import type { Plan } from '../exercise/plan.ts';
import { referenceProgram } from '../exercise/programs.ts';
import type { Backend } from '../host/backend.ts';

/** A scenario that claims are settled by, with who plays in it. */
export interface Run {
  readonly staged: Staged;
  readonly cast: Cast;
}

/** System calls that the lab makes itself: what they return is the kernel's own word. */
export interface CallsRun<C extends Calls = Calls> {
  readonly lastsMs: number;
  readonly call: () => Promise<C>;
}

export type AnyRun = Run | CallsRun;
/** What `performRun` gives of a run. */
export type SeenOf<R extends AnyRun> = R extends CallsRun<infer C> ? C : Seen;

/** What system calls have returned: by the name of a moment, what the kernel said then. */
export type Calls = Readonly<Record<string, string>>;

/** What was seen of a run. */
export interface Seen {
  readonly evidence: Evidence;
  readonly plan: Plan;
  /** Why the scenario did not come to its end, in a sentence; undefined when it did. */
  readonly trouble: string | undefined;
}

/** The reference programs in an exercise's own scenario. */
export function exerciseRun(exercise: Exercise): Run {
  return { staged: exercise, cast: referenceCast(exercise) };
}

/** A scenario of its own. `programs` by part: the host, and the reference program. */
export function ownRun(
  staged: Staged,
  programs: Readonly<Record<string, readonly [host: string, program: string]>>,
): Run {
  const cast = Object.entries(programs).map(
    ([part, [host, program]]) => [part, { host, file: referenceProgram(program), student: false }] as const,
  );
  return { staged, cast: Object.fromEntries(cast) };
}

/** Performs a run on fresh hosts. @throws ToolError, MissingLibraryError: what the machine lacks. */
export async function performRun(
  run: AnyRun,
  options: { readonly seed: string; readonly backend: Backend },
): Promise<Seen | Calls> {
  if (isCalls(run)) return await run.call();
  const { staged, cast } = run;
  const performance = await perform(staged, { ...options, cast });
  return {
    evidence: new Evidence(performance.timeline),
    plan: performance.plan,
    trouble: troubleOf(performance),
  };
}

/** How long a run takes at most, in milliseconds. */
export function lastsMs(run: AnyRun): number {
  return isCalls(run) ? run.lastsMs : run.staged.lastsMs;
}

function isCalls(run: AnyRun): run is CallsRun {
  return 'call' in run;
}

const STUCK = 'the run cannot go on: ';

/** A wait that failed ends a scenario, and the timeline says so. */
function troubleOf({ trouble, timeline }: Performance<Staged>): string | undefined {
  const stuck = timeline.events.find((event) => event.kind === 'step' && event.text.startsWith(STUCK));
  return trouble ?? (stuck?.kind === 'step' ? stuck.text.slice(STUCK.length) : undefined);
}
