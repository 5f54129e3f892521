import { parseArgs } from 'node:util';
import PQueue from 'p-queue';
import { EXERCISES, exerciseNamed } from '../exercises/catalog.ts';
import { type Command, EXIT, UsageError } from './command.ts';
import { type DevResult, devCheck } from './dev/check.ts';
import { wholeNumber } from './options.ts';

const HELP = `
Usage: ./tcplab dev check [N …] [--write] [--jobs N] [--json]

For authors. Of each exercise: the starter fails, the reference passes, each wrong program fails first at the check it names
with the words it names, hints and questions are complete, the README has all its parts, and its sample is fresh.

  --write   writes the generated parts of the READMEs anew: paths, questions, checks, sample
  --jobs N  how many runs may go on at the same time (8)
  --json    one JSON document on standard output, and nothing else

Exit code 0: all is well. 3: some exercise is not as it should be.
`;

export const dev: Command = {
  help: HELP,
  async run(args) {
    const [verb, ...rest] = args;
    if (verb !== 'check') throw new UsageError(`dev ${verb ?? ''} is nothing; there is: dev check`);
    const { values, positionals } = parseArgs({
      args: rest,
      allowPositionals: true,
      options: {
        jobs: { type: 'string', default: '8' },
        json: { type: 'boolean', default: false },
        write: { type: 'boolean', default: false },
      },
    });
    const exercises = positionals.length === 0 ? EXERCISES : positionals.map(exerciseNamed);
    const turns = new PQueue({ concurrency: wholeNumber('--jobs', values.jobs, 1, 64) });
    const results = await Promise.all(
      exercises.map(async (exercise) => {
        const result = await devCheck(exercise, turns, values.write);
        if (!values.json) for (const line of lines(result)) console.log(line);
        return result;
      }),
    );
    if (values.json)
      console.log(JSON.stringify({ schema: 'tcplab/dev-check/1', exercises: results }, null, 2));
    return results.some(({ problems }) => problems.length > 0) ? EXIT.broken : EXIT.passed;
  },
};

function lines({ number, slug, runs, ms, problems }: DevResult): string[] {
  const mark = problems.length === 0 ? '✔' : '✘';
  return [
    `${mark} ${String(number).padStart(2)} ${slug.padEnd(20)} ${runs} runs, ${(ms / 1_000).toFixed(1)} s`,
    ...problems.map((problem) => `     ${problem}`),
  ];
}
