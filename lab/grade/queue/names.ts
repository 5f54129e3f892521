import type { Redis } from 'ioredis';
import type { Job } from '../job.ts';

/** What every key in Redis begins with. */
export const PREFIX = 'tcplab';

/** The versions of the checks that somebody has used a queue for. */
const SUITES = `${PREFIX}:suites`;

/**
 * The queue of one version of the checks. Each version has its own, so that a worker with another one cannot take what it may not
 * judge: it stays for a worker that may.
 */
export function queueName(suite: string): string {
  return `grade-${suite}`;
}

/** A job's name in its queue: the same work is there once, however often it is added. */
export function jobId({ key, rerun = 0 }: Pick<Job, 'key' | 'rerun'>): string {
  return rerun === 0 ? key : `${key}-${rerun}`;
}

/** What is told of a version of the checks: its digest's beginning. */
export function shortSuite(suite: string): string {
  return suite.slice(0, 12);
}

/** Makes a version of the checks known to those who have others. */
export async function noteSuite(client: Redis, suite: string): Promise<void> {
  await client.sadd(SUITES, suite);
}

/** The versions of the checks that others have used this Redis for. */
export async function otherSuites(client: Redis, suite: string): Promise<string[]> {
  return (await client.smembers(SUITES)).filter((each) => each !== suite).sort();
}
