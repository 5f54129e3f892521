/**
 * Lays out what is to be seen in cages, for the image: `node lab/host/docker/cage-files.ts FOLDER`. Prints the TypeScript files among
 * it, by their paths there, which can be compiled then.
 */
import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { LAB_ROOT, teachingFiles } from '../sandbox/teaching-files.ts';
import { CAGE } from './cage-places.ts';

const [folder = CAGE.folder] = process.argv.slice(2);
const files = teachingFiles([CAGE.entry, CAGE.launcher].map((file) => relative(CAGE.folder, file)));
for (const file of files) {
  const place = join(folder, file);
  mkdirSync(dirname(place), { recursive: true });
  copyFileSync(join(LAB_ROOT, file), place);
}
console.log(files.flatMap((file) => (file.endsWith('.ts') ? [join(folder, file)] : [])).join('\n'));
