import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Replaces a file as a whole: at any instant, and after a loss of power, there is the old one or the new one. For one process at a
 * time: what a killed one has left half written, the next one writes over.
 */
export function replaceFile(path: string, text: string): void {
  replace(path, text, fsyncSync);
  settleFolder(dirname(path));
}

/**
 * The same for a file that can be made anew of others: it does not wait until a disk has it, and so a thousand of them take a second. A
 * loss of power may take it back.
 */
export function replaceDerivedFile(path: string, text: string): void {
  replace(path, text, () => {});
}

function replace(path: string, text: string, settle: (fd: number) => void): void {
  const temporary = `${path}.new`;
  try {
    const fd = openSync(temporary, 'w');
    try {
      writeFileSync(fd, text);
      settle(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Has the kernel write a folder's names down. Shared folders of virtual machines know no such thing. */
export function settleFolder(folder: string): void {
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'EINVAL' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw error;
  } finally {
    closeSync(fd);
  }
}
