import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '../sys/replace-file.ts';
import { EnvironmentError } from './errors.ts';
import { shown, workFolder } from './place.ts';
import { newProgress, type Progress, ProgressError, parseProgress, progressText } from './progress.ts';

/** Where progress is kept. */
export function progressFile(): string {
  return join(workFolder(), 'progress.json');
}

/**
 * The progress of this workspace, without waiting for anybody: the file is replaced as a whole. An unreadable one is set aside,
 * and standard error says where. @throws EnvironmentError
 */
export async function readProgress(): Promise<Progress> {
  try {
    return readNow() ?? newProgress();
  } catch (error) {
    if (error instanceof ProgressError && error.code === 'unreadable')
      return await updateProgress((old) => old);
    throw explained(error);
  }
}

/**
 * Changes the progress of this workspace. Commands that do so at the same time wait for each other, so none is lost, and a
 * command that is killed meanwhile leaves the old file or the new one.
 * @returns the progress as it is now. @throws EnvironmentError
 */
export async function updateProgress(change: (old: Progress) => Progress): Promise<Progress> {
  const { lockFile } = await import('../sys/file-lock.ts');
  try {
    mkdirSync(workFolder(), { recursive: true });
    const folder = openSync(workFolder(), 'r');
    try {
      lockFile(folder);
      const progress = change(readOrSetAside());
      replaceFile(progressFile(), progressText(progress));
      return progress;
    } finally {
      closeSync(folder);
    }
  } catch (error) {
    throw explained(error);
  }
}

function readNow(): Progress | undefined {
  try {
    return parseProgress(readFileSync(progressFile(), 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function readOrSetAside(): Progress {
  try {
    return readNow() ?? newProgress();
  } catch (error) {
    if (!(error instanceof ProgressError && error.code === 'unreadable')) throw error;
    const aside = freeName();
    renameSync(progressFile(), aside);
    console.error(
      `tcplab: ${shown(progressFile())} could not be read (${error.message}). It is kept as ${shown(aside)}, and a new one begins.`,
    );
    return newProgress();
  }
}

function freeName(): string {
  const time = new Date().toISOString().slice(0, 19).replaceAll(':', '');
  for (let n = 1; ; n += 1) {
    const name = join(workFolder(), `progress.unreadable-${time}${n === 1 ? '' : `-${n}`}.json`);
    if (!existsSync(name)) return name;
  }
}

function explained(error: unknown): unknown {
  const name = shown(progressFile());
  if (error instanceof ProgressError)
    return new EnvironmentError(`${name} is left as it is: ${error.message}. Update tcplab with git pull`, {
      cause: error,
    });
  if (error instanceof Error && 'syscall' in error)
    return new EnvironmentError(
      `your progress in ${name} cannot be kept: ${error.message}. Make ${shown(workFolder())} yours, or set TCPLAB_WORK to another folder`,
      { cause: error },
    );
  return error;
}
