import { type Command, EXIT, UsageError } from './command.ts';
import { gradeFolder } from './grade/folder.ts';
import { HELP } from './grade/help.ts';
import { InterruptedError } from './grade/interruption.ts';
import { knownError } from './grade/known-errors.ts';
import { mergeShards } from './grade/merge.ts';
import { planOnly } from './grade/plan.ts';
import { runShard } from './grade/run.ts';

/** What can stand behind `grade` instead of a folder. */
const PARTS: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  plan: planOnly,
  run: runShard,
  merge: mergeShards,
  enqueue: async (args) => await (await import('./grade/enqueue.ts')).enqueueAll(args),
  work: async (args) => await (await import('./grade/work.ts')).workOn(args),
};

export const grade: Command = {
  help: HELP,
  async run(args) {
    const [first] = args;
    if (first === undefined)
      throw new UsageError(
        'grade takes a folder of submissions, such as ./tcplab grade submissions --out graded',
      );
    const part = Object.hasOwn(PARTS, first) ? PARTS[first] : undefined;
    try {
      return part === undefined ? await gradeFolder(args) : await part(args.slice(1));
    } catch (error) {
      if (!(error instanceof InterruptedError)) throw knownError(error);
      console.error(
        'tcplab: interrupted. What was judged is kept: the same command again goes on from there.',
      );
      return EXIT.interrupted;
    }
  },
};
