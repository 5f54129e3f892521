import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { GOLDEN, goldenFiles } from './golden.ts';

const folder = join(import.meta.dirname, '../..', GOLDEN);
const files = goldenFiles();

describe('each file of the hand-made journal is, byte for byte, what node test/grade/write-golden.ts wrote', () => {
  test.each(files.map(({ path, text }) => [path, text]))('%s', async (path, text) => {
    const golden = await readFile(join(folder, path), 'utf8');
    expect(text).toBe(golden);
  });

  test('and there is no other', async () => {
    const entries = await Array.fromAsync(glob('**/*', { cwd: folder, withFileTypes: true }));
    const paths = entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
    expect(paths.sort()).toEqual(files.map(({ path }) => path).sort());
  });
});
