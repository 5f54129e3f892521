import { describe, expect, test } from 'vitest';
import { filesIn, read } from './files.ts';
import { wrongWords } from './words.ts';

test('no file sleeps, outgrows a screen or names a machine', async () => {
  const files = await filesIn(
    ['lab', 'servers', 'clients', 'docs', 'docker', 'README.md', 'CONTRIBUTING.md'],
    /./,
  );
  const sentences = files.map(async (file) => wrongWords(file, await read(file)));
  expect((await Promise.all(sentences)).flat()).toEqual([]);
});

const heading = '// Accepts one connection and keeps it.\n// Exercise 3.\n';
const lines = (count: number) => 'x;\n'.repeat(count);

describe('the rule itself', () => {
  test.each([
    [
      'lab/host/x.ts',
      'a;\nawait new Promise((resolve) => setTimeout(resolve, 50));',
      'line 2 sleeps (setTimeout(resolve): wait for an event, with a deadline',
    ],
    [
      'servers/x.ts',
      `${heading}import { setTimeout } from 'node:timers/promises';`,
      'line 3 sleeps (timers/promises): wait for an event, with a deadline',
    ],
    [
      'clients/x.ts',
      `${heading.split('\n')[0]}\nimport net from 'node:net';`,
      'does not begin with two lines of // comment',
    ],
    ['servers/x.ts', heading + lines(59), 'has 61 lines, 60 is the most: split it'],
    ['lab/cli/x.ts', lines(351), 'has 351 lines, 350 is the most: split it'],
    ['docs/x.md', 'First `cd /home/ada/tcplab`.', 'line 1 names /home/ada, a path of one machine'],
    ['README.md', '\nsource /tmp/setup', 'line 2 names /tmp/setup, a path of one machine'],
  ])('%s: %s', (path, text, sentence) => {
    expect(wrongWords(path, text)).toEqual([`${path} ${sentence}`]);
  });

  test.each([
    ['lab/host/x.ts', `const deadline = setTimeout(() => abort(), 3000);\n${lines(349)}`],
    ['servers/x.ts', heading + lines(58)],
    ['docs/x.md', './tcplab start 1 makes work/01-hello; edit ./work/01-hello/server.ts'],
    ['test/x.test.ts', `import { setTimeout } from 'node:timers/promises'`],
  ])('no objection in %s: %s', (path, text) => {
    expect(wrongWords(path, text)).toEqual([]);
  });
});
