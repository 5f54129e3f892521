import { EXERCISES } from '../exercises/catalog.ts';
import { overview } from '../workspace/overview.ts';
import { readProgress } from '../workspace/progress-file.ts';
import { COMMON, printJson, verbArguments } from './arguments.ts';
import { type Command, EXIT } from './command.ts';
import { listLines } from './list/lines.ts';

const HELP = `
Usage: ./tcplab list [--json]

The exercises, with your progress in this workspace, and the map: which of the 11 states and of the transitions of RFC 9293
the kernel has passed through in your own runs, and which exercise reaches each one that is missing.

  --json  one JSON document on standard output, and nothing else
`;

export const list: Command = {
  help: HELP,
  async run(args) {
    const { values } = verbArguments('list', args, COMMON, 0);
    const all = overview(EXERCISES, await readProgress());
    if (values.json) printJson({ schema: 'tcplab/list/1', ...all });
    else console.log(listLines(all).join('\n'));
    return EXIT.passed;
  },
};
