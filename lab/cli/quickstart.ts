import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { shown } from '../workspace/place.ts';
import { verbArguments } from './arguments.ts';
import { type Command, UsageError } from './command.ts';
import { grade } from './grade.ts';
import { backend } from './options.ts';
import { CLASS } from './quickstart/class.ts';
import { makeCourse } from './quickstart/make-course.ts';

const HELP = `
Usage: ./tcplab quickstart [DIR] [--backend docker]

Makes a demo course in DIR (demo-course when not said), with a dozen submissions: right ones, wrong ones, a late one, a copied one, and
hostile ones; and grades it, which takes half a minute. For instructors who want to see what ./tcplab grade does.

DIR must be empty, or not there. To be rid of it all, delete DIR.
`;

const USUAL = 'demo-course';

export const quickstart: Command = {
  help: HELP,
  async run(args) {
    const { values, positionals } = verbArguments('quickstart', args, { backend: { type: 'string' } });
    const folder = resolve(positionals[0] ?? USUAL);
    if (existsSync(folder) && readdirSync(folder).length > 0)
      throw new UsageError(`${shown(folder)} is there, and not empty: delete it, or name another folder`);
    const { submissions, course } = makeCourse(folder, new Date());
    const graded = join(folder, 'graded');
    const command = [
      shown(submissions),
      '--out',
      shown(graded),
      '--course',
      shown(course),
      ...on(values.backend),
    ];
    const width = Math.max(...CLASS.map(({ name }) => name.length));
    console.log(
      [
        `A course of ${CLASS.length} students is in ${shown(folder)}:`,
        '',
        ...CLASS.map(({ name, about }) => `  ${name.padEnd(width)}  ${about}`),
        '',
        `It is graded now by: ./tcplab grade ${command.join(' ')}`,
        '',
      ].join('\n'),
    );
    const code = await grade.run(command);
    console.log(
      [
        '',
        'Also worth a look:',
        ...aligned([
          [join(graded, 'students/fatima.html'), 'what a student sees: of a hidden check, a sentence'],
          [join(graded, 'review/fatima.html'), 'the same for you, with that check and its evidence'],
          [join(graded, 'similarity.html'), 'whose programs have much in common'],
          [course, 'the rules: change them, and run the command above again'],
        ]),
      ].join('\n'),
    );
    return code;
  },
};

/** How the backend that was asked for is asked for in turn. @throws UsageError. */
function on(typed: string | undefined): string[] {
  return typed === undefined ? [] : ['--backend', backend(typed)];
}

function aligned(lines: readonly (readonly [path: string, words: string])[]): string[] {
  const width = Math.max(...lines.map(([path]) => shown(path).length));
  return lines.map(([path, words]) => `  ${shown(path).padEnd(width)}  ${words}`);
}
