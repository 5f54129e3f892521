import type { Backend } from '../../host/backend.ts';
import { type Group, isProblem, type Result, type Step, wordsOf } from './check.ts';

/** What `doctor --json` prints. */
export interface DoctorDocument {
  readonly schema: 'tcplab/doctor/1';
  /** Whether the tour can run: no check is `missing` or `broken`. */
  readonly ready: boolean;
  /** Where hosts can be, of the places that were asked for. */
  readonly backends: readonly Backend[];
  readonly checks: readonly CheckDocument[];
  /** Checks that could not be tried, because another has to work first. */
  readonly untried: readonly { readonly id: string; readonly title: string; readonly detail: string }[];
}

interface CheckDocument {
  readonly id: string;
  readonly title: string;
  readonly group: Group;
  readonly status: 'works' | 'missing' | 'broken' | 'optional';
  readonly detail: string;
  readonly disables?: string;
  /** Sentences and commands, a line each; commands are indented by two spaces. */
  readonly remedy?: string;
}

/** The document of some results, and of the backends that hosts can be had by. */
export function documentOf(results: readonly Result[], backends: readonly Backend[]): DoctorDocument {
  return {
    schema: 'tcplab/doctor/1',
    ready: !results.some(({ finding }) => isProblem(finding)),
    backends,
    checks: results.flatMap(({ check: { id, title, group }, finding }): CheckDocument[] => {
      if (finding.status === 'untried') return [];
      const { status, detail } = finding;
      const disables = isProblem(finding) ? { disables: finding.disables } : {};
      const steps = finding.remedy;
      return [{ id, title, group, status, detail, ...disables, ...(steps ? { remedy: text(steps) } : {}) }];
    }),
    untried: results.flatMap(({ check: { id, title }, finding }) =>
      finding.status === 'untried' ? [{ id, title, detail: finding.detail }] : [],
    ),
  };
}

function text(remedy: readonly Step[]): string {
  return remedy.map((step) => `${typeof step === 'string' ? '' : '  '}${wordsOf(step)}`).join('\n');
}
