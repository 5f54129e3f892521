import type { Finding } from './check.ts';
import type { InsideReport } from './inside.ts';
import { type InsideContext, type Part, partProblem, unreached } from './inside-finding.ts';
import { versionBelow } from './kernel.ts';

const PART: Part = {
  step: 'raw',
  works: 'opens and marks, with CAP_NET_RAW alone',
  disables: 'Programs that build segments by hand, and the states of the tour that they bring about.',
  modules: '',
};

/** A raw socket with a mark, in a program that has CAP_NET_RAW only. socket(7): SO_MARK takes no more since Linux 5.17. */
export function rawFinding(report: InsideReport, context: InsideContext): Finding {
  const outcome = report.outcomes.get('raw');
  if (outcome === undefined) return unreached(report);
  if (outcome.ok) return { status: 'works', detail: PART.works };
  if (outcome.reason.includes('SO_MARK') && versionBelow(context.machine.kernel, 5, 17)) {
    return {
      status: 'optional',
      detail:
        'opens, but may not mark its segments before Linux 5.17: an RST made by hand does not pass the gate own-rst',
      remedy: newerKernel(context),
    };
  }
  return partProblem(PART, outcome, report, context);
}

function newerKernel({ machine }: InsideContext) {
  const { distribution, sudo } = machine;
  if (distribution.id === 'ubuntu' && distribution.name.includes('22.04')) {
    return [
      'Install the newer kernel that Ubuntu has for 22.04, and start the machine again:',
      { run: `${sudo}apt-get install linux-generic-hwe-22.04` },
    ];
  }
  return ['Start a newer kernel: every distribution release since 2022 has one.'];
}
