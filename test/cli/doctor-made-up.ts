import type { Finding, Step } from '../../lab/cli/doctor/check.ts';
import { wordsOf } from '../../lab/cli/doctor/check.ts';
import { distributionOf } from '../../lab/cli/doctor/distribution.ts';
import type { InsideReport, StepOutcome } from '../../lab/cli/doctor/inside.ts';
import type { Machine } from '../../lab/cli/doctor/machine.ts';

export const UBUNTU =
  'NAME="Ubuntu"\nVERSION_ID="22.04"\nID=ubuntu\nID_LIKE=debian\nPRETTY_NAME="Ubuntu 22.04.4 LTS"\n';

export const MACHINE: Machine = {
  platform: 'linux',
  architecture: 'x64',
  kernel: '5.15.0-91-generic',
  distribution: distributionOf(UBUNTU),
  container: undefined,
  user: 'ada',
  root: false,
  sudo: 'sudo ',
  path: '/usr/bin',
  updateFirst: false,
  systemd: true,
};
export const CONTEXT = { machine: MACHINE, unshare: '/usr/bin/unshare', stockProfile: false };

/** What a finding says to do. */
export function remedy(finding: Finding): string {
  const steps: readonly Step[] = 'remedy' in finding ? (finding.remedy ?? []) : [];
  return steps.map(wordsOf).join('\n');
}

/** A report of the probe inside where all went well, but for these outcomes. */
export function reportOf(apparmor: string | undefined, ...outcomes: Partial<StepOutcome>[]): InsideReport {
  const whole = outcomes.map(
    (one) => ({ step: 'hosts', ok: true, code: '', reason: '', names: [], ...one }) as const,
  );
  return { apparmor, ended: undefined, outcomes: new Map(whole.map((one) => [one.step, one])) };
}
