import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { folderCast, missingFiles } from '../../exercise/casting.ts';
import { type Checked, checkExercise } from '../../exercise/check.ts';
import type { Exercise } from '../../exercise/exercise.ts';
import type { ExerciseResult } from '../../exercise/result.ts';
import { exerciseNamed } from '../../exercises/catalog.ts';
import type { Backend } from '../../host/backend.ts';
import type { Confining } from '../../host/host.ts';
import type { TimelineData } from '../../observe/timeline.ts';
import { type Job, MOST_ATTEMPTS } from '../job.ts';
import type { Confinement, GradeRow } from '../row.ts';
import { sketchOf } from '../sketch/sketch.ts';
import { disagreements } from './disagreements.ts';
import { tamperSigns } from './tamper.ts';

/** What a run came to, before it is known whether it will be tried again. */
type Outcome = Pick<GradeRow, 'status' | 'limit' | 'because' | 'tamper' | 'result' | 'sketch'>;

/** Where a worker judges. */
export interface Workplace {
  readonly backend: Backend;
  readonly confining: Confining;
  readonly confinement: Confinement;
  /** A folder of the worker's own. */
  readonly scratch: string;
}

/**
 * Judges one submission of one exercise: runs it confined, and looks at it from outside. Never throws for what a submission does;
 * what the lab could not do is a row with the status `infra`.
 */
export async function judgeJob(job: Job, workplace: Workplace, worker: string): Promise<GradeRow> {
  const startedAt = new Date().toISOString();
  const beganMs = performance.now();
  const outcome = await outcomeOf(job, workplace);
  return {
    schema: 'tcplab/grade-row/1',
    key: job.key,
    student: job.student,
    exercise: job.exercise,
    digest: job.digest,
    suite: job.suite,
    attempt: job.attempt,
    terminal: outcome.status !== 'infra' || job.attempt >= MOST_ATTEMPTS,
    ...(job.rerun === undefined ? {} : { rerun: job.rerun }),
    ...outcome,
    confinement: workplace.confinement,
    startedAt,
    ms: Math.round(performance.now() - beganMs),
    worker,
    seed: job.seed,
  };
}

async function outcomeOf(job: Job, { backend, confining, scratch }: Workplace): Promise<Outcome> {
  let folder: string | undefined;
  try {
    const exercise = exerciseNamed(String(job.exercise.number));
    folder = layOutFiles(job, scratch);
    const cast = folderCast(exercise, folder);
    const missing = missingFiles(cast);
    if (missing.length > 0) {
      const because = `There is no ${missing.join(' and no ')}.`;
      return { status: 'student_error', because, result: null };
    }
    const checked = await checkExercise(exercise, {
      seed: job.seed,
      cast,
      backend,
      confinement: confining,
      from: job.student,
    });
    const outcome = classified(job, exercise, checked);
    return { ...outcome, ...sketched(outcome, checked.performance.timeline) };
  } catch (error) {
    return { status: 'infra', because: sentenceOf(error), result: null };
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}

/** What there is to draw of a run in which something did not pass, with the moments at which that showed. */
function sketched({ status, result }: Outcome, timeline: TimelineData): Pick<GradeRow, 'sketch'> {
  if (result === null || (status === 'ok' && result.verdict === 'pass')) return {};
  const failed = result.checks.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'skipped');
  return {
    sketch: sketchOf(
      timeline,
      failed.map(({ ms }) => ms),
    ),
  };
}

/** Puts the submission's files where only this slot sees them. Their paths were checked when they were taken in, and are again. */
function layOutFiles({ files }: Job, scratch: string): string {
  const folder = mkdtempSync(join(scratch, 'submission-'));
  for (const { path, base64 } of files) {
    const place = join(folder, path);
    if (!place.startsWith(`${folder}/`)) throw new Error(`a file is called ${JSON.stringify(path)}`);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, Buffer.from(base64, 'base64'));
  }
  return folder;
}

/** What a run says of the submission, beside its verdict. */
function classified({ attempt }: Job, exercise: Exercise, { result, performance }: Checked): Outcome {
  const { timeline, limits, isLate } = performance;
  if (isLate === true) return { status: 'timeout', because: sentence(result.trouble), result };
  if (result.verdict === 'error') return { status: 'infra', because: sentence(result.trouble), result };
  const signs = tamperSigns(timeline);
  if (signs.length > 0) return { status: 'tamper', tamper: signs, result };
  // Of a capture that is not whole nothing passes anyway, and nobody can say what was not there.
  const isWhole = !timeline.events.some(({ kind }) => kind === 'loss');
  const doubts = isWhole ? disagreements(exercise, timeline) : [];
  if (doubts.length > 0) return disputed(attempt, doubts, result);
  const isDoubtful = result.verdict === 'inconclusive';
  // How long a program has run says little on a machine that was too busy, and nothing of one that did all that was asked of it.
  const isSlow = isDoubtful || result.verdict === 'pass';
  const limit = limits.find(({ kind }) => !(isSlow && kind === 'wall'));
  if (limit !== undefined) {
    const because = `${limit.program} was ended: ${limit.sentence}.`;
    return { status: 'limit', limit: limit.kind, because, result };
  }
  if (isDoubtful) return { status: 'infra', because: sentence(firstDoubt(result)), result };
  const begins = result.checks.find(({ id }) => id === 'runs');
  if (begins?.verdict === 'fail')
    return { status: 'student_error', because: clueOf(sentence(begins.message)), result };
  return { status: 'ok', result };
}

/**
 * The witnesses do not agree, so no check passes. It is tried again first, as the lab may have missed something; when it comes again
 * every time, a person is to look at it.
 */
function disputed(attempt: number, doubts: readonly string[], result: ExerciseResult): Outcome {
  const message =
    'The kernels of both hosts and the segments between them do not agree, so nothing is judged.';
  const checks = result.checks.map((check) =>
    check.verdict === 'pass'
      ? { ...check, verdict: 'inconclusive' as const, points: 0, because: 'witnesses', message }
      : check,
  );
  const withdrawn: ExerciseResult = { ...result, verdict: 'inconclusive', points: 0, checks };
  return attempt < MOST_ATTEMPTS
    ? { status: 'infra', because: `${message} ${doubts[0]}`, result: withdrawn }
    : { status: 'tamper', tamper: doubts, because: message, result: withdrawn };
}

/** What a message says beyond what was expected, if it says more: how the program ended, and where. */
function clueOf(message: string): string {
  const [, ...clues] = message.split(/(?<=\.) (?=\S)/);
  return clues.length === 0 ? message : clues.join(' ');
}

function firstDoubt({ checks }: ExerciseResult): string | undefined {
  return checks.find(({ verdict }) => verdict === 'inconclusive')?.message;
}

function sentence(text: string | undefined): string {
  return text ?? 'Nobody knows why.';
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
