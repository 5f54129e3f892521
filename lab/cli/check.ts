import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { folderCast, referenceCast } from '../exercise/casting.ts';
import { type Checked, checkExercise } from '../exercise/check.ts';
import { type Exercise, folderName, studentFiles } from '../exercise/exercise.ts';
import type { ExerciseResult, Verdict } from '../exercise/result.ts';
import { withSlowPart } from '../exercise/slow.ts';
import { EXERCISES } from '../exercises/catalog.ts';
import { checkWork } from '../workspace/check-work.ts';
import { mustBeStarted } from '../workspace/folder.ts';
import { wantedExercise } from '../workspace/wanted-exercise.ts';
import { COMMON, printJson, verbArguments } from './arguments.ts';
import { resultLines } from './check/lines.ts';
import { type Command, EXIT, UsageError } from './command.ts';
import { backend } from './options.ts';
import { checkFree, savedSentence, saveRun } from './play/save.ts';

const HELP = `
Usage: ./tcplab check N [--from DIR | --reference] [options]

Runs your programs of exercise N, work/NN-slug/, in the exercise's scenario, and judges them by what the kernel and the wire
have shown, never by what they print. When a check fails it says what was expected, what was seen, and one thing to try. Your
predictions are shown beside what the kernel did.

  --from DIR   judges the files in DIR, or in DIR/NN-slug; nothing is recorded in your progress
  --reference  judges the reference programs
  --save DIR   also writes DIR/timeline.jsonl, DIR/capture.pcapng (for Wireshark) and DIR/result.json
  --seed WORD  other ports, addresses and counts than yours
  --ipv6       over IPv6
  --slow       goes on with what takes as long as a timer of the kernel, a minute, in an exercise that has such a part
  --json       one JSON document on standard output, and nothing else
  --backend B  where the hosts are made: namespaces (the default where they work), or docker

Exit code 0: every check passed. 1: some did not. 5: this machine got in the way, check again. 3: a mistake in the lab.
`;

/** The numbers of runs that are nobody's own. */
const COMMON_SEED = 'tcplab';

const RESULT = 'result.json';

export const check: Command = {
  help: HELP,
  async run(args) {
    const { values, positionals } = verbArguments('check', args, {
      ...COMMON,
      from: { type: 'string' },
      ipv6: { type: 'boolean', default: false },
      reference: { type: 'boolean', default: false },
      save: { type: 'string' },
      seed: { type: 'string' },
      slow: { type: 'boolean', default: false },
    });
    const where = backend(values.backend);
    const { from, reference, save, slow, json, ...how } = values;
    if (reference && from !== undefined)
      throw new UsageError('--from and --reference exclude each other: whose programs are to be judged?');
    const wanted = wantedExercise(positionals);
    const exercise = slow ? withSlowPart(wanted) : wanted;
    const isWork = !reference && from === undefined;
    if (isWork) mustBeStarted(exercise);
    if (save !== undefined) checkFree(save, [RESULT]);
    const checked = isWork
      ? await checkWork(exercise, { ...how, backend: where })
      : await checkExercise(exercise, {
          seed: how.seed ?? COMMON_SEED,
          backend: where,
          ipv6: how.ipv6,
          cast: reference ? referenceCast(exercise) : folderCast(exercise, folderOf(exercise, from ?? '')),
          from: reference ? 'reference' : (from ?? ''),
        });
    if (save !== undefined) saveChecked(resolve(save), checked);
    const { result } = checked;
    if (json) printJson(result);
    else
      console.log(
        [
          ...resultLines(result),
          ...(isWork ? whatNext(exercise, result) : []),
          ...(save === undefined ? [] : [`${savedSentence(save)} The result is in ${join(save, RESULT)}.`]),
        ].join('\n'),
      );
    return EXITS[result.verdict];
  },
};

const EXITS: Readonly<Record<Verdict, number>> = {
  pass: EXIT.passed,
  fail: EXIT.failed,
  inconclusive: EXIT.inconclusive,
  error: EXIT.broken,
};

/** DIR, or the exercise's folder in it, as submissions have it. @throws UsageError that says what should be there. */
function folderOf(exercise: Exercise, typed: string): string {
  const files = studentFiles(exercise);
  const folders = [resolve(typed), resolve(typed, folderName(exercise))];
  const found = folders.find((folder) => files.some((file) => existsSync(join(folder, file))));
  if (found !== undefined) return found;
  if (statSync(typed, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new UsageError(`there is no folder ${typed}`);
  throw new UsageError(
    `${typed} has no ${files.join(' or ')}, nor a folder ${folderName(exercise)} with one: exercise ${exercise.number} is about that`,
  );
}

function saveChecked(folder: string, { result, performance }: Checked): void {
  saveRun(folder, performance.timeline);
  writeFileSync(join(folder, RESULT), `${JSON.stringify(result, null, 2)}\n`, { flag: 'wx' });
}

function whatNext({ number }: Exercise, { verdict }: ExerciseResult): string[] {
  if (verdict === 'fail') return [`Stuck? ./tcplab hint ${number}`];
  if (verdict !== 'pass') return [];
  const after = EXERCISES.find((exercise) => exercise.number > number);
  const next = after === undefined ? './tcplab list' : `./tcplab start ${after.number}   (${after.title})`;
  return [`Another way to do it: ./tcplab solution ${number}`, `Next: ${next}`];
}
