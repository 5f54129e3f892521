import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventsOf, type PlayDocument, play, playJson, wire } from '../support/play.ts';

/** No compiler or formatter would let a program with a syntax error be a file of this repository. */
let folder: string;
let syntaxError: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tcplab-play-'));
  syntaxError = join(folder, 'broken.ts');
  await writeFile(
    syntaxError,
    "import { createServer } from 'node:net';\n\ncreateServer( => {}).listen(8080);\n",
  );
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

const listeners = (document: PlayDocument): string[] => [
  ...new Set(
    eventsOf(document, 'socket').map(
      ({ socket }) => `${socket.local.address}:${socket.local.port} ${socket.state}`,
    ),
  ),
];

const left = (document: PlayDocument): number =>
  eventsOf(document, 'socket').filter(({ change }) => change === 'appeared').length -
  eventsOf(document, 'socket').filter(({ change }) => change === 'gone').length;

test.each<[string, () => string, string, string, string[]]>([
  [
    'a syntax error',
    () => syntaxError,
    'ended',
    'broken.ts on server could not start: syntax error, Expression expected (broken.ts, line 3)',
    [],
  ],
  [
    'an end at once',
    () => 'test/programs/exits-at-once.ts',
    'ended',
    'exits-at-once.ts on server ended by itself with exit code 0, before it listened on port 8080.',
    [],
  ],
  [
    'another port',
    () => 'test/programs/other-port.ts',
    'listens-elsewhere',
    'other-port.ts listens on port 9000, not 8080: listen on the port given as the second argument.',
    ['198.18.0.2:9000 LISTEN'],
  ],
  [
    'another address',
    () => 'test/programs/other-address.ts',
    'listens-elsewhere',
    'other-address.ts listens on 127.0.0.1:8080, where the client cannot reach it: listen on the address given as ' +
      'the first argument, 198.18.0.2.',
    ['127.0.0.1:8080 LISTEN'],
  ],
  [
    'no listening at all',
    () => 'test/programs/never-listens.ts',
    'never-listens',
    'never-listens.ts runs, but did not listen on port 8080 within 5 s; it has no TCP socket at all.',
    [],
  ],
])(
  'a server with %s: one sentence, exit code 1, nothing left',
  async (_what, file, reason, sentence, sockets) => {
    const { document, exitCode } = await playJson(file(), 'clients/close.ts');
    expect(exitCode).toBe(1);
    expect(document.ending.reason).toBe(reason);
    expect(document.ending.text).toContain(sentence);
    expect(document.programs.map(({ host }) => host)).toEqual(['server']);
    expect(document.programs[0]?.exit).not.toBeNull();
    expect(listeners(document)).toEqual(sockets);
    expect(left(document)).toBe(0);
    expect(wire(document)).toEqual([]);
  },
);

test('the sentence is the last thing on the screen', async () => {
  const { stdout, exitCode } = await play('test/programs/other-port.ts', 'clients/close.ts');
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/After \d\.\d s: other-port\.ts listens on port 9000, not 8080: [\s\S]*argument\.$/);
});

test.each<[string, () => string, string]>([
  [
    'a syntax error',
    () => syntaxError,
    'broken.ts on client could not start: syntax error, Expression expected',
  ],
  [
    'nothing to do with TCP',
    () => 'test/programs/exits-at-once.ts',
    'exits-at-once.ts on client ended by itself with exit code 0, and never opened a connection.',
  ],
])('a client with %s: exit code 1', async (_what, file, sentence) => {
  const { document, exitCode } = await playJson('servers/echo.ts', file());
  expect(exitCode).toBe(1);
  expect(document.ending.reason).toBe('never-connects');
  expect(document.ending.text).toContain(sentence);
  expect(wire(document)).toEqual([]);
});

test('a client that is refused did connect: that is a play', async () => {
  const { document, exitCode } = await playJson('-', 'clients/connect.ts');
  expect(exitCode).toBe(0);
  expect(document.programs).toMatchObject([{ host: 'client', exit: { code: 1 }, stopped: false }]);
});

test('the stack of a program is shown without the places inside Node', async () => {
  const { stdout } = await play(syntaxError, '-');
  expect(stdout).toContain('SyntaxError');
  expect(stdout).not.toMatch(/node:internal/);
});
