import type { Backend } from '../../host/backend.ts';
import { type Finding, isProblem, type Result } from './check.ts';

/** What the lab needs wherever its hosts are. All else that is checked, apart from Docker, serves hosts in namespaces. */
const ALWAYS = ['system', 'kernel', 'node', 'packages', 'koffi'];

/** What checks found, as it matters where hosts are had in one of two ways. */
export interface ByBackend {
  /** Here nothing is a problem but what stops the tour. */
  readonly results: readonly Result[];
  /** The ways in which hosts can be had, of those that were asked for. */
  readonly backends: readonly Backend[];
}

/**
 * Takes from results what is no problem: where hosts can be containers, nobody needs namespaces.
 * @param wanted the backend that was asked for; undefined for whichever works, namespaces first.
 */
export function byBackend(results: readonly Result[], wanted: Backend | undefined): ByBackend {
  const docker = results.find(({ check }) => check.id === 'docker')?.finding;
  const always = !results.some(({ check, finding }) => ALWAYS.includes(check.id) && isProblem(finding));
  const works: Readonly<Record<Backend, boolean>> = {
    namespaces: !results.some(({ finding }) => isProblem(finding)),
    docker: always && docker?.status === 'works',
  };
  const asked = wanted === undefined ? (['namespaces', 'docker'] as const) : [wanted];
  const backends = asked.filter((backend) => works[backend]);
  if (wanted === 'namespaces' || backends.includes('namespaces')) return { results, backends };
  if (wanted === 'docker') return { results: results.map(withDockerNeeded), backends };
  return { results: works.docker ? results.map(withoutNamespaces) : results, backends };
}

function withDockerNeeded(result: Result): Result {
  const { check, finding } = result;
  if (check.id !== 'docker' || finding.status !== 'optional') return withoutNamespaces(result);
  const { detail, remedy = [] } = finding;
  const disables = 'Everything that needs hosts, as they are to be containers (--backend docker).';
  return { check, finding: { status: 'missing', detail, disables, remedy } };
}

function withoutNamespaces({ check, finding }: Result): Result {
  if (ALWAYS.includes(check.id) || !isProblem(finding)) return { check, finding };
  const optional: Finding = {
    status: 'optional',
    detail: `${finding.detail}; hosts in containers do without`,
  };
  return { check, finding: optional };
}
