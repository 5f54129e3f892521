import { startExercise } from '../workspace/folder.ts';
import { shown } from '../workspace/place.ts';
import { withExercise } from '../workspace/progress.ts';
import { updateProgress } from '../workspace/progress-file.ts';
import { wantedExercise } from '../workspace/wanted-exercise.ts';
import { COMMON, printJson, verbArguments } from './arguments.ts';
import { type Command, EXIT } from './command.ts';

const HELP = `
Usage: ./tcplab start N [--json]

Copies the starter of exercise N into your workspace, work/NN-slug/, for you to edit. What is there already is left as it is;
./tcplab reset N puts the starter back. Your editor finds the types of Node and of #lab/… through work/tsconfig.json.

N is a number or a name: 4, syn-rcvd. ./tcplab list shows them all.

  --json  one JSON document on standard output, and nothing else

The workspace is work/ in the repository; the variable TCPLAB_WORK names another folder.
`;

export const start: Command = {
  help: HELP,
  async run(args) {
    const { values, positionals } = verbArguments('start', args, COMMON);
    const exercise = wantedExercise(positionals);
    const { number, slug, title } = exercise;
    const { folder, copied, kept } = startExercise(exercise);
    await updateProgress((progress) =>
      withExercise(progress, slug, (old) => ({ startedAt: old.startedAt ?? new Date().toISOString() })),
    );
    if (values.json)
      printJson({ schema: 'tcplab/start/1', exercise: { number, slug }, folder, copied, kept });
    else console.log([...told(number, title, copied, kept), '', ...next(number)].join('\n'));
    return EXIT.passed;
  },
};

function told(number: number, title: string, copied: readonly string[], kept: readonly string[]): string[] {
  return [
    `${number}. ${title}`,
    '',
    ...copied.map((file) => `Yours to edit:  ${shown(file)}`),
    ...kept.map(
      (file) => `Left as it is:  ${shown(file)} (./tcplab reset ${number} brings the starter back)`,
    ),
  ];
}

function next(number: number): string[] {
  return [
    `./tcplab show ${number}      what it is about, and what to do`,
    `./tcplab predict ${number}   say what you expect, before the first run`,
    `./tcplab check ${number}     have it judged by the kernel`,
    `./tcplab watch ${number}     the same on every save`,
  ].map((line) => `  ${line}`);
}
