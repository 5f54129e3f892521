import { redisAddress } from '../../grade/queue/address.ts';
import { work } from '../../grade/queue/work.ts';
import { suiteVersion } from '../../grade/suite-version.ts';
import { verbArguments } from '../arguments.ts';
import { EXIT } from '../command.ts';
import { backend } from '../options.ts';
import { InterruptedError, Interruption } from './interruption.ts';
import { withSlots } from './judging.ts';
import { jobsWanted, needed } from './wishes.ts';

/** `grade work --redis URL`: judges what is in the queue until it is told to stop. @returns 0: being stopped is how it ends. */
export async function workOn(args: readonly string[]): Promise<number> {
  const { values } = verbArguments(
    'grade work',
    args,
    { backend: { type: 'string' }, jobs: { type: 'string' }, redis: { type: 'string' } },
    0,
  );
  const redis = redisAddress(needed('--redis URL', values.redis ?? process.env.TCPLAB_REDIS));
  const where = backend(values.backend);
  const concurrency = jobsWanted(values.jobs, where);
  const tell = (sentence: string): void => console.error(`tcplab: ${sentence}`);
  using interruption = new Interruption(() =>
    tell('no new work is taken. What runs is finished; a second Ctrl-C gives it back to the other workers.'),
  );
  try {
    const { rows, givenBack } = await withSlots(
      { count: concurrency, backend: where },
      interruption,
      async (judge) => {
        tell(`${concurrency} at a time, with the checks ${suiteVersion().slice(0, 12)}. Ctrl-C ends it.`);
        return await work({
          redis,
          judge,
          suite: suiteVersion(),
          concurrency,
          stop: interruption.signal,
          tell,
        });
      },
      { finishRuns: true },
    );
    const back = givenBack === 0 ? '' : `, ${givenBack} given back for others to judge`;
    console.log(`${rows} judged${back}. This worker has stopped.`);
    return EXIT.passed;
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
    return EXIT.passed;
  }
}
