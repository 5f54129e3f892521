import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { SandboxError } from './sandbox-error.ts';

/** Where a tool is, by the lab's own PATH. @throws SandboxError when there is none. */
export function findProgram(name: string): string {
  for (const folder of (process.env.PATH ?? '').split(':')) {
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // The next one.
    }
  }
  throw new SandboxError(`untrusted programs cannot be run: there is no ${name} here`);
}
