import { FieldError, Fields } from '../observe/fields.ts';
import type { ExerciseName } from './plan.ts';

/** What lateness costs. */
export interface LatePolicy {
  /** So much later than due is not late. */
  readonly graceMinutes: number;
  /** Per cent of the points for each day that was begun. */
  readonly percentPerDay: number;
  /** It never costs more per cent than this, */
  readonly mostPercent: number;
  /** unless so many days have passed: then nothing counts. Null: that day never comes. */
  readonly closesAfterDays: number | null;
}

/** An exercise as a course has it. `slug` is null when `course.json` calls it by its number only. */
export interface CourseExercise {
  readonly number: number;
  readonly slug: string | null;
  readonly due?: string;
  /** Its share of the course's total, relative to the others; its points when not said. */
  readonly weight?: number;
  readonly late?: LatePolicy;
  /** By id: weights of checks that differ from the exercise's own. */
  readonly checks: ReadonlyMap<string, number>;
  /** The number of its assignment in Canvas. */
  readonly canvasId?: number;
}

/** A check whose outcome students are told later. */
export interface HiddenCheck {
  readonly number: number;
  readonly slug: string | null;
  readonly check: string;
  /** What students read in its place. */
  readonly sentence: string;
  /** When they see it; null: when somebody says so. */
  readonly release: string | null;
}

/** What a person has decided about a student's work on an exercise: it stands, whatever the run and the clock say. */
export interface Decision {
  readonly points: number;
  /** For the student to read. */
  readonly because: string;
}

/** Who a student is to other systems, and what was agreed with them. */
export interface CourseStudent {
  readonly name?: string;
  readonly email?: string;
  /** The login name; that of the submission's folder when not said. */
  readonly login?: string;
  /** The number of the institution: SIS User ID in Canvas, ID number in Moodle. */
  readonly idNumber?: string;
  /** The number of the user in Canvas. */
  readonly canvasId?: string;
  readonly section?: string;
  /** Later due dates, by exercise number. */
  readonly due: ReadonlyMap<number, string>;
  /**
   * When it was handed in, as the course's own system knows it: everything at once, or by exercise number. What is not said here is what
   * the files and archives say, and that their owner can set.
   */
  readonly submitted?: string | ReadonlyMap<number, string>;
  /** By exercise number. */
  readonly decided?: ReadonlyMap<number, Decision>;
}

/** `course.json`: what a gradebook needs to know beyond the runs. Times are ISO 8601. */
export interface Course {
  readonly title: string;
  readonly due: string | null;
  readonly late: LatePolicy | null;
  /** By number. */
  readonly exercises: ReadonlyMap<number, CourseExercise>;
  readonly hidden: readonly HiddenCheck[];
  /** By the name of the submission's folder. */
  readonly students: ReadonlyMap<string, CourseStudent>;
}

/** `course.json` cannot be understood, or speaks of what is not there. */
export class CourseError extends Error {
  override readonly name = 'CourseError';
  readonly code: 'not-json' | 'field' | 'unknown';

  constructor(code: CourseError['code'], sentence: string, cause?: unknown) {
    super(`course.json: ${sentence}`, { cause });
    this.code = code;
  }
}

/** A course without a `course.json`: nothing is due, hidden or weighed. */
export const PLAIN_COURSE: Course = {
  title: 'tcplab',
  due: null,
  late: null,
  exercises: new Map(),
  hidden: [],
  students: new Map(),
};

/** Reads the text of `course.json`. A member that it does not know is an error: a mistyped rule is one that does not hold. @throws CourseError */
export function parseCourse(text: string): Course {
  try {
    return course(new Fields(JSON.parse(text.replace(/^\uFEFF/, '')), 'course.json'));
  } catch (error) {
    if (error instanceof SyntaxError) throw new CourseError('not-json', `no JSON: ${error.message}`, error);
    if (error instanceof FieldError) throw new CourseError('field', error.message, error);
    throw error;
  }
}

/** @throws CourseError for an exercise that has another slug than the one of its number, or a check that it does not have. */
export function mustFit(
  course: Course,
  exercises: readonly (ExerciseName & { readonly checks: readonly { readonly id: string }[] })[],
): void {
  for (const { number, slug, check } of namedChecks(course)) {
    const exercise = exercises.find((each) => each.number === number);
    if (exercise === undefined) continue;
    if (slug !== null && slug !== exercise.slug)
      throw new CourseError('unknown', `exercise ${number} is called "${exercise.slug}", not "${slug}"`);
    const ids = exercise.checks.map(({ id }) => id);
    if (check !== undefined && !ids.includes(check))
      throw new CourseError(
        'unknown',
        `exercise ${number} has no check "${check}". It has ${ids.join(', ')}`,
      );
  }
}

function namedChecks({
  exercises,
  hidden,
}: Course): { readonly number: number; readonly slug: string | null; readonly check?: string }[] {
  const all = [...exercises.values()];
  return [
    ...all,
    ...all.flatMap(({ number, slug, checks }) =>
      [...checks.keys()].map((check) => ({ number, slug, check })),
    ),
    ...hidden,
  ].map((each) => ('check' in each ? each : { number: each.number, slug: each.slug }));
}

function course(fields: Fields): Course {
  fields.only('schema', 'title', 'due', 'late', 'release', 'exercises', 'hidden', 'students');
  fields.oneOf('schema', ['tcplab/course/1']);
  const release = fields.has('release') ? fields.time('release') : null;
  return {
    title: fields.text('title'),
    due: fields.has('due') ? fields.time('due') : null,
    late: fields.has('late') ? latePolicy(fields.object('late')) : null,
    exercises: new Map(members(fields, 'exercises', exercise).map((each) => [each.number, each])),
    hidden: fields.has('hidden') ? fields.list('hidden', (each) => hiddenCheck(each, release)) : [],
    students: new Map(members(fields, 'students', (each, name) => [name, student(each)])),
  };
}

function members<T>(fields: Fields, key: string, read: (each: Fields, name: string, at: string) => T): T[] {
  if (!fields.has(key)) return [];
  const all = fields.object(key);
  return all.keys.map((name) => read(all.object(name), name, all.at(name)));
}

function exercise(fields: Fields, name: string, at: string): CourseExercise {
  fields.only('due', 'weight', 'late', 'checks', 'canvasId');
  return {
    ...exerciseName(name, at),
    ...fields.maybe('due', (key) => fields.time(key)),
    ...fields.maybe('weight', (key) => fields.amount(key)),
    ...fields.maybe('late', (key) => latePolicy(fields.object(key))),
    checks: new Map(
      fields.has('checks')
        ? fields.object('checks').keys.map((id) => [id, fields.object('checks').amount(id)])
        : [],
    ),
    ...fields.maybe('canvasId', (key) => fields.count(key, 1)),
  };
}

/** `4` or `04-syn-rcvd`. A slug alone would hide nothing when it is mistyped. */
function exerciseName(name: string, at: string): { number: number; slug: string | null } {
  const [, digits, slug] = /^(\d{1,4})(?:-(.+))?$/.exec(name) ?? [];
  if (digits === undefined) throw new FieldError(at, 'called "4" or "04-syn-rcvd"', name);
  return { number: Number(digits), slug: slug ?? null };
}

function latePolicy(fields: Fields): LatePolicy {
  fields.only('graceMinutes', 'percentPerDay', 'mostPercent', 'closesAfterDays');
  return {
    graceMinutes: fields.has('graceMinutes') ? fields.amount('graceMinutes') : 0,
    percentPerDay: fields.amount('percentPerDay', 0, 100),
    mostPercent: fields.has('mostPercent') ? fields.amount('mostPercent', 0, 100) : 100,
    closesAfterDays: fields.has('closesAfterDays') ? fields.amount('closesAfterDays') : null,
  };
}

function hiddenCheck(fields: Fields, release: string | null): HiddenCheck {
  fields.only('exercise', 'check', 'sentence', 'release');
  return {
    ...exerciseName(fields.text('exercise'), fields.at('exercise')),
    check: fields.text('check'),
    sentence: fields.text('sentence'),
    release: fields.has('release') ? fields.time('release') : release,
  };
}

function student(fields: Fields): CourseStudent {
  fields.only('name', 'email', 'login', 'idNumber', 'canvasId', 'section', 'due', 'submitted', 'decided');
  const text = (key: string): string => fields.text(key);
  const decided = members(
    fields,
    'decided',
    (each, name, at) => [exerciseName(name, at).number, decision(each)] as const,
  );
  return {
    ...fields.maybe('name', text),
    ...fields.maybe('email', text),
    ...fields.maybe('login', text),
    ...fields.maybe('idNumber', text),
    ...fields.maybe('canvasId', text),
    ...fields.maybe('section', text),
    due: fields.has('due') ? times(fields.object('due')) : new Map(),
    ...fields.maybe('submitted', (key) =>
      typeof fields.json(key) === 'string' ? fields.time(key) : times(fields.object(key)),
    ),
    ...(decided.length === 0 ? {} : { decided: new Map(decided) }),
  };
}

/** Times by exercise number. */
function times(fields: Fields): Map<number, string> {
  return new Map(fields.keys.map((name) => [exerciseName(name, fields.at(name)).number, fields.time(name)]));
}

function decision(fields: Fields): Decision {
  fields.only('points', 'because');
  return { points: fields.amount('points'), because: fields.text('because') };
}
