/**
 * A worker of the queue as a process of its own: `node queue-worker.ts SOCKET SUITE CONCURRENCY LOCK_MS NAME`. The queue is what is
 * tested with it, so its judge runs nothing: the row follows from the job alone, after a moment that follows from it as well.
 */
import { setTimeout } from 'node:timers/promises';
import type { Job } from '../../lab/grade/job.ts';
import { redisAddress } from '../../lab/grade/queue/address.ts';
import { work } from '../../lab/grade/queue/work.ts';
import { inventedRow } from '../grade/invented-row.ts';

const [socket = '', suite = '', concurrency = '1', lockMs = '2000', name = 'one'] = process.argv.slice(2);
const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());

async function judge(job: Job) {
  console.log(`judges ${job.key}`);
  await setTimeout(40 + (Number.parseInt(job.digest.slice(0, 4), 16) % 160));
  return inventedRow(job, name);
}

const { rows, givenBack } = await work({
  redis: redisAddress(socket),
  judge,
  suite,
  concurrency: Number(concurrency),
  lockMs: Number(lockMs),
  graceMs: 5_000,
  name,
  stop: stop.signal,
  tell: (sentence) => console.log(`says ${sentence}`),
});
console.log(`did ${rows}, gave back ${givenBack}`);
