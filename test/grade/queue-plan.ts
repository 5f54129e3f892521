import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf } from '../../lab/grade/intake/digest.ts';
import type { GradePlan, PlannedRow } from '../../lab/grade/plan.ts';
import { temporaryPath } from './temporary.ts';

export const SUITE = 'a1'.repeat(32);

export interface Planned {
  readonly plan: GradePlan;
  readonly store: string;
}

/** A plan for so many students with a file each, and the store that it is about. */
export function planFor(students: number, numbers: readonly number[] = [1], suite: string = SUITE): Planned {
  const store = temporaryPath('intake');
  const names = Array.from({ length: students }, (_, n) => `student-${String(n).padStart(3, '0')}`);
  const rows = names.flatMap((student) => numbers.map((number) => row(store, student, number)));
  const exercises = numbers.map((number) => ({
    number,
    slug: slugOf(number),
    title: `Exercise ${number}`,
    points: 0,
    lastsMs: 100 * number,
    checks: [],
  }));
  const header = {
    schema: 'tcplab/grade-plan/1',
    suite,
    madeAt: '2026-03-02T08:00:00.000Z',
    source: 'submissions',
    exercises,
    students: names,
    trouble: [],
  } as const;
  return { plan: { header, rows }, store };
}

function row(store: string, student: string, number: number): PlannedRow {
  const slug = slugOf(number);
  const folder = join(student, slug);
  mkdirSync(join(store, folder, 'inner'), { recursive: true });
  const files = [
    { path: 'client.ts', content: Buffer.from(`// ${student} ${number}\n`) },
    { path: 'inner/more.ts', content: Buffer.from([0, 255, 13, 10]) },
  ];
  for (const { path, content } of files) writeFileSync(join(store, folder, path), content);
  return { student, exercise: { number, slug }, folder, digest: digestOf(files), submittedAt: null };
}

function slugOf(number: number): string {
  return `0${number}-some`;
}
