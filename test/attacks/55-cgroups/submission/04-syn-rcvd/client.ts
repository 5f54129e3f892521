import { closeSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { attempt, report, tried } from './calls.ts';

/** The files below a folder, as far as they can be listed. Links are not followed. */
function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    });
  } catch {
    return [];
  }
}

const files = filesBelow('/sys');
report({
  sys: tried(() => readdirSync('/sys/fs/cgroup')),
  writable: files.filter((path) => tried(() => closeSync(openSync(path, 'r+'))) === 'ok').join(' '),
  beside: files.filter((path) => !path.startsWith('/sys/fs/cgroup/')).join(' '),
  mount: attempt('mount', 'none', '/tmp', 'cgroup2', 0, null),
});
