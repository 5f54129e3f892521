import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { referenceCast } from '../../exercise/casting.ts';
import type { Exercise } from '../../exercise/exercise.ts';
import { EXERCISES } from '../../exercises/catalog.ts';
import { withDeadline } from '../../sys/deadline.ts';
import { ROOT, workFiles } from '../../workspace/place.ts';
import { Session } from '../watch/session.ts';
import { bareStarts } from './bare-starts.ts';
import { atMost, type Benchmark, median } from './measure.ts';
import { namespacesGone } from './namespaces-gone.ts';

const TIMES = 3;
const PATIENCE_MS = 20_000;
/** A run starts its client when its server is ready: two at a time are the most that it can be compared with. */
const SIDE_BY_SIDE = 2;

/**
 * From a save to the verdict, as a student's `watch` has it: the reference is saved in the workspace again and again, and each
 * time the bare start of as many programs is measured beside it. Only exercises that wait for no timer of the kernel.
 */
export async function benchVerdict(told: (line: string) => void): Promise<Benchmark> {
  const exercises = EXERCISES.filter(
    (exercise) => exercise.waitsForTimer !== true && asksForPrograms(exercise),
  );
  const before = process.env.TCPLAB_WORK;
  try {
    const all: Measured[] = [];
    for (const exercise of exercises) {
      const measured = await measure(exercise);
      all.push(measured);
      const { verdictMs, bareMs, runMs } = measured;
      told(
        `${exercise.number} ${exercise.slug}: ${verdictMs.toFixed(0)} ms, of which the run ${runMs.toFixed(0)} ms; ` +
          `bare start ${bareMs.toFixed(0)} ms`,
      );
    }
    return {
      name: 'verdict',
      what: `from a save to the verdict in watch, ${exercises.length} exercises that wait for no timer, ${TIMES} times each`,
      figures: [
        atMost('median of the exercises', median(all.map(({ verdictMs }) => verdictMs)), 'ms', 1_000),
        { name: 'slowest exercise', value: Math.max(...all.map(({ verdictMs }) => verdictMs)), unit: 'ms' },
        { name: 'of which the run, median', value: median(all.map(({ runMs }) => runMs)), unit: 'ms' },
        {
          name: 'bare start of the same programs, median',
          value: median(all.map(({ bareMs }) => bareMs)),
          unit: 'ms',
        },
        { name: 'ratio, median', value: median(all.map((each) => each.verdictMs / each.bareMs)), unit: '' },
      ],
      notes: [`bare starts: as many Node programs, ${SIDE_BY_SIDE} at a time`],
    };
  } finally {
    if (before === undefined) delete process.env.TCPLAB_WORK;
    else process.env.TCPLAB_WORK = before;
  }
}

/** Medians of one exercise, in milliseconds. */
interface Measured {
  readonly verdictMs: number;
  readonly runMs: number;
  readonly bareMs: number;
}

async function measure(exercise: Exercise): Promise<Measured> {
  const verdicts: number[] = [];
  const runs: number[] = [];
  const bares: number[] = [];
  for (let n = 0; n < TIMES; n++) {
    await namespacesGone();
    const { verdictMs, runMs, programs } = await saveOnce(exercise);
    verdicts.push(verdictMs);
    runs.push(runMs);
    await namespacesGone();
    bares.push(await bareStarts(programs, SIDE_BY_SIDE));
  }
  return { verdictMs: median(verdicts), runMs: median(runs), bareMs: median(bares) };
}

/** One save in a workspace of its own, in which the starter was not touched before: nothing but the save starts the run. */
async function saveOnce(exercise: Exercise): Promise<{ verdictMs: number; runMs: number; programs: number }> {
  const work = join(ROOT, 'work');
  mkdirSync(work, { recursive: true });
  const folder = mkdtempSync(join(work, '.bench-'));
  process.env.TCPLAB_WORK = folder;
  const done = Promise.withResolvers<number>();
  const session = new Session(exercise, {
    print: () => {
      if (session.results.length > 0) done.resolve(performance.now());
    },
    terminal: false,
    events: true,
    ipv6: false,
    backend: 'namespaces',
  });
  await session.open();
  try {
    const savedMs = performance.now();
    save(exercise);
    const late = (): Error => new Error(`no verdict on exercise ${exercise.number} within ${PATIENCE_MS} ms`);
    const verdictMs = (await withDeadline(done.promise, PATIENCE_MS, late)) - savedMs;
    const result = session.results[0];
    if (result?.verdict !== 'pass') throw new Error(`exercise ${exercise.number}: ${result?.verdict}`);
    return { verdictMs, runMs: result.ms, programs: programsOf(exercise) };
  } finally {
    session.close();
    rmSync(folder, { recursive: true });
  }
}

/** Saves the reference as the student's files. */
function save(exercise: Exercise): void {
  const files = new Map(workFiles(exercise).map((file) => [file.split('/').at(-1), file]));
  const cast = referenceCast(exercise);
  for (const [name, role] of Object.entries(exercise.cast)) {
    const part = cast[name];
    const to = 'student' in role ? files.get(role.student) : undefined;
    if (part !== undefined && to !== undefined) copyFileSync(part.file, to);
  }
}

/** Whether the student writes programs, not answers. */
function asksForPrograms({ cast }: Exercise): boolean {
  return Object.values(cast).every((role) => !('answers' in role));
}

/** How many parts there are to play. */
function programsOf(exercise: Exercise): number {
  return Object.keys(exercise.cast).length;
}
