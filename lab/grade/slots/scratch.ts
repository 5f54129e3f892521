import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tryLockFile } from '../../sys/file-lock.ts';

const PREFIX = 'tcplab-judge-';

/**
 * A folder for this process alone, which it keeps locked, so that everybody can tell when it has ended. What processes of this user
 * that were killed have left of theirs is removed first.
 */
export function takeScratch(): { readonly folder: string } & Disposable {
  for (const name of readdirSync(tmpdir())) if (name.startsWith(PREFIX)) removeIfLeft(join(tmpdir(), name));
  for (;;) {
    const folder = mkdtempSync(join(tmpdir(), PREFIX));
    const fd = openSync(folder, 'r');
    // Somebody else may have taken it for left before it was locked.
    if (tryLockFile(fd) && existsSync(folder))
      return {
        folder,
        [Symbol.dispose]() {
          rmSync(folder, { recursive: true, force: true });
          closeSync(fd);
        },
      };
    closeSync(fd);
  }
}

function removeIfLeft(folder: string): void {
  let fd: number;
  try {
    fd = openSync(folder, 'r');
  } catch {
    // It is somebody else's, or gone.
    return;
  }
  if (tryLockFile(fd)) rmSync(folder, { recursive: true, force: true });
  closeSync(fd);
}
