import { fileURLToPath } from 'node:url';
import { IN_NAMESPACES } from '../../host/namespaces/enter.ts';
import { attempt } from './attempt.ts';
import { firstLine } from './loading.ts';

/** What is tried inside the lab's namespaces, in this order. */
export const STEPS = ['hosts', 'link', 'gates', 'raw', 'tap', 'sockets', 'ss', 'tables', 'knobs'] as const;

export type StepName = (typeof STEPS)[number];

/** How a step inside went. */
export interface StepOutcome {
  readonly step: StepName;
  readonly ok: boolean;
  /** The errno name or other code of what went wrong; empty when there is none. */
  readonly code: string;
  /** What went wrong, in the words of the error. */
  readonly reason: string;
  /** Names: of the gates that cannot be made, the knobs that this kernel lacks … */
  readonly names: readonly string[];
}

/** What the probe inside found. A step that was not reached is not there. */
export interface InsideReport {
  readonly outcomes: ReadonlyMap<StepName, StepOutcome>;
  /** The AppArmor profile inside, which may be stricter than the one outside. */
  readonly apparmor: string | undefined;
  /** Why the probe ended early, when it did. */
  readonly ended: string | undefined;
}

/** One line of the probe's standard output. */
export type ProbeLine = StepOutcome | { readonly apparmor: string };

const PROBE = fileURLToPath(new URL('./inside-probe.ts', import.meta.url));

/** Enters the lab's namespaces with a probe of the lab's own parts, and reports what works there. */
export async function lookInside(): Promise<InsideReport> {
  const { exitCode, signal, stdout, stderr } = await attempt([...IN_NAMESPACES, process.execPath, PROBE]);
  const lines = stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as ProbeLine);
  const outcomes = lines.filter((line) => 'step' in line).map((outcome) => [outcome.step, outcome] as const);
  const why = /^\w*Error.*$/m.exec(stderr)?.[0] ?? firstLine(stderr);
  return {
    outcomes: new Map(outcomes),
    apparmor: lines.find((line) => 'apparmor' in line)?.apparmor,
    ended: exitCode === 0 ? undefined : why || `the probe ended with ${signal ?? `exit code ${exitCode}`}`,
  };
}
