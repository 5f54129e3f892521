import { parseArgs } from 'node:util';
import { suiteJobs } from '../exercise/suite.ts';
import { Turns } from '../exercise/turns.ts';
import { EXERCISES, exerciseNamed } from '../exercises/catalog.ts';
import { type Command, EXIT, UsageError } from './command.ts';
import { AUTHORS_SEED, type DevResult, devCheck } from './dev/check.ts';
import { exportReferences } from './dev/export.ts';
import { backend, wholeNumber } from './options.ts';

const HELP = `
Usage: ./tcplab dev check [N …] [--write | --ipv6] [--jobs N] [--backend B] [--json]
       ./tcplab dev export N … --to DIR [--seed WORD] [--json]

For authors. check holds every exercise, or those named, against what an exercise must be: the starter fails, the reference passes,
each wrong program fails first at the check it names with the words it names, hints and questions are complete, the README has all
its parts, its sample is fresh, and everything is there in Chinese, too.

  --write      writes the generated parts of the READMEs anew: paths, questions, checks, sample
  --ipv6       over IPv6: the verdicts must be the same; the README is not looked at
  --jobs N     how many runs may go on at the same time (${suiteJobs('namespaces')}; on Docker ${suiteJobs('docker')})
  --backend B  where the hosts are made: namespaces (the default where they work), or docker

export lays out the reference of an exercise as a student would submit it: DIR/NN-slug/client.ts.

  --to DIR     where to; what is there is never overwritten
  --seed WORD  whose answers, where the exercise asks for answers
  --json    one JSON document on standard output, and nothing else

Exit code 0: all is well. 3: some exercise is not as it should be.
`;

export const dev: Command = {
  help: HELP,
  async run(args) {
    const [verb, ...rest] = args;
    if (verb === 'check') return await check(rest);
    if (verb === 'export') return exportTo(rest);
    throw new UsageError(`no verb "dev ${verb ?? ''}". They are: dev check, dev export`);
  },
};

async function check(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      backend: { type: 'string' },
      jobs: { type: 'string' },
      json: { type: 'boolean', default: false },
      ipv6: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  });
  const { write, ipv6 } = values;
  if (write && ipv6) throw new UsageError('--write writes samples, which are of IPv4: leave out --ipv6');
  const exercises = positionals.length === 0 ? EXERCISES : positionals.map(exerciseNamed);
  const where = backend(values.backend);
  const jobs = values.jobs === undefined ? suiteJobs(where) : wholeNumber('--jobs', values.jobs, 1, 64);
  const turns = new Turns(jobs);
  const results = await Promise.all(
    exercises.map(async (exercise) => {
      const result = await devCheck(exercise, turns, { backend: where, write, ipv6 });
      if (!values.json) for (const line of lines(result)) console.log(line);
      return result;
    }),
  );
  const { triedAgain } = turns;
  const document = { schema: 'tcplab/dev-check/1', triedAgain, exercises: results };
  if (values.json) console.log(JSON.stringify(document, null, 2));
  else if (triedAgain > 0)
    console.log(`This machine was too busy to look at ${triedAgain} runs, which were tried again.`);
  return results.some(({ problems }) => problems.length > 0) ? EXIT.broken : EXIT.passed;
}

function exportTo(args: readonly string[]): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      backend: { type: 'string' },
      json: { type: 'boolean', default: false },
      seed: { type: 'string', default: AUTHORS_SEED },
      to: { type: 'string' },
    },
  });
  const { to } = values;
  if (to === undefined || positionals.length === 0)
    throw new UsageError('dev export takes an exercise, and a folder with --to: dev export 4 --to DIR');
  const files = exportReferences(positionals.map(exerciseNamed), to, values.seed);
  if (values.json) console.log(JSON.stringify({ schema: 'tcplab/dev-export/1', files }, null, 2));
  else for (const file of files) console.log(file);
  return EXIT.passed;
}

function lines({ number, slug, runs, ms, problems, sampleRuns, onlyEnglish }: DevResult): string[] {
  const mark = problems.length === 0 ? '✔' : '✘';
  return [
    `${mark} ${String(number).padStart(2)} ${slug.padEnd(20)} ${runs} runs, ${(ms / 1_000).toFixed(1)} s`,
    ...(sampleRuns > 1 ? [`     its reference ran ${sampleRuns} times for a sample like the README's`] : []),
    ...problems.map((problem) => `     ${problem}`),
    ...onlyEnglish.map((text) => `     not in Chinese yet: ${text}`),
  ];
}
