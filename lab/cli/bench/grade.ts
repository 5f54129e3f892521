import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { GradeRow } from '../../grade/row.ts';
import { Slots } from '../../grade/slots/slots.ts';
import { jobsWanted } from '../grade/wishes.ts';
import { atATime, honestJob } from './honest-jobs.ts';
import { atLeast, atMost, type Benchmark, median, timed } from './measure.ts';
import { SLOTS_EACH, twoWorkers } from './two-workers.ts';

const SUBMISSIONS = 200;
/** How long exercise 4 has its server hold SYN_RCVD: two timeouts of its SYN-ACK, of one second and of two. */
const HOLD_MS = 3_000;
/** Measured in turns, so that whatever else the machine does is in both. */
const ROUNDS = 4;
const EACH = SUBMISSIONS / ROUNDS;
const PAIR_WORKER = fileURLToPath(new URL('./pair-worker.ts', import.meta.url));

/** 200 honest submissions of exercise 4, beside as many pairs of programs that last as long and are not looked at. */
export async function benchGrade(told: (line: string) => void): Promise<Benchmark> {
  const jobs = jobsWanted(undefined, 'namespaces');
  const [graded, bare]: [number[], number[]] = [[], []];
  let failed = 0;
  for (let round = 1; round <= ROUNDS; round++) {
    graded.push(
      await rateOf(jobs, undefined, async (slots) => {
        const { status, result } = await slots.judge(honestJob(4));
        if (status !== 'ok' || result?.verdict !== 'pass') failed += 1;
      }),
    );
    bare.push(await rateOf(jobs, PAIR_WORKER, async (slots) => mustHaveLasted(await slots.judge(pair()))));
    const [one, other] = [graded, bare].map((rates) => rates.at(-1)?.toFixed(2));
    told(`${round}/${ROUNDS}: ${one} submissions a second, ${other} bare pairs`);
  }
  const two = await twoWorkers(told);
  return {
    name: 'grade',
    what: `${SUBMISSIONS} honest submissions of exercise 4, ${jobs} at a time, beside bare pairs of programs that last ${HOLD_MS / 1_000} s`,
    figures: [
      atMost('submissions that did not pass', failed, '', 0),
      { name: 'submissions a second', value: median(graded), unit: '' },
      { name: 'bare sandboxed pairs a second', value: median(bare), unit: '' },
      atLeast('ratio', median(graded) / median(bare), '', 0.8),
      atLeast('two workers beside one', two, '', 1.8),
    ],
    notes: [
      `${availableParallelism()} processors. Each of the workers has ${SLOTS_EACH} slots, so few that the processors do not limit two of them`,
    ],
  };
}

/** How many a second there are in slots that are warm. */
async function rateOf(
  jobs: number,
  worker: string | undefined,
  one: (slots: Slots) => Promise<void>,
): Promise<number> {
  await using slots = await Slots.open(jobs, worker === undefined ? {} : { worker });
  await atATime(
    jobs,
    jobs,
    async () => void (await slots.judge(worker === undefined ? honestJob(10) : pair(100))),
  );
  return (1_000 * EACH) / (await timed(() => atATime(EACH, jobs, () => one(slots))));
}

function pair(ms = HOLD_MS): ReturnType<typeof honestJob> {
  return { ...honestJob(4), seed: String(ms) };
}

function mustHaveLasted({ status, because }: GradeRow): void {
  if (status !== 'ok') throw new Error(`a bare pair of programs did not run: ${because}`);
}
