import { readFileSync } from 'node:fs';
import PQueue from 'p-queue';
import { referenceProgram } from '../../exercise/programs.ts';
import { exerciseNamed } from '../../exercises/catalog.ts';
import { digestOf } from '../../grade/intake/digest.ts';
import type { Job } from '../../grade/job.ts';
import { workKey } from '../../grade/plan.ts';

/** By number of exercise: the text of a right `client.ts`. */
export const ANSWERS = {
  4: readFileSync(referenceProgram('clients/withhold-ack.ts'), 'utf8'),
  10: readFileSync(referenceProgram('clients/half-close.ts'), 'utf8'),
} as const;

let made = 0;

/** A job with a right answer to an exercise, of a student of its own. */
export function honestJob(number: keyof typeof ANSWERS): Job {
  made += 1;
  const { slug } = exerciseNamed(String(number));
  const content = Buffer.from(ANSWERS[number]);
  const digest = digestOf([{ path: 'client.ts', content }]);
  const work = { student: `student-${made}`, exercise: { number, slug }, digest };
  return {
    ...{ ...work, key: workKey(work, 'bench'), suite: 'bench', attempt: 1, seed: `bench ${made}` },
    files: [{ path: 'client.ts', base64: content.toString('base64') }],
  };
}

/** Does work so many times, some of it side by side. */
export async function atATime(times: number, jobs: number, work: () => Promise<void>): Promise<void> {
  const turns = new PQueue({ concurrency: jobs });
  await turns.addAll(Array.from({ length: times }, () => work));
}
