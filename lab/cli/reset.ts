import { isStarted, resetExercise } from '../workspace/folder.ts';
import { shown, workFiles } from '../workspace/place.ts';
import { wantedExercise } from '../workspace/wanted-exercise.ts';
import { COMMON, printJson, verbArguments } from './arguments.ts';
import { type Command, EXIT, UsageError } from './command.ts';

const HELP = `
Usage: ./tcplab reset N [--json]

Puts the starter of exercise N back into work/NN-slug/. What you had is kept beside it, in a folder .backup-…, and your
progress stays.

  --json  one JSON document on standard output, and nothing else
`;

export const reset: Command = {
  help: HELP,
  async run(args) {
    const { values, positionals } = verbArguments('reset', args, COMMON);
    const exercise = wantedExercise(positionals);
    const { number, slug } = exercise;
    if (!isStarted(exercise))
      throw new UsageError(
        `exercise ${number} is not started yet, so there is nothing to reset. Start it with: ./tcplab start ${number}`,
      );
    const backup = resetExercise(exercise);
    const files = workFiles(exercise);
    if (values.json) printJson({ schema: 'tcplab/reset/1', exercise: { number, slug }, files, backup });
    else
      console.log(
        `${files.map(shown).join(' and ')}: the starter again.\nWhat you had is in ${shown(backup)}`,
      );
    return EXIT.passed;
  },
};
