import type { CheckResult, ExerciseResult } from '../../lab/exercise/result.ts';
import { type Course, parseCourse } from '../../lab/grade/course.ts';
import { type GradePlan, type PlannedExercise, type PlannedRow, workKey } from '../../lab/grade/plan.ts';
import type { GradeRow } from '../../lab/grade/row.ts';
import { sketchOf } from '../../lab/grade/sketch/sketch.ts';
import { PAGE_PICTURES } from '../../lab/report/page-pictures.ts';
import { HAND_MADE } from '../report/hand-made.ts';

/** A name that is an attack on a spreadsheet, a page, a terminal and a path, all at once. */
export const HOSTILE = '=HYPERLINK("http://198.18.0.9","x")</script>\u202e\u001b[31m\u0000\ud800/../é';

const SUITE = `${'c0ffee'.repeat(10)}0123`;

/** What only a hidden check says: nothing of it may be on a page before its release. */
export const SECRETS = [
  'given-up',
  'is back in LISTEN',
  'it came only once',
  'not-repeated',
  'timer:(on,secret',
  'Keep silent until',
];
export const HIDDEN_SENTENCE = 'One more check is told after the due date.';

const LISTEN: PlannedExercise = {
  number: 1,
  slug: 'listen',
  title: 'Listen with a backlog of your own',
  points: 10,
  lastsMs: 2_000,
  checks: [
    { id: 'listens', title: 'The server listens', weight: 1, points: 5, needs: [] },
    { id: 'backlog', title: 'Its backlog is <16>', weight: 1, points: 5, needs: ['listens'] },
  ],
};

const SYN_RCVD: PlannedExercise = {
  number: 4,
  slug: 'syn-rcvd',
  title: 'Hold SYN_RCVD by withholding the final ACK',
  points: 14,
  lastsMs: 4_000,
  checks: [
    { id: 'answered', title: 'The server answers your SYN', weight: 1, points: 3, needs: [] },
    { id: 'held', title: 'The server holds SYN_RCVD', weight: 2, points: 6, needs: ['answered'] },
    {
      id: 'given-up',
      title: 'The server gives up and is back in LISTEN',
      weight: 2,
      points: 5,
      needs: ['held'],
    },
  ],
};

const COUNT: PlannedExercise = {
  number: 27,
  slug: 'count-states',
  title: 'Count states & peers',
  points: 12,
  lastsMs: 6_000,
  checks: [{ id: 'counts', title: 'The numbers are the kernel’s', weight: 1, points: 12, needs: [] }],
};

export const EXERCISES = [LISTEN, SYN_RCVD, COUNT];

export function planned(
  student: string,
  { number, slug }: PlannedExercise,
  submittedAt: string | null,
): PlannedRow {
  const digest = Buffer.from(`${student.length} ${slug}`.padEnd(32, '.')).toString('hex');
  return { student, exercise: { number, slug }, folder: `${slug}/${student.length}`, digest, submittedAt };
}

export function planOf(students: readonly string[], rows: readonly PlannedRow[]): GradePlan {
  return {
    header: {
      schema: 'tcplab/grade-plan/1',
      suite: SUITE,
      madeAt: '2026-03-02T08:00:00.000Z',
      source: 'submissions',
      exercises: EXERCISES,
      students,
      trouble: [],
    },
    rows,
  };
}

/** A row that is well, but for what is said of it. */
export function rowOf(row: PlannedRow, more: Partial<GradeRow> = {}): GradeRow {
  return {
    schema: 'tcplab/grade-row/1',
    key: workKey(row, SUITE),
    student: row.student,
    exercise: row.exercise,
    digest: row.digest,
    suite: SUITE,
    attempt: 1,
    terminal: true,
    status: 'ok',
    result: null,
    confinement: { by: 'cgroup2', uid: 200_001 },
    startedAt: '2026-03-02T09:00:00.000Z',
    ms: 1_234.5,
    worker: 'one#1',
    seed: 'a1b2c3',
    ...more,
  };
}

/** Sockets of an exercise as a record has them. */
const SEEN: ExerciseResult['seen'] = {
  server: [
    'LISTEN for 3.2 s, to the end',
    'SYN_RCVD for 1.8 s → ESTABLISHED for 0.9 s → CLOSE_WAIT for 2.1 ms → gone',
  ],
  client: ['ESTABLISHED for 2.7 s → FIN_WAIT_2 for 4.0 ms → TIME_WAIT for 0.2 s, to the end'],
};

type Fate = CheckResult['verdict'] | Partial<CheckResult>;

/** The record of a run, with what became of each check in order; the first is that the program starts, which passes. */
export function resultOf(exercise: PlannedExercise, ...fates: readonly Fate[]): ExerciseResult {
  const { number, slug, title } = exercise;
  const checks = exercise.checks.map(({ id, title: words, points: maxPoints }, n): CheckResult => {
    const fate = fates[n] ?? 'pass';
    const more = typeof fate === 'string' ? { verdict: fate } : fate;
    const verdict = more.verdict ?? 'fail';
    return {
      id,
      title: words,
      verdict,
      points: verdict === 'pass' ? maxPoints : 0,
      maxPoints,
      ms: 1_000,
      steps: [],
      evidence: [],
      ...(verdict === 'skipped'
        ? { because: 'answered', message: 'Not judged, because a check before it did not pass.' }
        : {}),
      ...more,
    };
  });
  const runs: CheckResult = {
    id: 'runs',
    title: 'Your program starts',
    verdict: 'pass',
    points: 0,
    maxPoints: 0,
    ms: 1,
    steps: [],
    evidence: [],
  };
  const verdicts = new Set(checks.map(({ verdict }) => verdict));
  const verdict = (['error', 'inconclusive', 'fail'] as const).find((each) => verdicts.has(each)) ?? 'pass';
  return {
    schema: 'tcplab/check/1',
    tool: 'tcplab 0.1.0',
    kernel: '6.18.0',
    backend: 'namespaces',
    startedAt: '2026-03-02T09:00:00.000Z',
    exercise: { number, slug, title },
    from: 'submissions',
    submission: '0'.repeat(64),
    seed: 'a1b2c3',
    ms: 1_200,
    verdict,
    points: checks.reduce((sum, { points }) => sum + points, 0),
    maxPoints: exercise.points,
    checks: [runs, ...checks],
    predictions: [],
    seen: SEEN,
    knobs: {},
  };
}

/** A failure with everything a failure can have. */
export const NO_ACK: Partial<CheckResult> = {
  verdict: 'fail',
  ms: 100.1,
  because: 'acknowledged',
  message: `Expected no ACK, but the client sent an ACK after 3.1 ms. It printed "${HOSTILE}".`,
  help: 'After the SYN-ACK has come, send nothing at all.',
  steps: [
    { n: 1, host: 'client', action: 'the client sends a SYN', atMs: 12.25 },
    {
      n: 2,
      host: 'client',
      action: 'nothing follows',
      expected: 'no segment',
      observed: 'the client sent an ACK',
      atMs: 15.5,
    },
  ],
  hosts: [
    { host: 'client', observed: 'ESTABLISHED for 3.0 s' },
    { host: 'server', expected: 'SYN_RCVD', observed: 'LISTEN; SYN_RCVD → ESTABLISHED' },
  ],
  evidence: [
    { kind: 'ss', host: 'client', text: '' },
    { kind: 'ss', host: 'server', text: 'ESTAB 0 0 198.18.0.2:8080 198.18.0.1:40000 sk:1 <->' },
    { kind: 'segment', host: 'server', text: '12.3 client → server  S seq 0 win 64240 <mss 1460>' },
    { kind: 'trace', host: 'server', text: 'SYN_RCVD → ESTABLISHED' },
  ],
};

/** A hidden check that failed: full of what must not be told. */
const SECRET: Partial<CheckResult> = {
  verdict: 'fail',
  because: 'not-repeated',
  message: 'Expected the same SYN-ACK again after about 1 s, but it came only once.',
  help: 'Keep silent until the server gives up.',
  steps: [
    {
      n: 1,
      action: 'the server is back in LISTEN',
      expected: 'it again',
      observed: 'it came only once',
      atMs: 9,
    },
  ],
  evidence: [{ kind: 'ss', host: 'server', text: 'SYN-RECV 0 0 timer:(on,secret' }],
};

/** What there is to draw of a run in which that hidden check failed. */
const SECRET_SKETCH = sketchOf(
  {
    ...HAND_MADE,
    events: SECRETS.map((text, n) => ({ kind: 'step', atMs: n, text })),
  },
  [],
);

const ada = 'ada';
const grace = 'grace';
const noether = 'noether';
const IN_TIME = '2026-03-01T20:00:00.000Z';

const rows: readonly [PlannedRow, Partial<GradeRow>][] = [
  [planned(ada, LISTEN, IN_TIME), { result: resultOf(LISTEN) }],
  [
    planned(ada, SYN_RCVD, IN_TIME),
    { result: resultOf(SYN_RCVD, 'pass', 'pass', SECRET), sketch: SECRET_SKETCH },
  ],
  [planned(ada, COUNT, '2026-03-03T10:00:00.000Z'), { result: resultOf(COUNT) }],
  [
    planned(grace, LISTEN, IN_TIME),
    {
      status: 'student_error',
      because: "It ended with SyntaxError: Unexpected token '<'.",
      result: resultOf(LISTEN, { verdict: 'fail', because: 'ended', message: 'It ended.' }, 'skipped'),
    },
  ],
  [
    planned(grace, SYN_RCVD, null),
    { status: 'tamper', tamper: [`It wrote to /proc/1/mem as ${HOSTILE}`], result: resultOf(SYN_RCVD) },
  ],
  [planned(grace, COUNT, IN_TIME), { status: 'infra', attempt: 3, because: 'The capture did not begin.' }],
  [
    planned(HOSTILE, LISTEN, IN_TIME),
    {
      status: 'timeout',
      because: 'It still ran after 10 s.',
      result: resultOf(LISTEN, 'pass', 'fail'),
      sketch: 'no sketch',
    },
  ],
  [
    planned(HOSTILE, SYN_RCVD, IN_TIME),
    { result: resultOf(SYN_RCVD, 'pass', NO_ACK, 'skipped'), sketch: sketchOf(HAND_MADE, [100.1]) },
  ],
  [planned(HOSTILE, COUNT, IN_TIME), { status: 'limit', limit: 'mem', because: '512 MB is the most.' }],
  [planned(noether, LISTEN, IN_TIME), { result: resultOf(LISTEN, 'inconclusive', 'skipped') }],
];

/** Four students who handed something in, with every status, and every odd thing a book knows. */
export const PLAN: GradePlan = {
  ...planOf(
    [ada, grace, HOSTILE, noether],
    rows.map(([row]) => row),
  ),
  header: {
    ...planOf([ada, grace, HOSTILE, noether], []).header,
    trouble: [{ student: HOSTILE, exercise: 4, sentence: 'package.json is not taken: a run has its own.' }],
  },
};

/** The journal, with a try that failed before the one that counts, and a duplicate after it. */
export const ROWS: readonly GradeRow[] = [
  ...rows.flatMap(([row, more], n) => [
    ...(n === 5
      ? [
          rowOf(row, { ...more, attempt: 1, terminal: false }),
          rowOf(row, { ...more, attempt: 2, terminal: false }),
        ]
      : []),
    rowOf(row, more),
  ]),
  rowOf(planned(ada, LISTEN, IN_TIME), { status: 'timeout', worker: 'two#1' }),
];

export const COURSE_TEXT = JSON.stringify({
  schema: 'tcplab/course/1',
  title: 'Networks <2026> & more',
  due: '2026-03-01T23:59:00+01:00',
  release: '2026-03-10T12:00:00Z',
  late: { graceMinutes: 10, percentPerDay: 10, mostPercent: 50, closesAfterDays: 7 },
  exercises: { '04-syn-rcvd': { weight: 28, canvasId: 4711 } },
  hidden: [{ exercise: '4', check: 'given-up', sentence: HIDDEN_SENTENCE }],
  students: {
    ada: {
      name: 'Ada Lovelace',
      email: 'ada@example.org',
      login: 'al1815',
      idNumber: '1815',
      canvasId: '17',
      section: 'A',
    },
    hopper: { name: 'Points Possible' },
    noether: { due: { '27': '2026-03-20T00:00:00Z' } },
  },
});

export const COURSE: Course = parseCourse(COURSE_TEXT);
export const BEFORE = { at: '2026-03-05T00:00:00Z', pictures: PAGE_PICTURES };
export const AFTER = { at: '2026-03-10T12:00:00Z', pictures: PAGE_PICTURES };
