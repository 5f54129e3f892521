import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import packageJson from '../../../package.json' with { type: 'json' };

/** The folder that holds `lab/`, `package.json` and `node_modules/`. */
export const LAB_ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** The hook that gives a program with a package.json of its own the teaching modules all the same. */
const HOOK = 'lab/host/lab-imports.ts';

/** Packages that the teaching modules need, and of each the files that are loaded. */
const PACKAGES: Readonly<Record<string, RegExp>> = {
  koffi: /^(package\.json|(src\/koffi\/)?(src\/)?\w+\.c?js)$/,
  '@koromix': /\.(js|json|node)$/,
  'raw-socket': /^(package\.json|index\.js|build\/Release\/raw\.node)$/,
};

/** A relative import or export of more than types, at the beginning of a line. */
const IMPORT = /^(?:import|export)\s(?!type\s)(?:[^'"]*?\sfrom\s)?['"](\.[^'"]+)['"]/gm;

/**
 * The files of the lab that a program may see: the teaching modules with exactly what they import, by their paths below the
 * lab's folder. Of the lab's exercises, references and judges there is nothing among them.
 * @param also files of the lab that are there as well, with what they import
 */
export function teachingFiles(also: readonly string[] = []): string[] {
  const entries = [...Object.values(packageJson.imports), HOOK, ...also].map((path) => join(path));
  return ['package.json', ...importsOf(entries), ...Object.keys(PACKAGES).flatMap(packageFiles)];
}

/** What files import, and what those import, as far as it is the lab's own code and more than a type. */
function importsOf(entries: readonly string[]): string[] {
  const found = new Set(entries);
  for (const file of found) {
    const source = readFileSync(join(LAB_ROOT, file), 'utf8');
    for (const [, path = ''] of source.matchAll(IMPORT))
      found.add(relative(LAB_ROOT, join(LAB_ROOT, dirname(file), path)));
  }
  return [...found];
}

function packageFiles(name: string): string[] {
  const folder = `node_modules/${name}`;
  if (!existsSync(join(LAB_ROOT, folder))) return [];
  const wanted = PACKAGES[name];
  return readdirSync(join(LAB_ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => wanted?.test(path))
    .map((path) => `${folder}/${path}`);
}
