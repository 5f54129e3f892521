import type { Queue, Job as QueueJob } from 'bullmq';

/** After so long another worker has had its chance to take a job, in milliseconds. */
export const LATER_MS = 500;

/** A job that only others should do is done by anybody in the end: they may be busy, or ill. */
const MOST_TIMES_LEFT = 20;

/** Whether a worker should leave a job that it failed at before to another one that there is. */
export async function isToAvoid(
  { attemptsStarted }: QueueJob,
  queue: Queue,
  name: string,
  avoid: readonly string[],
): Promise<boolean> {
  if (!avoid.includes(name) || attemptsStarted > MOST_TIMES_LEFT) return false;
  const workers = await queue.getWorkers();
  return workers.some(({ rawname }) => !avoid.includes(rawname?.split(':w:')[1] ?? name));
}
