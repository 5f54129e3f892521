import { randomBytes } from 'node:crypto';
import type { State } from '../tcp/states.ts';

/** What is known of one exercise in a workspace. Times are ISO 8601. Whatever else the file says is kept. */
export interface ExerciseProgress {
  /** When the starter was copied. */
  readonly startedAt?: string;
  /** When it was first run or checked: from then on the predictions stand. */
  readonly firstRunAt?: string;
  /** How often it was checked. */
  readonly attempts: number;
  readonly bestPoints: number;
  readonly passedAt?: string;
  /** The highest level of hint that was shown, 0 to 3. */
  readonly hints: number;
  /** When the solution was taken before a pass. */
  readonly gaveUpAt?: string;
  /** The student's answers, by the question's id. */
  readonly predictions: Readonly<Record<string, string>>;
  readonly [more: string]: unknown;
}

/** `work/progress.json`. */
export interface Progress {
  readonly schema: string;
  /** What the student's ports, addresses and counts follow from. */
  readonly seed: string;
  /** By slug. */
  readonly exercises: Readonly<Record<string, ExerciseProgress>>;
  /** The states that the kernel passed through in the student's own runs. */
  readonly states: readonly State[];
  /** The transitions of RFC 9293, such as `LISTEN → SYN_RCVD`, likewise. */
  readonly transitions: readonly string[];
  readonly [more: string]: unknown;
}

const NAME = 'tcplab/progress';
const VERSION = 1;

/** The file is no progress of ours, or cannot be understood. */
export class ProgressError extends Error {
  override readonly name = 'ProgressError';
  readonly code: 'unreadable' | 'newer';

  constructor(code: ProgressError['code'], sentence: string) {
    super(sentence);
    this.code = code;
  }
}

const NOTHING: ExerciseProgress = { attempts: 0, bestPoints: 0, hints: 0, predictions: {} };

/** The progress of who has just begun, with a seed of their own. */
export function newProgress(): Progress {
  return {
    schema: `${NAME}/${VERSION}`,
    seed: randomBytes(6).toString('hex'),
    exercises: {},
    states: [],
    transitions: [],
  };
}

/**
 * Reads the file's text. A member that is missing or is not what it should be counts as not there; one that is not known is kept.
 * @throws ProgressError when it is no JSON object, or was written by a newer version.
 */
export function parseProgress(text: string): Progress {
  const all = object(json(text));
  if (all === undefined) throw new ProgressError('unreadable', 'it is no JSON object');
  const version = /^tcplab\/progress\/(\d+)$/.exec(typeof all.schema === 'string' ? all.schema : '')?.[1];
  if (version === undefined)
    throw new ProgressError('unreadable', `its "schema" is not "${NAME}/${VERSION}"`);
  if (Number(version) > VERSION)
    throw new ProgressError('newer', `it was written by a newer tcplab (${NAME}/${version})`);
  const fresh = newProgress();
  return {
    ...all,
    schema: fresh.schema,
    seed: typeof all.seed === 'string' && all.seed !== '' ? all.seed : fresh.seed,
    exercises: Object.fromEntries(
      Object.entries(object(all.exercises) ?? {}).map(([slug, each]) => [slug, exercise(object(each) ?? {})]),
    ),
    states: words(all.states) as State[],
    transitions: words(all.transitions),
  };
}

/** The text of the file. */
export function progressText(progress: Progress): string {
  return `${JSON.stringify(progress, null, 2)}\n`;
}

/** What is known of an exercise. */
export function progressOf(progress: Progress, slug: string): ExerciseProgress {
  return Object.hasOwn(progress.exercises, slug) ? (progress.exercises[slug] ?? NOTHING) : NOTHING;
}

/** The same progress with something new about an exercise. */
export function withExercise(
  progress: Progress,
  slug: string,
  change: (old: ExerciseProgress) => Partial<ExerciseProgress>,
): Progress {
  const old = progressOf(progress, slug);
  return { ...progress, exercises: { ...progress.exercises, [slug]: { ...old, ...change(old) } } };
}

function exercise(all: Readonly<Record<string, unknown>>): ExerciseProgress {
  const { startedAt, firstRunAt, passedAt, gaveUpAt, ...rest } = all;
  const predictions = Object.entries(object(all.predictions) ?? {}).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string',
  );
  return {
    ...rest,
    ...time('startedAt', startedAt),
    ...time('firstRunAt', firstRunAt),
    attempts: count(all.attempts),
    bestPoints: count(all.bestPoints),
    ...time('passedAt', passedAt),
    hints: Math.min(count(all.hints), 3),
    ...time('gaveUpAt', gaveUpAt),
    predictions: Object.fromEntries(predictions),
  };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ProgressError('unreadable', error instanceof Error ? error.message : String(error));
  }
}

function object(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return value as Readonly<Record<string, unknown>>;
}

function words(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

function count(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : 0;
}

function time(name: string, value: unknown): Record<string, string> {
  return typeof value === 'string' ? { [name]: value } : {};
}
