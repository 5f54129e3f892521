import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exerciseFolder } from '../exercise/casting.ts';
import { terminalMarkdown } from '../report/markdown-terminal.ts';
import { wantedExercise } from '../workspace/wanted-exercise.ts';
import { COMMON, printJson, verbArguments } from './arguments.ts';
import { type Command, EXIT } from './command.ts';
import { type Colour, paint } from './paint.ts';

const HELP = `
Usage: ./tcplab show N [--json]

The text of exercise N: what you will see, why it matters, your task, what to predict, and what each check is worth.

  --json  one JSON document on standard output, and nothing else, with the text as Markdown
`;

export const show: Command = {
  help: HELP,
  async run(args) {
    const { values, positionals } = verbArguments('show', args, COMMON);
    const exercise = wantedExercise(positionals);
    const { number, slug, title } = exercise;
    const markdown = readFileSync(join(exerciseFolder(exercise), 'README.md'), 'utf8');
    if (values.json) printJson({ schema: 'tcplab/show/1', exercise: { number, slug, title }, markdown });
    else {
      const width = Math.min(process.stdout.isTTY ? process.stdout.columns : 100, 100);
      console.log(terminalMarkdown(markdown, { width, paint: (role, text) => paint(COLOURS[role], text) }));
    }
    return EXIT.passed;
  },
};

const COLOURS = { heading: 'bold', strong: 'bold', code: 'cyan' } as const satisfies Record<string, Colour>;
