import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** The files under some places of the repository (`lab`, `README.md`) whose path matches, relative to its root. */
export async function filesIn(places: string[], matching: RegExp): Promise<string[]> {
  const patterns = places.flatMap((place) => [place, `${place}/**/*`]);
  const entries = await Array.fromAsync(glob(patterns, { cwd: root, withFileTypes: true }));
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((path) => matching.test(path) && !path.includes('node_modules/'))
    .sort();
}

export function read(path: string): Promise<string> {
  return readFile(join(root, path), 'utf8');
}
