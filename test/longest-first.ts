import { basename } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take from half a minute to a minute and a half. One that began last would keep everybody waiting. */
const LONG = [
  'claims-all',
  'dev-check',
  'interrupted',
  'resume',
  'queue-end-to-end',
  'student-watch',
  'cli-grade',
  'student-verbs',
];

/** The files that take longest begin first; the others as vitest would have them. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => place(a) - place(b));
  }
}

function place({ moduleId }: TestSpecification): number {
  const at = LONG.indexOf(basename(moduleId).replace(/\..*/, ''));
  return at === -1 ? LONG.length : at;
}
