import { isProblem, type Result, type Step } from './check.ts';
import { installSteps } from './install.ts';
import type { Machine } from './machine.ts';

/** Something to do before the tour can run. */
export interface Task {
  /** What it mends: `ss`, or `ss, g++ and make`. */
  readonly mends: string;
  /** The first command of it, or a word on where it is described. */
  readonly step: Step;
}

/** What is left to do before the tour can run, in the order to do it. Empty when it can. */
export function tasks(
  results: readonly Result[],
  machine: Pick<Machine, 'distribution' | 'sudo'>,
): readonly Task[] {
  const problems = results.flatMap(({ check, finding }) => (isProblem(finding) ? [{ check, finding }] : []));
  const tools = [...new Set(problems.flatMap(({ finding }) => finding.install ?? []))];
  const [install] = tools.length === 0 ? [] : installSteps(tools, machine);
  const others = problems
    // A package that is installed mends a tool wholly; an addon has still to be compiled with it.
    .filter(({ check, finding }) => finding.install === undefined || check.id === 'raw-socket')
    .map(({ check, finding }) => ({
      mends: check.title,
      step: onlyCommand(finding.remedy, finding.install),
    }));
  return [...(install === undefined ? [] : [{ mends: `install ${list(tools)}`, step: install }]), ...others];
}

/** The command, when there is just one to type after what is installed; otherwise the block above says it. */
function onlyCommand(remedy: readonly Step[], installed: readonly string[] | undefined): Step {
  const commands = remedy.filter((step) => typeof step !== 'string').slice(installed === undefined ? 0 : 1);
  return commands.length === 1 ? (commands[0] as Step) : 'as said above';
}

/** `a`, `a and b`, `a, b and c`. */
export function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
