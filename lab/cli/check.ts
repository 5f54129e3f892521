import { parseArgs } from 'node:util';
import { folderCast, referenceCast } from '../exercise/casting.ts';
import { checkExercise } from '../exercise/check.ts';
import type { Verdict } from '../exercise/result.ts';
import { exerciseNamed } from '../exercises/catalog.ts';
import { type CheckRole, checkLines } from '../report/check-text.ts';
import { type Command, EXIT } from './command.ts';
import { backend } from './options.ts';
import { type Colour, paint } from './paint.ts';

const HELP = `
Usage: ./tcplab check N [--from DIR] [--reference] [--seed WORD] [--ipv6] [--json]
`;

export const check: Command = {
  help: HELP,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        backend: { type: 'string', default: 'namespaces' },
        from: { type: 'string' },
        ipv6: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        reference: { type: 'boolean', default: false },
        seed: { type: 'string', default: 'tcplab' },
      },
    });
    backend(values.backend);
    const exercise = exerciseNamed(positionals[0] ?? '');
    const cast = values.reference ? referenceCast(exercise) : folderCast(exercise, values.from ?? '');
    const { result } = await checkExercise(exercise, {
      seed: values.seed,
      ipv6: values.ipv6,
      cast,
      from: values.reference ? 'reference' : (values.from ?? 'work'),
    });
    if (values.json) console.log(JSON.stringify(result, null, 2));
    else
      for (const line of checkLines(result, { paint: (role, text) => colour(role, text) })) console.log(line);
    return EXITS[result.verdict];
  },
};

const EXITS: Readonly<Record<Verdict, number>> = {
  pass: EXIT.passed,
  fail: EXIT.failed,
  inconclusive: EXIT.inconclusive,
  error: EXIT.broken,
};

const COLOURS: Readonly<Record<CheckRole, Colour>> = {
  heading: 'bold',
  pass: 'green',
  fail: 'red',
  skipped: 'dim',
  unsure: 'yellow',
  note: 'dim',
  help: 'cyan',
};

function colour(role: CheckRole, text: string): string {
  return paint(COLOURS[role], text);
}
