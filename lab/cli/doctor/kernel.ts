import type { Check, Finding } from './check.ts';
import type { Machine } from './machine.ts';

/**
 * The oldest kernel the lab can work on: the witness on the wire asks for PACKET_IGNORE_OUTGOING, of Linux 4.20, and until
 * then most of the pinned knobs belonged to the whole machine. Distributions carry newer things back to older kernels: what
 * decides is what the probe inside sees.
 */
const OLDEST = [4, 20] as const;

/** What the course shows and an older kernel does otherwise, oldest first. */
const SINCE: readonly (readonly [major: number, minor: number, what: string])[] = [
  [5, 17, 'an RST made by hand that passes the gate own-rst'],
  [6, 1, 'a small connection table for each host (only speed)'],
  [6, 5, 'linear timeouts of SYNs (tcp_syn_linear_timeouts)'],
  [6, 9, 'FIN deferred in SYN_RCVD'],
];

/** The kernel's version. What it really can do is for the probe inside to see. */
export function kernelCheck(machine: Machine): Check {
  return {
    id: 'kernel',
    title: 'kernel',
    group: 'Machine, Node and packages',
    run: async () => kernelFinding(machine.kernel),
  };
}

export function kernelFinding(release: string): Finding {
  if (versionBelow(release, ...OLDEST)) {
    return {
      status: 'optional',
      detail: `Linux ${release} is older than ${OLDEST.join('.')}; the lines below say what it can do`,
    };
  }
  const lacks = SINCE.filter(([major, minor]) => versionBelow(release, major, minor));
  const without = lacks.map(([major, minor, what]) => `${what}, ${major}.${minor}`).join('; ');
  return { status: 'works', detail: `Linux ${release}${without === '' ? '' : `, without: ${without}`}` };
}

/** Whether a release such as `5.15.0-91-generic` comes before major.minor. */
export function versionBelow(release: string, major: number, minor: number): boolean {
  const [, ofMajor, ofMinor] = /^(\d+)\.(\d+)/.exec(release) ?? [];
  return Number(ofMajor) < major || (Number(ofMajor) === major && Number(ofMinor) < minor);
}
