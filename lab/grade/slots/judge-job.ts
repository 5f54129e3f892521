import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { folderCast, missingFiles } from '../../exercise/casting.ts';
import { type Checked, checkExercise } from '../../exercise/check.ts';
import type { Exercise } from '../../exercise/exercise.ts';
import { exerciseNamed } from '../../exercises/catalog.ts';
import type { Sandbox } from '../../host/sandbox/sandbox.ts';
import { type Job, MOST_ATTEMPTS } from '../job.ts';
import type { GradeRow, LimitKind, RunStatus } from '../row.ts';
import { tamperSigns } from './tamper.ts';

/** What a run came to, before it is known whether it will be tried again. */
type Outcome = Pick<GradeRow, 'status' | 'limit' | 'because' | 'tamper' | 'result'>;

/** In memory, and the slot's own. */
const SCRATCH = '/dev/shm';

/**
 * Judges one submission of one exercise: runs it confined, and looks at it from outside. Never throws for what a submission does;
 * what the lab could not do is a row with the status `infra`.
 */
export async function judgeJob(job: Job, sandbox: Sandbox, worker: string): Promise<GradeRow> {
  const startedAt = new Date().toISOString();
  const beganMs = performance.now();
  const outcome = await outcomeOf(job, sandbox);
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
    confinement: { ...sandbox.confinement },
    startedAt,
    ms: Math.round(performance.now() - beganMs),
    worker,
    seed: job.seed,
  };
}

async function outcomeOf(job: Job, sandbox: Sandbox): Promise<Outcome> {
  let folder: string | undefined;
  try {
    const exercise = exerciseNamed(String(job.exercise.number));
    folder = layOutFiles(job);
    const cast = folderCast(exercise, folder);
    const missing = missingFiles(cast);
    if (missing.length > 0) {
      const because = `There is no ${missing.join(' and no ')}.`;
      return { status: 'student_error', because, result: null };
    }
    const checked = await checkExercise(exercise, {
      seed: job.seed,
      cast,
      confinement: sandbox,
      from: job.student,
    });
    return classified(exercise, checked);
  } catch (error) {
    return { status: 'infra', because: sentenceOf(error), result: null };
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}

/** Puts the submission's files where only this slot sees them. Their paths were checked when they were taken in, and are again. */
function layOutFiles({ files }: Job): string {
  const folder = mkdtempSync(join(SCRATCH, 'submission-'));
  for (const { path, base64 } of files) {
    const place = join(folder, path);
    if (!place.startsWith(`${folder}/`)) throw new Error(`a file is called ${JSON.stringify(path)}`);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, Buffer.from(base64, 'base64'));
  }
  return folder;
}

/** What a run says of the submission, beside its verdict. */
function classified(exercise: Exercise, { result, performance }: Checked): Outcome {
  if (result.verdict === 'error' || result.verdict === 'inconclusive')
    return { status: 'infra', because: result.trouble ?? firstMessage(result) ?? 'nobody knows why', result };
  const signs = tamperSigns(performance.timeline);
  if (signs.length > 0) return { status: 'tamper', tamper: signs, result };
  const limit = performance.limits[0];
  if (limit !== undefined) {
    const because = `${limit.program} was ended: ${limit.sentence}.`;
    return { status: 'limit' satisfies RunStatus, limit: limit.kind satisfies LimitKind, because, result };
  }
  const begins = result.checks.find(({ id }) => id === 'runs');
  if (begins?.verdict === 'fail')
    return {
      status: 'student_error',
      because: begins.message ?? `Exercise ${exercise.number} did not start.`,
      result,
    };
  return { status: 'ok', result };
}

function firstMessage({ checks }: Checked['result']): string | undefined {
  return checks.find(({ verdict }) => verdict === 'error' || verdict === 'inconclusive')?.message;
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
