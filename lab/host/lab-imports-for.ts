import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const HOOK = new URL('./lab-imports.ts', import.meta.url).href;
const OWN = fileURLToPath(new URL('../../package.json', import.meta.url));

/**
 * What Node needs to be told before FILE, so that `#lab/socket` and `#lab/raw` mean the lab's modules in it: nothing where the
 * nearest package.json is the lab's. The hook costs a program about 10 ms at its start.
 */
export function labImportsFor(file: string): readonly string[] {
  return nearestPackage(dirname(real(file))) === OWN ? [] : ['--import', HOOK];
}

/** Where a file really is: Node looks from there, also when the way to it is a symbolic link. */
function real(file: string): string {
  return existsSync(file) ? realpathSync(file) : resolve(file);
}

function nearestPackage(folder: string): string | undefined {
  const here = join(folder, 'package.json');
  if (existsSync(here)) return here;
  const above = dirname(folder);
  return above === folder ? undefined : nearestPackage(above);
}
