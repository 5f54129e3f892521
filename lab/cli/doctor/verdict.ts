import { isProblem, type Problem, type Result } from './check.ts';
import { type Installing, installSteps } from './install.ts';

/** Something to do before the tour can run. */
export interface Task {
  /** What it mends: `koffi`, or `ss and nft`. */
  readonly mends: string;
  /** The one command that does it; undefined when there is more to it, which the report says at the check. */
  readonly command: string | undefined;
}

/** What is left to do before the tour can run, in the order to do it. Empty when it can. */
export function tasks(results: readonly Result[], machine: Installing): readonly Task[] {
  const problems = results.flatMap(({ check, finding }) => (isProblem(finding) ? [{ check, finding }] : []));
  const tools = [...new Set(problems.flatMap(({ finding }) => finding.install ?? []))];
  const install: Task[] =
    tools.length === 0 ? [] : [{ mends: list(tools), command: commands(installSteps(tools, machine))[0] }];
  const others = problems
    .filter(({ finding }) => finding.install === undefined || finding.afterwards !== undefined)
    .map(({ check, finding }) => ({ mends: check.title, command: onlyCommand(finding) }));
  return [...install, ...together(others)];
}

/** Checks that the same command mends are one task. */
function together(ones: readonly Task[]): Task[] {
  return [...Map.groupBy(ones, ({ mends, command }) => command ?? mends).values()].map((same) => ({
    mends: list(same.map(({ mends }) => mends)),
    command: same[0]?.command,
  }));
}

function onlyCommand({ remedy, afterwards }: Problem): string | undefined {
  const [first, second] = commands(afterwards ?? remedy);
  return second === undefined && first?.endsWith('…') === false ? first : undefined;
}

function commands(remedy: Problem['remedy']): string[] {
  return remedy.flatMap((step) => (typeof step !== 'string' && 'run' in step ? [step.run] : []));
}

/** `a`, `a and b`, `a, b and c`. */
export function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
