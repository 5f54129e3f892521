import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LimitKind, RunStatus } from '../../lab/grade/row.ts';
import type { Backend } from '../../lab/host/backend.ts';

/** `none`: nothing could be taken of the submission, so there is no row, only a sentence of the intake. */
export type AttackStatus = RunStatus | 'none';
export type AttackVerdict = 'pass' | 'fail' | 'inconclusive' | null;

/**
 * What must come of an attack: `expect.json`. Where that is otherwise when the engine confines, or when an ordinary user grades, whom
 * no control groups help, there is a part `docker` or `user` with what takes its place, and `because`, a sentence.
 */
export interface Expectation {
  /** One sentence: what it tries, and why it must not work. */
  readonly about: string;
  /** The exercise that it is handed in for. */
  readonly exercise: number;
  /** Any of these is right. */
  readonly status: readonly AttackStatus[];
  /** Which limit it may be, when the status is `limit`. */
  readonly limit?: readonly LimitKind[];
  /** What the exercise may have said; null when nothing was judged. Anything goes when it is not said. */
  readonly verdict?: readonly AttackVerdict[];
  /** The most points that it may earn. */
  readonly points?: number;
  /** What some sentence for the student or the instructor must contain. */
  readonly says?: string;
  /** A person must be told to look at it. */
  readonly tamper?: true;
  /**
   * By name: what the program prints about itself as a JSON object on one line of its standard output. Of a list any is right. For
   * this test only: no verdict rests on what a program prints.
   */
  readonly inside?: Readonly<Record<string, Json | readonly Json[]>>;
  /** Files of `brought/` that the submission needs beside its own. */
  readonly brings?: readonly string[];
  /** It uses up processors or memory, so that few of its kind run side by side. */
  readonly loud?: true;
}

type Json = string | number | boolean | null;

/** What confines the attacks: the engine, an ordinary user's means, or all that root has. */
export type Grading = Backend | 'user';

const OTHERWISE = ['docker', 'user'] as const satisfies readonly Grading[];
type Otherwise = Partial<Record<(typeof OTHERWISE)[number], { readonly because?: unknown }>>;

/** A folder of the corpus. */
export interface Attack {
  /** `07-fork-bomb`, which is the student's name as well. */
  readonly name: string;
  readonly folder: string;
  readonly expect: Expectation;
}

/** `expect.json` is not what it should be. */
export class CorpusError extends Error {
  override readonly name = 'CorpusError';
  readonly code = 'corpus';
}

const STATUSES: readonly AttackStatus[] = [
  ...(['ok', 'student_error', 'timeout', 'limit', 'tamper', 'infra'] as const),
  'none',
];
const LIMITS: readonly LimitKind[] = ['cpu', 'wall', 'mem', 'pids', 'disk', 'output', 'fds'];
const NAME = /^\d{2,3}-[a-z0-9-]+$/;
const VERDICTS: readonly AttackVerdict[] = ['pass', 'fail', 'inconclusive', null];
const KNOWN = ['about', 'exercise', 'status', 'limit', 'verdict', 'points', 'says', 'tamper', 'inside'];
const KEYS = new Set([...KNOWN, 'brings', 'loud']);

/** Every attack, by name, with what must come of it. @throws CorpusError for the first that is not well formed. */
export function readCorpus(grading: Grading = 'namespaces', folder: string = import.meta.dirname): Attack[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && NAME.test(entry.name))
    .map(({ name }) => name)
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    .map((name) => readAttack(join(folder, name), name, grading));
}

function readAttack(folder: string, name: string, grading: Grading): Attack {
  const wrong = (sentence: string): never => {
    throw new CorpusError(`${name}: ${sentence}`);
  };
  if (!existsSync(join(folder, 'submission')) && !existsSync(join(folder, 'make.ts')))
    wrong('there is neither submission/ nor make.ts');
  try {
    const text = readFileSync(join(folder, 'expect.json'), 'utf8');
    const json = JSON.parse(text) as Otherwise;
    return { name, folder, expect: readExpectation(under(grading, json, wrong), wrong) };
  } catch (error) {
    if (error instanceof CorpusError) throw error;
    return wrong(`expect.json: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** An expectation with what is otherwise there, each part of which stands for the whole part. */
function under(grading: Grading, json: Otherwise, wrong: (sentence: string) => never): unknown {
  const { docker, user, ...all } = json;
  for (const key of OTHERWISE) {
    if (json[key] === undefined) continue;
    const { because } = json[key];
    if (typeof because !== 'string' || !/^[A-Z].{20,}\.$/.test(because)) wrong(`"${key}" does not say why`);
  }
  const { because: _, ...otherwise } = { docker, user, namespaces: undefined }[grading] ?? {};
  return { ...all, ...otherwise };
}

function readExpectation(value: unknown, wrong: (sentence: string) => never): Expectation {
  if (typeof value !== 'object' || value === null) return wrong('expect.json is no object');
  const json = value as Record<string, unknown>;
  for (const key of Object.keys(json)) if (!KEYS.has(key)) wrong(`nobody knows "${key}"`);
  const { about, exercise, points, says } = json;
  if (typeof about !== 'string' || !/^[A-Z].{20,}\.$/.test(about)) return wrong('"about" is no sentence');
  if (typeof exercise !== 'number' || !(exercise >= 1 && exercise <= 28))
    return wrong('"exercise" is none of the course');
  if (points !== undefined && typeof points !== 'number') return wrong('"points" is no number');
  if (says !== undefined && typeof says !== 'string') return wrong('"says" is no text');
  for (const key of ['tamper', 'loud'] as const)
    if (json[key] !== undefined && json[key] !== true) wrong(`"${key}" is true, or not there`);
  const status = some(json.status, STATUSES);
  if (status === undefined) return wrong('"status" is none of what there is');
  const limit = json.limit === undefined ? undefined : some(json.limit, LIMITS);
  if (limit === undefined && status.includes('limit')) return wrong('"limit" does not say which');
  const verdict = json.verdict === undefined ? undefined : some(json.verdict, VERDICTS);
  if (json.verdict !== undefined && verdict === undefined) return wrong('"verdict" is none of what there is');
  return {
    about,
    exercise,
    status,
    ...(limit && { limit }),
    ...(verdict && { verdict }),
    ...(points !== undefined && { points }),
    ...(says !== undefined && { says }),
    ...(json.tamper === true && { tamper: true }),
    ...(json.inside !== undefined && { inside: json.inside as NonNullable<Expectation['inside']> }),
    ...(json.brings !== undefined && { brings: json.brings as string[] }),
    ...(json.loud === true && { loud: true }),
  };
}

/** One or several of a list; undefined when any is not in it. */
function some<T>(value: unknown, all: readonly T[]): readonly T[] | undefined {
  const wanted: unknown[] = Array.isArray(value) ? value : [value];
  const found = all.filter((each) => wanted.includes(each));
  return found.length === wanted.length && found.length > 0 ? found : undefined;
}
