import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import PQueue from 'p-queue';
import {
  type Cast,
  exerciseFolder,
  folderCast,
  missingFiles,
  referenceCast,
  wrongCast,
} from '../../exercise/casting.ts';
import { type Checked, checkExercise } from '../../exercise/check.ts';
import { wrongDefinition } from '../../exercise/definition.ts';
import { type Exercise, folderName } from '../../exercise/exercise.ts';
import type { Turns } from '../../exercise/turns.ts';
import { writeChinese, wrongChinese } from '../../exercises/chinese.ts';
import { generatedParts, partOf, withPart, wrongReadme } from '../../exercises/readme.ts';
import { sampleOf, sampleShape } from '../../exercises/sample.ts';
import type { Backend } from '../../host/backend.ts';
import { reference, starter, unanswered, wrong } from './finding.ts';
import { onlyEnglish } from './only-english.ts';

/** The seed of the runs that samples come from. */
export const AUTHORS_SEED = 'tcplab';

/** A run with more than two hosts starts so many processes that a few of them side by side leave the lab no time to look. */
const MANY_HOSTS_AT_ONCE = 2;

/** How often a reference is run for a sample like the README's: on a busy machine `ss` may come so late that it shows the next state. */
const SAMPLE_RUNS = 3;

/** What is wrong with one exercise, a sentence each. */
export interface DevResult {
  readonly number: number;
  readonly slug: string;
  readonly runs: number;
  readonly ms: number;
  readonly problems: readonly string[];
  /** How often the reference was run until its sample was like the README's, or for the last time. */
  readonly sampleRuns: number;
  /** What these runs say that the live page has no Chinese for; another run may say something else. */
  readonly onlyEnglish: readonly string[];
}

export interface DevOptions {
  readonly backend: Backend;
  /** Writes the generated parts of the READMEs anew. */
  readonly write: boolean;
  /** Over IPv6: the same verdicts, but the README, whose sample is of IPv4, is not looked at. */
  readonly ipv6: boolean;
}

/** Holds one exercise against what an exercise must be: each run takes its turn in `turns`. */
export async function devCheck(
  exercise: Exercise,
  turns: Turns,
  { backend, write, ipv6 }: DevOptions,
): Promise<DevResult> {
  const begun = performance.now();
  const own = new PQueue({ concurrency: (exercise.hosts?.length ?? 2) > 2 ? MANY_HOSTS_AT_ONCE : Infinity });
  let runs = 0;
  const run = async (cast: Cast, from: string): Promise<Checked> => {
    runs += 1;
    const options = { seed: AUTHORS_SEED, backend, cast, from, ipv6 };
    return await own.add(() => turns.check(exercise, () => checkExercise(exercise, options)));
  };
  const folder = exerciseFolder(exercise);
  const casts = {
    reference: referenceCast(exercise),
    starter: folderCast(exercise, join(folder, 'starter')),
    wrong: exercise.wrong.map((program) => ({ program, cast: wrongCast(exercise, program) })),
  };
  const missing = [casts.reference, casts.starter, ...casts.wrong.map(({ cast }) => cast)].flatMap(
    missingFiles,
  );
  const definition = [...wrongDefinition(exercise), ...missing.map((file) => `there is no ${file}`)];
  const told = (problems: readonly string[]): DevResult => {
    const { number, slug } = exercise;
    const ms = performance.now() - begun;
    return { number, slug, runs, ms, problems, sampleRuns: 0, onlyEnglish: [] };
  };
  if (missing.length > 0) return told(definition);
  const runReference = (): Promise<Checked> => run(casts.reference, 'reference');
  const [ofReference, ofStarter, ofWrong] = await Promise.all([
    runReference(),
    run(casts.starter, 'starter'),
    Promise.all(casts.wrong.map(({ program, cast }) => run(cast, program.file))),
  ]);
  const sample =
    write || ipv6 ? { of: ofReference, runs: 1 } : await likeReadme(exercise, ofReference, runReference);
  const problems = [
    ...definition,
    ...reference(ofReference),
    ...unanswered(ofReference),
    ...starter(ofStarter),
    ...casts.wrong.flatMap(({ program }, n) => wrong(program, ofWrong[n] as Checked)),
    ...(ipv6
      ? []
      : readmeProblems(exercise, folder, sampleOf(sample.of), write, ofReference.result.verdict === 'pass')),
  ];
  // Behind the README, whose sample it shows.
  if (write) await writeChinese(exercise);
  const chinese = ipv6 ? [] : await wrongChinese(exercise);
  const unsaid = await onlyEnglish(exercise, [ofReference, ofStarter, ...ofWrong]);
  return { ...told([...problems, ...chinese]), sampleRuns: sample.runs, onlyEnglish: unsaid };
}

/** The first of some runs whose sample is like the README's, or else the last one. */
async function likeReadme(
  exercise: Exercise,
  first: Checked,
  again: () => Promise<Checked>,
): Promise<{ of: Checked; runs: number }> {
  const file = join(exerciseFolder(exercise), 'README.md');
  const old = existsSync(file) ? partOf(readFileSync(file, 'utf8'), 'sample') : undefined;
  let last = first;
  let runs = 1;
  for (; runs < SAMPLE_RUNS && old !== undefined; runs += 1) {
    if (isFresh('sample', old, generatedParts(exercise, sampleOf(last)).sample)) break;
    last = await again();
  }
  return { of: last, runs };
}

function readmeProblems(
  exercise: Exercise,
  folder: string,
  sample: string,
  write: boolean,
  isPass: boolean,
): string[] {
  const file = join(folder, 'README.md');
  if (!existsSync(file)) return ['there is no README.md'];
  const readme = readFileSync(file, 'utf8');
  const parts = Object.entries(generatedParts(exercise, sample));
  const missing = parts.flatMap(([name]) => (partOf(readme, name) === undefined ? [name] : []));
  if (missing.length > 0)
    return missing.map((name) => `the README has no part <!-- ${name} --> … <!-- /${name} -->`);
  if (write && isPass)
    writeFileSync(
      file,
      parts.reduce((text, [name, part]) => withPart(text, name, part), readme),
    );
  const stale = parts.filter(([name, part]) => !write && !isFresh(name, partOf(readme, name) ?? '', part));
  const remedy = `./tcplab dev check ${exercise.number} --write`;
  return [
    ...wrongReadme(exercise, readme),
    ...stale.map(
      ([name]) => `the README's part "${name}" of ${folderName(exercise)} is not fresh: ${remedy}`,
    ),
  ];
}

function isFresh(name: string, old: string, fresh: string): boolean {
  if (name !== 'sample') return old === fresh.trimEnd();
  return sampleShape(old).join('\n') === sampleShape(fresh.trimEnd()).join('\n');
}
