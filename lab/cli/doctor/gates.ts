import { STAGES } from '../../exercise/tour/stages.ts';
import { GATE_NAMES } from '../../gate/kinds.ts';
import type { Finding } from './check.ts';
import type { InsideReport } from './inside.ts';
import { type InsideContext, type Part, partProblem, unreached } from './inside-finding.ts';
import type { LoadFailure } from './loading.ts';

const PART: Part = {
  step: 'gates',
  works: `all ${GATE_NAMES.length} kinds close and open`,
  disables: 'Every gate, and so every state that has to be held: most of the tour and of the exercises.',
  modules: 'nf_tables',
};

/** Gates: an nftables table with the rules of every kind. */
export function gatesFinding(
  report: InsideReport,
  library: LoadFailure | undefined,
  context: InsideContext,
): Finding {
  if (library !== undefined) return { status: 'untried', detail: 'libnftables first' };
  const outcome = report.outcomes.get('gates');
  if (outcome === undefined) return unreached(report);
  if (!outcome.ok) return partProblem(PART, outcome, report, context);
  const refused = outcome.names;
  if (refused.length === 0) return { status: 'works', detail: PART.works };
  const inTour = STAGES.filter(({ gates }) => gates?.some(({ gate }) => refused.includes(gate))).map(
    ({ state }) => state,
  );
  const detail = `this nftables cannot make: ${refused.join(', ')}`;
  if (inTour.length === 0) return { status: 'optional', detail };
  return {
    status: 'broken',
    detail,
    disables: `${inTour.join(', ')} of the tour, and exercises with these gates.`,
    remedy: ['Upgrade nftables to 1.0 (2021) or later.'],
  };
}
