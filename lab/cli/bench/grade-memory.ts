import { readdirSync, readFileSync } from 'node:fs';
import { Slots } from '../../grade/slots/slots.ts';
import { jobsWanted } from '../grade/wishes.ts';
import { atATime, honestJob } from './honest-jobs.ts';
import { atMost, type Benchmark, median } from './measure.ts';
import { residentMiB } from './resident.ts';

const RUNS = 1_000;
const LOOKS = 20;

/** The memory of all workers while 1,000 submissions are judged, and of this process: flat after the first quarter. */
export async function benchGradeMemory(told: (line: string) => void): Promise<Benchmark> {
  const jobs = jobsWanted(undefined, 'namespaces');
  await using slots = await Slots.open(jobs);
  const workers: number[] = [];
  const own: number[] = [];
  let passed = 0;
  for (let look = 1; look <= LOOKS; look++) {
    await atATime(RUNS / LOOKS, jobs, async () => {
      const { result } = await slots.judge(honestJob(10));
      if (result?.verdict === 'pass') passed += 1;
    });
    workers.push(descendants(process.pid).reduce((sum, pid) => sum + residentMiB(pid), 0));
    own.push(residentMiB(process.pid));
    const [all, here] = [workers, own].map((each) => `${(each.at(-1) ?? 0).toFixed(0)} MiB`);
    told(`${(look * RUNS) / LOOKS} runs: workers ${all}, this process ${here}`);
  }
  return {
    name: 'grade-memory',
    what: `${RUNS} submissions of exercise 10, ${jobs} at a time: resident memory in the last quarter beside that in the second`,
    figures: [
      atMost('submissions that did not pass', RUNS - passed, '', 0),
      { name: 'workers at the end', value: workers.at(-1) ?? 0, unit: 'MiB' },
      { name: 'this process at the end', value: own.at(-1) ?? 0, unit: 'MiB' },
      atMost('growth of the workers', growth(workers), '%', 5),
      atMost('growth of this process', growth(own), '%', 5),
    ],
    notes: [],
  };
}

/** Of the median of the last quarter over that of the second, in per cent: in the first there is what is made once. */
function growth(values: readonly number[]): number {
  const quarter = values.length / 4;
  return 100 * (median(values.slice(-quarter)) / median(values.slice(quarter, 2 * quarter)) - 1);
}

/** The processes below one. proc_tid_children(5). */
function descendants(pid: number): number[] {
  try {
    const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
    return children.flatMap((child) => [child, ...descendants(child)]);
  } catch {
    return [];
  }
}
