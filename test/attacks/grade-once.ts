// The one file here that knows how submissions are graded: intake, plan, slots and journal, as `./tcplab grade` does it.
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXERCISES } from '../../lab/exercises/catalog.ts';
import { gradeRows } from '../../lab/grade/grade-rows.ts';
import { Journal } from '../../lab/grade/journal.ts';
import { makePlan } from '../../lab/grade/make-plan.ts';
import type { GradeRow } from '../../lab/grade/row.ts';
import { settled, toDo } from '../../lab/grade/settled.ts';
import { Slots } from '../../lab/grade/slots/slots.ts';
import type { Backend } from '../../lab/host/backend.ts';
import { removeAll } from './lay-out.ts';

/** What one submission came to. */
export interface Graded {
  readonly student: string;
  /** Absent when nothing could be taken of it that an exercise is about. */
  readonly row: GradeRow | undefined;
  /** How many tries it took. */
  readonly tries: number;
  /** Everything that is said of it, to the student and the instructor. */
  readonly sentences: readonly string[];
}

export interface GradeOptions {
  /** How many run side by side. */
  readonly jobs: number;
  /** Only these students. */
  readonly only?: readonly string[];
  /** Called when the submissions have been taken in: nothing is read of them from then on. */
  readonly taken?: () => void;
  /** Whose verdict a student's submission waits for, if anybody's. */
  readonly after?: (student: string) => string | undefined;
}

/** Grades submissions in slots that stay open from one call to the next. */
export class Grader implements AsyncDisposable {
  readonly #slots: Slots;

  private constructor(slots: Slots) {
    this.#slots = slots;
  }

  static async open(slots: number, backend: Backend = 'namespaces'): Promise<Grader> {
    return new Grader(await Slots.open(slots, { backend }));
  }

  /** Grades every submission in a folder, in the order of their names. @returns by student */
  async gradeOnce(
    submissions: string,
    { jobs, only, taken = () => {}, after = () => undefined }: GradeOptions,
  ): Promise<Map<string, Graded>> {
    const out = mkdtempSync(join(tmpdir(), 'tcplab-attacks-out-'));
    chmodSync(out, 0o755);
    try {
      const store = join(out, 'intake');
      const { plan, report } = await makePlan(submissions, store, {
        exercises: EXERCISES,
        ...(only === undefined ? {} : { students: only }),
      });
      taken();
      await using journal = Journal.open(join(out, 'journal.jsonl'));
      const rows: GradeRow[] = [];
      const verdicts = new Map(plan.rows.map(({ student }) => [student, Promise.withResolvers<void>()]));
      await gradeRows(plan, toDo(plan, []), {
        store,
        journal,
        jobs,
        judge: async (job) => {
          await verdicts.get(after(job.student) ?? '')?.promise;
          return await this.#slots.judge(job);
        },
        finished: (row) => {
          rows.push(row);
          // One that is to be tried again is tried after all others: who waits for it has waited for its first try.
          verdicts.get(row.student)?.resolve();
        },
      });
      const last = [...settled(rows).rows.values()];
      const students = new Set([...plan.header.students, ...report.trouble.map(({ student }) => student)]);
      return new Map(
        [...students].map((student) => {
          const row = last.find((each) => each.student === student);
          const said = report.trouble.filter((each) => each.student === student);
          const sentences = [...said.map(({ sentence }) => sentence), ...sentencesOf(row)];
          const tries = rows.filter((each) => each.student === student).length;
          return [student, { student, row, tries, sentences }];
        }),
      );
    } finally {
      removeAll(out);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#slots.close();
  }
}

function sentencesOf(row: GradeRow | undefined): string[] {
  if (row === undefined) return [];
  const checks = (row.result?.checks ?? []).flatMap(({ message }) => message ?? []);
  return [...(row.because === undefined ? [] : [row.because]), ...(row.tamper ?? []), ...checks];
}
