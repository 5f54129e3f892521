import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { FieldError, Fields } from '../observe/fields.ts';
import { digestOf } from './intake/digest.ts';
import { INTAKE_LIMITS, inBytes } from './intake/limits.ts';
import { type ExerciseName, type GradePlan, type PlannedRow, parseName, workKey } from './plan.ts';
import type { GradeRow } from './row.ts';

/** How often a piece of work is tried when the lab itself fails. */
export const MOST_ATTEMPTS = 3;

/** A file of a submission. */
export interface JobFile {
  /** Relative to the exercise's folder, with `/`. */
  readonly path: string;
  readonly base64: string;
}

/** One try at one planned row, as plain data: with it any machine can judge, whatever files it shares with others. */
export interface Job {
  /** `workKey` */
  readonly key: string;
  readonly student: string;
  readonly exercise: ExerciseName;
  readonly digest: string;
  readonly suite: string;
  /** From 1. */
  readonly attempt: number;
  /** How often a person has asked for this work to be judged anew; 0 when not said. */
  readonly rerun?: number;
  readonly seed: string;
  /** By path; 4 MiB at most together. */
  readonly files: readonly JobFile[];
}

/** Judges a job. What the lab itself could not do is a row with the status `infra`. */
export type JudgeJob = (job: Job) => Promise<GradeRow>;

/** Which try at a row a job is. */
export interface Try {
  readonly attempt?: number;
  readonly rerun?: number;
}

/** A job's files are not those that were planned. */
export class JobError extends Error {
  override readonly name = 'JobError';
  readonly code: 'changed' | 'unreadable' | 'malformed';

  constructor(code: JobError['code'], sentence: string, cause?: unknown) {
    super(sentence, { cause });
    this.code = code;
  }
}

/**
 * The job for a planned row, with its files from the intake's store and a seed of its own.
 * @param store the folder that the plan's folders are in
 * @throws JobError when the files cannot be read, or are others than those that were planned
 */
export function jobOf(
  { header }: GradePlan,
  row: PlannedRow,
  store: string,
  { attempt = 1, rerun = 0 }: Try = {},
): Job {
  const { student, exercise, digest } = row;
  const files = filesBelow(join(store, row.folder));
  if (digestOf(files) !== digest)
    throw new JobError(
      'changed',
      `The files in ${join(store, row.folder)} are not those that were planned. Make the plan anew with ./tcplab grade plan.`,
    );
  return {
    key: workKey(row, header.suite),
    student,
    exercise,
    digest,
    suite: header.suite,
    attempt,
    ...(rerun > 0 ? { rerun } : {}),
    seed: randomBytes(8).toString('hex'),
    files: files.map(({ path, content }) => ({ path, base64: content.toString('base64') })),
  };
}

/**
 * The job in data that came from another machine. Its files have the digest that it says, and paths that stay in their folder.
 * @throws JobError
 */
export function parseJob(data: unknown): Job {
  try {
    return readJob(new Fields(data, 'the job'));
  } catch (error) {
    if (error instanceof FieldError)
      throw new JobError(
        'malformed',
        `This is no job: ${error.message}. Bring all machines to one version.`,
        error,
      );
    throw error;
  }
}

function readJob(fields: Fields): Job {
  const files = fields.list('files', (each) => ({ path: each.text('path'), base64: each.text('base64') }));
  const job: Job = {
    key: fields.text('key'),
    student: fields.text('student'),
    exercise: parseName(fields.object('exercise')),
    digest: fields.text('digest'),
    suite: fields.text('suite'),
    attempt: fields.count('attempt', 1),
    ...fields.maybe('rerun', (key) => fields.count(key)),
    seed: fields.text('seed'),
    files,
  };
  const key = workKey(job, job.suite);
  if (job.key !== key) throw new FieldError('key', `that of its student and files (${key})`, job.key);
  const contents = files.map(({ path, base64 }) => ({ path, content: Buffer.from(base64, 'base64') }));
  const astray = files.find(({ path }) => !staysInside(path));
  if (astray !== undefined) throw new FieldError('files', 'in their folder', astray.path);
  mustBeSmall(contents);
  if (digestOf(contents) !== job.digest) throw new FieldError('digest', 'that of its files', job.digest);
  return job;
}

function staysInside(path: string): boolean {
  return (
    !path.includes('\0') && path.split('/').every((name) => name !== '' && name !== '.' && name !== '..')
  );
}

/** What intake has put into the store: folders and regular files, and nothing else. */
function filesBelow(folder: string): { path: string; content: Buffer }[] {
  try {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
      if (entry.isDirectory()) return [];
      const path = join(entry.parentPath, entry.name);
      if (!entry.isFile())
        throw new JobError('changed', `${path} is no file of the intake. Make the plan anew.`);
      return [{ path: relative(folder, path), content: readFileSync(path) }];
    });
    mustBeSmall(files);
    return files.sort((a, b) => (a.path < b.path ? -1 : 1));
  } catch (error) {
    if (error instanceof JobError) throw error;
    const because = error instanceof Error ? error.message : String(error);
    throw new JobError(
      'unreadable',
      `${folder} cannot be read: ${because}. Is the plan beside its store?`,
      error,
    );
  }
}

function mustBeSmall(files: readonly { readonly content: Buffer }[]): void {
  const bytes = files.reduce((sum, { content }) => sum + content.length, 0);
  if (bytes > INTAKE_LIMITS.submissionBytes)
    throw new JobError(
      'malformed',
      `A submission has ${inBytes(INTAKE_LIMITS.submissionBytes)} at most, not ${inBytes(bytes)}.`,
    );
}
