import { type Group, isProblem, type Result, type Step, wordsOf } from './check.ts';

/** What `doctor --json` prints. */
export interface DoctorDocument {
  readonly schema: 'tcplab/doctor/1';
  /** Whether the tour can run: no check is `missing` or `broken`. */
  readonly ready: boolean;
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

/** The document of some results. */
export function documentOf(results: readonly Result[]): DoctorDocument {
  return {
    schema: 'tcplab/doctor/1',
    ready: !results.some(({ finding }) => isProblem(finding)),
    checks: results.flatMap(({ check: { id, title, group }, finding }): CheckDocument[] => {
      if (finding.status === 'untried') return [];
      const { status, detail } = finding;
      const disables = isProblem(finding) ? { disables: finding.disables } : {};
      const steps = finding.status === 'works' ? undefined : finding.remedy;
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
