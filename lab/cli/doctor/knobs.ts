import { KNOB_NAMES, PINNED } from '../../host/knobs.ts';
import type { Finding } from './check.ts';
import type { InsideReport } from './inside.ts';
import { unreached } from './inside-finding.ts';
import { firstLine } from './loading.ts';

/** Knobs that came late, with the Linux that brought them. ip-sysctl.rst. */
const SINCE: Readonly<Record<string, string>> = {
  tcp_migrate_req: '5.14',
  tcp_syn_linear_timeouts: '6.5',
  tcp_rto_min_us: '6.11',
};

/** The sysctls of a host: pinned ones have to be there, others are missed only by exercises that set them. */
export function knobsFinding(report: InsideReport): Finding {
  const outcome = report.outcomes.get('knobs');
  if (outcome === undefined) return unreached(report);
  if (!outcome.ok) {
    return {
      status: 'broken',
      detail: firstLine(outcome.reason),
      disables: 'The pinned knobs, which make a run the same everywhere: the tour and every exercise.',
      remedy: ['Start a newer kernel: each of them belongs to a network namespace since Linux 4.15.'],
    };
  }
  const pinned = outcome.names.filter((name) => [...PINNED.keys()].some((known) => known === name));
  if (pinned.length > 0) {
    return {
      status: 'missing',
      detail: `this kernel has no ${pinned.join(', ')} in a network namespace`,
      disables: 'Every run, because these knobs are pinned: the tour and every exercise.',
      remedy: ['Start a newer kernel: each of them belongs to a network namespace since Linux 4.15.'],
    };
  }
  const count = `${KNOB_NAMES.length - outcome.names.length} of ${KNOB_NAMES.length}`;
  if (outcome.names.length === 0) return { status: 'works', detail: `all ${KNOB_NAMES.length} can be set` };
  const lacks = outcome.names.map((name) => (name in SINCE ? `${name} (Linux ${SINCE[name]})` : name));
  return { status: 'optional', detail: `${count} can be set; this kernel has no ${lacks.join(', ')}` };
}
