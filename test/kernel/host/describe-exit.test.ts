import { expect, test } from 'vitest';
import { adviseOnExit } from '../../../lab/host/advise-exit.ts';
import { describeExit } from '../../../lab/host/describe-exit.ts';
import { pair } from '../support/pair.ts';
import { written } from '../support/written.ts';

/** The sentence on a program with this source, after its end. */
async function sentenceOn(source: string): Promise<string> {
  await using lab = pair();
  using program = written(source);
  const running = await lab.client.host.run(program.file, []);
  await running.exited;
  return describeExit(running);
}

test.each([
  ['it ends by itself', '', 'program.ts on client ended by itself with exit code 0'],
  ['it exits with 3', 'process.exit(3);', 'program.ts on client ended with exit code 3'],
  [
    'it kills itself',
    `process.kill(process.pid, 'SIGKILL');\nsetInterval(() => {}, 1_000);`,
    'program.ts on client was ended by SIGKILL',
  ],
  [
    'a mistake in TypeScript',
    'const port: number = 1;\nconst other: = 2;',
    /^program.ts on client could not start: syntax error, Unexpected token `=`.* \(program.ts, line 2\)$/,
  ],
  [
    'TypeScript that Node cannot strip',
    'enum Colour {\n  Red,\n}',
    'program.ts on client could not start: syntax error, TypeScript enum is not supported in strip-only mode (program.ts, line 1)',
  ],
  [
    'TypeScript that Node cannot strip, with more behind it',
    'const a = 1;\nenum Colour {\n  Red,\n}\nconsole.log(Colour.Red);',
    'program.ts on client could not start: syntax error, TypeScript enum is not supported in strip-only mode (program.ts, line 2)',
  ],
  [
    'a mistake in JavaScript',
    'const a = 1;\n\nconst a = 2;\nexport {};',
    "program.ts on client could not start: syntax error, Identifier 'a' has already been declared (program.ts, line 3)",
  ],
  [
    'a thrown error',
    "const port: number = 1;\n\nthrow new RangeError('port ' + port + ' is taken');",
    'program.ts on client ended with an error: RangeError: port 1 is taken (program.ts, line 3)',
  ],
  [
    'an error thrown later, in a function',
    `function later() {\n  throw new Error('too late');\n}\nsetTimeout(later, 1);`,
    'program.ts on client ended with an error: Error: too late (program.ts, line 2)',
  ],
  [
    'a rejected promise',
    `async function work() {\n  throw new TypeError('no such thing');\n}\nvoid work();`,
    'program.ts on client ended with an error: TypeError: no such thing (program.ts, line 2)',
  ],
  [
    'a thrown string',
    `throw 'nothing but words';`,
    'program.ts on client ended with an error: nothing but words',
  ],
  [
    'an error event that nobody handles',
    `import { createServer } from 'node:net';\ncreateServer().listen(80, '192.0.2.1');`,
    'program.ts on client ended with an error: Error: listen EADDRNOTAVAIL: address not available 192.0.2.1:80',
  ],
  [
    'an error of its own class',
    `class NoRoom extends Error {\n  override name = 'NoRoom';\n}\nthrow new NoRoom('it is full');`,
    'program.ts on client ended with an error: NoRoom: it is full (program.ts, line 4)',
  ],
  [
    'an import of a package that is not there',
    `import 'no-such-package';`,
    /^program.ts on client ended with an error: Error: Cannot find package 'no-such-package' imported from .*program.ts$/,
  ],
  [
    'an import of a file that is not there',
    `import './no-such-file.ts';`,
    /^program.ts on client could not start: there is no file .*\/no-such-file.ts$/,
  ],
  [
    'a promise rejected with words',
    `Promise.reject('no luck');`,
    'program.ts on client ended with a rejected promise: no luck',
  ],
  [
    'an await that nothing settles',
    '\nawait new Promise(() => {});',
    'program.ts on client ended while it still awaited something (program.ts, line 2)',
  ],
  [
    'words about errors on standard error before a plain exit',
    `console.error('Note: no error at all');\nprocess.exit(4);`,
    'program.ts on client ended with exit code 4',
  ],
])('%s', async (_name, source, sentence) => {
  const found = await sentenceOn(source);
  if (typeof sentence === 'string') expect(found).toBe(sentence);
  else expect(found).toMatch(sentence);
});

test('a file that is not there', async () => {
  await using lab = pair();
  const running = await lab.server.host.run('/nowhere/server.ts', []);
  await running.exited;
  expect(describeExit(running)).toBe(
    'server.ts on server could not start: there is no file /nowhere/server.ts',
  );
});

test('a program that runs', async () => {
  await using lab = pair();
  using program = written('setInterval(() => {}, 1_000);', 'patient.ts');
  expect(describeExit(await lab.server.host.run(program.file, []))).toBe(
    'patient.ts on server is still running',
  );
});

test('a program that was stopped', async () => {
  await using lab = pair();
  using program = written('setInterval(() => {}, 1_000);');
  const running = await lab.server.host.run(program.file, []);
  await running.stop();
  expect(describeExit(running)).toBe('program.ts on server was ended by SIGTERM');
});

test.each([
  ['an enum', 'enum Colour {\n  Red,\n}', /leaving the types out, and an enum is more/],
  ['a parameter property', 'class A {\n  constructor(private x = 1) {}\n}', /assign it in the constructor/],
  ['a namespace', 'namespace A {\n  export const x = 1;\n}', /namespaces, decorators/],
  ['require', "import 'node:fs';\nconst net = require('node:net');", /instead of require/],
  ['module.exports', "import 'node:fs';\nmodule.exports = () => {};", /instead of require/],
  ['a package that is not there', "import 'no-such-package';", /only what Node brings/],
  ['a module of the lab that there is not', "import '#lab/cooked';", /Two modules come with the lab/],
  ['a file without its ending', "import './other';", /with its ending/],
  ['a name that is not exported', "import { conect } from 'node:net';", /spelling/],
  ['an unsettled await', 'await new Promise(() => {});', /nothing is left that could settle/],
  ['an error event', "import { connect } from 'node:net';\nconnect(1, '127.0.0.1');", /\.on\('error'/],
  ['a rejected string', "Promise.reject('no');", /Put try/],
  ['a default export', 'export default function main() {}', /nobody calls what it exports/],
  ['nothing at all', '', /nothing is left for it to wait for/],
])('what to do about %s', async (_name, source, advice) => {
  await using lab = pair();
  using program = written(source);
  const running = await lab.client.host.run(program.file, []);
  await running.exited;
  expect(adviseOnExit(running)).toMatch(advice);
});
