import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { replaceDerivedFile } from '../sys/replace-file.ts';
import type { IntakeReport } from './intake/report.ts';
import type { GradePlan, PlannedRow } from './plan.ts';
import { similarityFiles } from './similarity/page.ts';

/** Writes the similarity report of everything that is planned into a folder. What is no longer in the store is left out. */
export function writeSimilarity(folder: string, { rows }: GradePlan, store: string): void {
  for (const { path, text } of similarityFiles(store, planned(rows, store)))
    replaceDerivedFile(join(folder, path), text);
}

/** What is planned, as intake tells it. */
function planned(rows: readonly PlannedRow[], store: string): IntakeReport {
  const there = rows.filter(({ folder }) => existsSync(join(store, folder)));
  return {
    schema: 'tcplab/grade-intake/1',
    submissions: [...Map.groupBy(there, ({ student }) => student)].map(([student, own]) => ({
      student,
      from: student,
      folder: student,
      exercises: own.map(({ exercise, folder, digest, submittedAt }) => ({
        ...{ exercise, folder, digest, submittedAt },
        files: filesIn(join(store, folder)),
        missing: [],
      })),
    })),
    trouble: [],
    others: [],
  };
}

function filesIn(folder: string): { path: string; bytes: number }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => ({ path: relative(folder, join(entry.parentPath, entry.name)), bytes: 0 }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
