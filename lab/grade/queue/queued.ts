import { Queue } from 'bullmq';
import { type Job, parseJob } from '../job.ts';
import type { Connection } from './connection.ts';
import { PREFIX, queueName } from './names.ts';

/** What is in Redis for a job. */
export interface Queued {
  readonly job: Job;
  /** The workers that have failed at this work: another one is to try, if there is another. */
  readonly avoid: readonly string[];
}

/** BullMQ writes each result into its stream of events as well: nobody reads it there, and ten are enough. */
const EVENTS_KEPT = 10;

/** The queue of one version of the checks. Whoever opens it closes it. */
export function openQueue({ client }: Connection, suite: string): Queue {
  const queue = new Queue(queueName(suite), {
    connection: client,
    prefix: PREFIX,
    streams: { events: { maxLen: EVENTS_KEPT } },
  });
  // The connection tells what befalls it.
  queue.on('error', () => {});
  return queue;
}

/** What came out of Redis, looked at. @throws JobError */
export function parseQueued(data: unknown): Queued {
  const { job, avoid } = Object(data) as { readonly job?: unknown; readonly avoid?: unknown };
  return {
    job: parseJob(job),
    avoid: Array.isArray(avoid) ? avoid.filter((each) => typeof each === 'string') : [],
  };
}
