import { apparmorSteps } from './apparmor.ts';
import type { Finding, Problem, Step } from './check.ts';
import type { InsideReport, StepName, StepOutcome } from './inside.ts';
import { firstLine } from './loading.ts';
import type { Machine } from './machine.ts';
import { moduleSteps } from './modules.ts';
import { sysctlSteps } from './sysctl.ts';

/** What is known beside the report itself. */
export interface InsideContext {
  readonly machine: Machine;
  /** The program that an AppArmor profile is for, and whether Ubuntu's own profile confines what it starts. */
  readonly unshare: string;
  readonly stockProfile: boolean;
}

/** One part of the kernel that the probe tries. */
export interface Part {
  readonly step: StepName;
  /** Said when it works. */
  readonly works: string;
  readonly disables: string;
  /** The modules that hold it. */
  readonly modules: string;
}

/** Codes by which the kernel says that it has no such thing. */
const ABSENT = ['EOPNOTSUPP', 'EPROTONOSUPPORT', 'EAFNOSUPPORT', 'ENOENT', 'ENODEV'];

/** Judges a part that either works or stops the tour. */
export function partFinding(part: Part, report: InsideReport, context: InsideContext): Finding {
  const outcome = report.outcomes.get(part.step) ?? neverBegan(part, report);
  if (outcome === undefined) return unreached(report);
  if (outcome.code === 'tool') return { status: 'untried', detail: `${part.step} first` };
  return outcome.ok ? { status: 'works', detail: part.works } : partProblem(part, outcome, report, context);
}

/** A part of the kernel that the probe tried in vain. */
export function partProblem(
  part: Part,
  outcome: StepOutcome,
  report: InsideReport,
  context: InsideContext,
): Problem {
  const { disables } = part;
  const confined = confiningProfile(report.apparmor);
  if (confined !== undefined && isRefusal(outcome)) {
    return {
      status: 'broken',
      detail: `AppArmor takes all rights away inside (its profile ${confined})`,
      disables,
      remedy: apparmorSteps(context.unshare, context.stockProfile, context.machine.sudo),
    };
  }
  if (outcome.code === 'ENOSPC') {
    return {
      status: 'broken',
      detail: 'the limit user.max_net_namespaces is reached',
      disables,
      remedy: sysctlSteps('user.max_net_namespaces', '15000', context.machine.sudo),
    };
  }
  const absent =
    ABSENT.includes(outcome.code) || /not supported|No such file|cache init/.test(outcome.reason);
  return {
    status: absent ? 'missing' : 'broken',
    detail: absent ? `this kernel has it not: ${firstLine(outcome.reason)}` : firstLine(outcome.reason),
    disables,
    remedy: absent ? moduleSteps(part.modules, context.machine) : lastWords(context.machine),
  };
}

/**
 * A probe that ended before its first step is a problem of that step: the namespaces could be made a moment ago, and now
 * could not, as happens at a limit while the kernel still takes the first ones down.
 */
function neverBegan({ step }: Part, { outcomes, ended }: InsideReport): StepOutcome | undefined {
  if (step !== 'hosts' || outcomes.size > 0 || ended === undefined) return undefined;
  const code = ended.includes('No space left on device') ? 'ENOSPC' : '';
  return { step, ok: false, code, reason: ended, names: [] };
}

/** A step that the probe did not come to: either because the first one failed, or because it ended early. */
export function unreached(report: InsideReport): Finding {
  const first = report.outcomes.get('hosts');
  if (first?.ok === false || report.outcomes.size === 0)
    return { status: 'untried', detail: 'network namespaces first' };
  return { status: 'untried', detail: report.ended ?? 'the probe inside did not come to it' };
}

/** The profile that confines what runs in a user namespace, or undefined for one that lets it be. */
function confiningProfile(label: string | undefined): string | undefined {
  if (label === undefined || /^unconfined$|\((unconfined|complain)\)/.test(label)) return undefined;
  return label.replace(/ \(\w+\)$/, '');
}

function isRefusal({ code, reason }: StepOutcome): boolean {
  return code === 'EPERM' || code === 'EACCES' || /not permitted|[Pp]ermission denied/.test(reason);
}

function lastWords({ root }: Machine): readonly Step[] {
  return ["The kernel's own words may be here:", { see: `${root ? '' : 'sudo '}dmesg | tail -n 20` }];
}
