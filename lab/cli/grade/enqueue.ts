import { resolve } from 'node:path';
import { Journal } from '../../grade/journal.ts';
import { readJournal } from '../../grade/journal-lines.ts';
import { readPlan } from '../../grade/plan-file.ts';
import { redisAddress } from '../../grade/queue/address.ts';
import { enqueue, type QueueProgress } from '../../grade/queue/enqueue.ts';
import { writeBook } from '../../grade/write-book.ts';
import { writeSimilarity } from '../../grade/write-similarity.ts';
import { PAGE_PICTURES } from '../../report/page-pictures.ts';
import { printJson, verbArguments } from '../arguments.ts';
import { EXIT } from '../command.ts';
import { Interruption } from './interruption.ts';
import { placeOfPlan, takePlace } from './place.ts';
import { mustBeThisSuite } from './run.ts';
import { summary, summaryLines } from './summary.ts';
import { mustBeRerun, toJudge } from './to-judge.ts';
import { courseIn, needed } from './wishes.ts';

/** `grade enqueue --plan FILE --redis URL`: gives a plan to workers, collects what they find, and writes the gradebook. */
export async function enqueueAll(args: readonly string[]): Promise<number> {
  const { values } = verbArguments(
    'grade enqueue',
    args,
    {
      course: { type: 'string' },
      json: { type: 'boolean', default: false },
      plan: { type: 'string' },
      redis: { type: 'string' },
      release: { type: 'boolean', default: false },
      rerun: { type: 'string' },
    },
    0,
  );
  const place = placeOfPlan(resolve(needed('--plan FILE', values.plan)));
  const redis = redisAddress(needed('--redis URL', values.redis ?? process.env.TCPLAB_REDIS));
  const course = courseIn(values.course);
  mustBeRerun(values.rerun);
  const plan = readPlan(place.plan);
  mustBeThisSuite(plan.header.suite);
  using interruption = new Interruption();
  using _place = takePlace(place);
  await using journal = Journal.open(place.journal);
  const again = toJudge(plan, journal.found, values.rerun).flatMap(({ key, rerun }) =>
    rerun === undefined ? [] : [key],
  );
  const { rows, left, planned } = await enqueue({
    plan,
    store: place.store,
    journal,
    redis,
    again: new Set(again),
    stop: interruption.signal,
    tell: (sentence) => console.error(`tcplab: ${sentence}`),
    progress: tellEach(),
  });
  await journal.close();
  if (interruption.isThere && left > 0)
    console.error('tcplab: what is in the queue is judged all the same. The next enqueue collects it.');
  interruption.signal.throwIfAborted();
  const options = { at: new Date().toISOString(), releaseAll: values.release, pictures: PAGE_PICTURES };
  const book = writeBook(place.folder, { plan, rows: readJournal(place.journal), course }, options);
  writeSimilarity(place.folder, plan, place.store);
  const told = summary(book, { planned, judged: rows, open: left, unreadable: [], out: place.folder });
  if (values.json) printJson({ schema: 'tcplab/grade/1', ...told });
  else console.log(summaryLines(told).join('\n'));
  return left === 0 ? EXIT.passed : EXIT.failed;
}

/** A line on standard error whenever something has changed. */
function tellEach(): (progress: QueueProgress) => void {
  let last = '';
  return ({ planned, done, running, workers, leftMs }) => {
    const now = `${done} of ${planned} judged, ${running} running, ${workers} ${workers === 1 ? 'worker' : 'workers'}`;
    if (now === last) return;
    last = now;
    console.error(
      leftMs === null || done === planned ? now : `${now}, about ${Math.ceil(leftMs / 1_000)} s left`,
    );
  };
}
