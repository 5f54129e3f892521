import type { Finding } from './check.ts';
import type { InsideReport } from './inside.ts';
import { unreached } from './inside-finding.ts';

/** Whether each host can have a connection table of its own. Without one a look at the sockets takes longer; no more. */
export function tablesFinding(report: InsideReport): Finding {
  const outcome = report.outcomes.get('tables');
  if (outcome === undefined) return unreached(report);
  if (outcome.ok) return { status: 'works', detail: 'a host has its own, of 2,048 buckets' };
  return {
    status: 'optional',
    detail: "hosts share the whole machine's (before Linux 6.1): sock_diag is slower, and nothing else",
  };
}
