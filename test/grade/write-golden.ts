// Writes the golden files of the gradebook's formats anew, after a change that was meant: `node test/grade/write-golden.ts`.
// Look at what changed with `git diff` before you keep it.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { GOLDEN, goldenFiles } from './golden.ts';

const folder = join(import.meta.dirname, '../..', GOLDEN);
await rm(folder, { recursive: true, force: true });
for (const { path, text } of goldenFiles()) {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
