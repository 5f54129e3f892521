import { redisAddress } from '../../grade/queue/address.ts';
import { work } from '../../grade/queue/work.ts';
import { suiteVersion } from '../../grade/suite-version.ts';
import { verbArguments } from '../arguments.ts';
import { EXIT } from '../command.ts';
import { withSlots } from './judging.ts';
import { jobsWanted, needed } from './wishes.ts';

/** `grade work --redis URL`: judges what is in the queue until it is told to stop. */
export async function workOn(args: readonly string[]): Promise<number> {
  const { values } = verbArguments(
    'grade work',
    args,
    { jobs: { type: 'string' }, redis: { type: 'string' } },
    0,
  );
  const redis = redisAddress(needed('--redis URL', values.redis ?? process.env.TCPLAB_REDIS));
  const concurrency = jobsWanted(values.jobs);
  const tell = (sentence: string): void => console.error(`tcplab: ${sentence}`);
  const { rows, givenBack } = await withSlots(
    concurrency,
    async (judge, stop) => await work({ redis, judge, suite: suiteVersion(), concurrency, stop, tell }),
    { finishRuns: true },
  );
  console.log(
    `${rows} judged${givenBack === 0 ? '' : `, ${givenBack} given back for others to judge`}. This worker has stopped.`,
  );
  return EXIT.passed;
}
