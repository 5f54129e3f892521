import type { ExerciseResult } from '../exercise/result.ts';
import { FieldError, Fields } from '../observe/fields.ts';
import { type ExerciseName, parseName, workKey } from './plan.ts';
import { parseResult } from './row-result.ts';

/**
 * How a run ended, beside what it showed. `tamper`: for a person to look at. `infra`: the lab's own fault, which carries no score.
 */
export type RunStatus = 'ok' | 'student_error' | 'timeout' | 'limit' | 'tamper' | 'infra';
export type LimitKind = 'cpu' | 'wall' | 'mem' | 'pids' | 'disk' | 'output' | 'fds';

const RUN_STATUSES: readonly RunStatus[] = ['ok', 'student_error', 'timeout', 'limit', 'tamper', 'infra'];
const LIMIT_KINDS: readonly LimitKind[] = ['cpu', 'wall', 'mem', 'pids', 'disk', 'output', 'fds'];

const CONFINED_BY = ['cgroup2', 'cgroup1', 'rlimits', 'docker'] as const;
export type ConfinedBy = (typeof CONFINED_BY)[number];

/** What kept the program within its bounds. */
export interface Confinement {
  readonly by: ConfinedBy;
  readonly uid: number;
  readonly [more: string]: unknown;
}

/** What one run of one submission came to: a line of the journal. */
export interface GradeRow {
  readonly schema: 'tcplab/grade-row/1';
  /** `workKey`: the same work has the same key on every machine. */
  readonly key: string;
  readonly student: string;
  readonly exercise: ExerciseName;
  readonly digest: string;
  readonly suite: string;
  /** From 1. */
  readonly attempt: number;
  /** It is the verdict. Only `infra` with tries left is none. */
  readonly terminal: boolean;
  /** How often a person has asked for this work to be judged anew; 0 when not said. A higher one takes the place of a lower one. */
  readonly rerun?: number;
  readonly status: RunStatus;
  /** Which limit, when `status` is `limit`. */
  readonly limit?: LimitKind;
  /** One sentence for the student. */
  readonly because?: string;
  /** What looks like tampering, for the instructor only. */
  readonly tamper?: readonly string[];
  /** What was judged, whole, with its evidence; null when nothing was. */
  readonly result: ExerciseResult | null;
  /** What there is to draw of the run (`sketchOf`); absent when every check passed, and in rows of before there were any. */
  readonly sketch?: string;
  readonly confinement: Confinement;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly ms: number;
  /** Which worker did it, for a person who looks for trouble. */
  readonly worker: string;
  readonly seed: string;
}

/** A row as a line, with its line end. */
export function rowLine(row: GradeRow): string {
  return `${JSON.stringify(row)}\n`;
}

/** The row in a line. Members it does not know are left out. @throws FieldError, SyntaxError */
export function parseRow(line: string): GradeRow {
  const fields = new Fields(JSON.parse(line), 'the row');
  const status = fields.oneOf('status', RUN_STATUSES);
  const row: GradeRow = {
    schema: fields.oneOf('schema', ['tcplab/grade-row/1']),
    key: fields.text('key'),
    student: fields.text('student'),
    exercise: parseName(fields.object('exercise')),
    digest: fields.text('digest'),
    suite: fields.text('suite'),
    attempt: fields.count('attempt', 1),
    terminal: fields.truth('terminal'),
    ...fields.maybe('rerun', (key) => fields.count(key)),
    status,
    ...(status === 'limit' ? { limit: fields.oneOf('limit', LIMIT_KINDS) } : {}),
    ...fields.maybe('because', (key) => fields.text(key)),
    ...fields.maybe('tamper', (key) => fields.texts(key)),
    result: fields.isNull('result') ? null : parseResult(fields.object('result')),
    ...fields.maybe('sketch', (key) => fields.text(key)),
    confinement: parseConfinement(fields.object('confinement')),
    startedAt: fields.time('startedAt'),
    ms: fields.amount('ms'),
    worker: fields.text('worker'),
    seed: fields.text('seed'),
  };
  const key = workKey(row, row.suite);
  if (row.key !== key) throw new FieldError('key', `that of its student and files (${key})`, row.key);
  if (!row.terminal && status !== 'infra') throw new FieldError('terminal', `true for ${status}`, false);
  return row;
}

function parseConfinement(fields: Fields): Confinement {
  const by = fields.oneOf('by', CONFINED_BY);
  const more = Object.fromEntries(fields.keys.map((key) => [key, fields.json(key)]));
  return { ...more, by, uid: fields.count('uid') };
}
