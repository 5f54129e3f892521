import { readFileSync } from 'node:fs';
import type { RunningProgram } from './program.ts';

/** What Node says on standard error, and what to do about it. The first that fits is taken. */
const ADVICE: readonly (readonly [pattern: RegExp, advice: string])[] = [
  [
    /TypeScript enum is not supported/,
    'Node runs TypeScript by leaving the types out, and an enum is more than a type. Write a plain object: const Colour = { red: 0, green: 1 } as const;',
  ],
  [
    /TypeScript parameter property is not supported/,
    'Node runs TypeScript by leaving the types out, and a parameter property is more than a type. Declare the field in the class, and assign it in the constructor.',
  ],
  [
    /ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX/,
    'Node runs TypeScript by leaving the types out: namespaces, decorators and whatever else is more than a type do not work. Write it in plain JavaScript.',
  ],
  [
    /ERR_INVALID_TYPESCRIPT_SYNTAX|^SyntaxError: (?!The requested module)/m,
    'Correct that line; your editor underlines it.',
  ],
  [
    /(require|module|exports|__dirname|__filename) is not defined in ES module scope/,
    "These programs are ES modules. Use import { connect } from 'node:net' instead of require('net'), and export nothing.",
  ],
  [
    /does not provide an export named/,
    'Check the spelling of what is imported; for a type, write import type { … }.',
  ],
  [
    /ERR_PACKAGE_IMPORT_NOT_DEFINED/,
    "Two modules come with the lab: '#lab/socket' and '#lab/raw'. There are no others.",
  ],
  [
    /Cannot find package '/,
    "A program has only what Node brings, such as 'node:net', and the lab's '#lab/socket' and '#lab/raw'.",
  ],
  [
    /ERR_MODULE_NOT_FOUND\]?: Cannot find module '[^']+' imported from/,
    "An import names a file with its ending: './other.ts'. Is the file there, beside this one?",
  ],
  [/Cannot find module '/, 'Save the file under that name, or take the starter again.'],
  [
    /Detected unsettled top-level await/,
    'It awaits something that can no longer happen: nothing is left that could settle that promise.',
  ],
  [
    /Unhandled 'error' event/,
    "Add .on('error', (error) => …) to the socket or server: an error that nobody listens to ends the program.",
  ],
  [
    /UnhandledPromiseRejection|ERR_UNHANDLED_REJECTION/,
    'A promise was rejected, and nothing catches it. Put try { await … } catch (error) { … } around it.',
  ],
  [/EADDRINUSE/, 'Another socket has that address and port. Bind the address and port that you are given.'],
  [
    /EPERM|Operation not permitted/,
    'A program may open raw sockets, and nothing else that needs privileges.',
  ],
];

/** What to do about a program that ended by itself, in a sentence or two; undefined when there is nothing to say. */
export function adviseOnExit({ exit, stderr, file }: RunningProgram): string | undefined {
  if (exit === undefined || exit.signal !== null) return undefined;
  const advice = ADVICE.find(([pattern]) => pattern.test(stderr))?.[1];
  if (exit.code !== 0) return advice;
  if (advice !== undefined && stderr !== '') return undefined;
  return exportsItsCode(file)
    ? 'The file is run as it is, and nobody calls what it exports. Put the code at top level, and begin with const [address, port] = process.argv.slice(2);'
    : 'A program ends when nothing is left for it to wait for. An open socket, a server or a timer keeps it running.';
}

/** Whether a program is a function that it exports. */
function exportsItsCode(file: string): boolean {
  try {
    return /^\s*export\s+(default\b|(async\s+)?function\b)/m.test(readFileSync(file, 'utf8'));
  } catch {
    return false;
  }
}
