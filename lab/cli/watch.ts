import { EXERCISES } from '../exercises/catalog.ts';
import { readProgress } from '../workspace/progress-file.ts';
import { exerciseHere, wantedExercise } from '../workspace/wanted-exercise.ts';
import { COMMON, printJson, verbArguments } from './arguments.ts';
import { type Command, UsageError } from './command.ts';
import { backend } from './options.ts';
import { type Key, readKeys } from './watch/keys.ts';
import { currentExercise, Session } from './watch/session.ts';

const HELP = `
Usage: ./tcplab watch [N] [--poll] [--ipv6] [--json]
       ./tcplab          in your workspace, or once you have begun

Checks exercise N on every save, and moves on to the next one after a pass. Without N it is the exercise in whose folder you
are, or the last one you have started and not passed. Before the first run it asks what you expect.

Keys: n next, h hint, l list, p predict, r run again, q quit. Without a terminal they are words on standard input, a line each.

  --poll       only looks at the files, ten times a second, and takes no file events
  --ipv6       over IPv6
  --json       one JSON document on standard output at the end, with every result; all else goes to standard error
  --backend B  where the hosts are made: namespaces (the default where they work), or docker
`;

export const watch: Command = {
  help: HELP,
  async run(args) {
    const { values, positionals } = verbArguments('watch', args, {
      ...COMMON,
      ipv6: { type: 'boolean', default: false },
      poll: { type: 'boolean', default: false },
    });
    const where = backend(values.backend);
    const first =
      positionals.length > 0
        ? wantedExercise(positionals)
        : (exerciseHere() ?? currentExercise(await readProgress()) ?? EXERCISES[0]);
    if (first === undefined) throw new UsageError('there is no exercise to watch');
    const print = values.json ? console.error : console.log;
    const session = new Session(first, {
      print: (line) => print(line),
      terminal: process.stdin.isTTY && process.stdout.isTTY,
      events: !values.poll,
      ipv6: values.ipv6,
      backend: where,
    });
    const restore = readKeys(oneByOne((key) => session.press(key)));
    try {
      await session.open();
      const code = await session.over;
      if (values.json) printJson({ schema: 'tcplab/watch/1', runs: session.results });
      return code;
    } finally {
      session.close();
      restore();
    }
  },
};

/** Keys are taken in order, each when the one before is done with; what goes wrong with one is told, and ends nothing. */
function oneByOne(press: (key: Key) => Promise<void>): (key: Key) => void {
  let last = Promise.resolve();
  return (key) => {
    last = last.then(async () => {
      try {
        await press(key);
      } catch (error) {
        console.error(`tcplab: ${error instanceof Error ? error.message : String(error)}`);
      }
    });
  };
}
