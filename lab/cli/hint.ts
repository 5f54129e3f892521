import { wrap } from '../report/columns.ts';
import { nextHint } from '../workspace/hints.ts';
import { wantedExercise } from '../workspace/wanted-exercise.ts';
import { COMMON, printJson, verbArguments } from './arguments.ts';
import { type Command, EXIT } from './command.ts';
import { wholeNumber } from './options.ts';

const HELP = `
Usage: ./tcplab hint N [--level 1..3] [--json]

A hint for exercise N: first a question, then the mechanism, then a command or the line of code that matters. Each call
gives the next one; hints cost no points.

  --level L  that one: 1, 2 or 3
  --json     one JSON document on standard output, and nothing else
`;

export const hint: Command = {
  help: HELP,
  async run(args) {
    const { values, positionals } = verbArguments('hint', args, { ...COMMON, level: { type: 'string' } });
    const exercise = wantedExercise(positionals);
    const level = values.level === undefined ? undefined : wholeNumber('--level', values.level, 1, 3);
    const given = await nextHint(exercise, level);
    const { number, slug } = exercise;
    if (values.json) printJson({ schema: 'tcplab/hint/1', exercise: { number, slug }, ...given });
    else console.log(hintLines(given).join('\n'));
    return EXIT.passed;
  },
};

/** A hint for people. */
export function hintLines({ level, of, text }: { level: number; of: number; text: string }): string[] {
  // The last one is to be copied, in one piece.
  const lines = level === of ? [text] : wrap(text, 96);
  return [`Hint ${level} of ${of}:`, '', ...lines.map((line) => `  ${line.trimStart()}`)];
}
