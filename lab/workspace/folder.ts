import { constants, copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import type { Exercise } from '../exercise/exercise.ts';
import { EnvironmentError, UsageError } from './errors.ts';
import { exerciseWork, ROOT, shown, starterFolder, workFiles, workFolder } from './place.ts';

/** What `start` found and did. Paths are absolute. */
export interface Started {
  readonly folder: string;
  readonly copied: readonly string[];
  /** Files that were there already, and were left as they are. */
  readonly kept: readonly string[];
}

/** Copies an exercise's starter into the workspace. A file that is there is never touched. @throws EnvironmentError */
export function startExercise(exercise: Exercise): Started {
  const folder = exerciseWork(exercise);
  return writing(() => {
    mkdirSync(folder, { recursive: true });
    writeTypesConfig();
    const copied: string[] = [];
    const kept: string[] = [];
    for (const file of workFiles(exercise)) {
      if (copyUnlessThere(join(starterFolder(exercise), basename(file)), file)) copied.push(file);
      else kept.push(file);
    }
    return { folder, copied, kept };
  });
}

/** The student's files of an exercise that are not there. */
function missingWork(exercise: Exercise): string[] {
  return workFiles(exercise).filter((file) => !existsSync(file));
}

/** Whether the workspace has any file of an exercise. */
export function isStarted(exercise: Exercise): boolean {
  return missingWork(exercise).length < workFiles(exercise).length;
}

/** Whether every file of an exercise is still the starter's. */
export function isUntouched(exercise: Exercise): boolean {
  return workFiles(exercise).every(
    (file) =>
      existsSync(file) &&
      readFileSync(file).equals(readFileSync(join(starterFolder(exercise), basename(file)))),
  );
}

/** @throws UsageError that says how to start it, or which file is missing. */
export function mustBeStarted(exercise: Exercise): void {
  const missing = missingWork(exercise);
  if (missing.length === 0) return;
  const start = `./tcplab start ${exercise.number}`;
  if (missing.length === workFiles(exercise).length)
    throw new UsageError(`exercise ${exercise.number} is not started yet. Start it with: ${start}`);
  throw new UsageError(
    `${missing.map(shown).join(' and ')} is missing. ${start} puts the starter there again, and leaves what you have.`,
  );
}

/**
 * Puts the starter back in place of the student's files, which are kept.
 * @returns the folder with what was there.
 */
export function resetExercise(exercise: Exercise): string {
  const folder = exerciseWork(exercise);
  return writing(() => {
    const backup = newBackup(folder);
    for (const file of workFiles(exercise)) {
      if (existsSync(file)) cpSync(file, join(backup, basename(file)), { preserveTimestamps: true });
      copyFileSync(join(starterFolder(exercise), basename(file)), file);
    }
    return backup;
  });
}

function newBackup(folder: string): string {
  const time = new Date().toISOString().slice(0, 19).replaceAll(':', '');
  for (let n = 1; ; n += 1) {
    const backup = join(folder, `.backup-${time}${n === 1 ? '' : `-${n}`}`);
    if (existsSync(backup)) continue;
    mkdirSync(backup, { recursive: true });
    return backup;
  }
}

/** So that editors know the types of Node and of `#lab/…` in the student's files. Written once, then it is the student's. */
function writeTypesConfig(): void {
  const folder = workFolder();
  const file = join(folder, 'tsconfig.json');
  if (existsSync(file)) return;
  const root = checkoutAround(folder) ?? ROOT;
  const at = (path: string): string => relative(folder, join(root, path));
  const inside = !relative(root, folder).startsWith('..');
  const config = {
    extends: at('tsconfig.json'),
    compilerOptions: {
      // A program that is being written has much that is not used yet.
      noUnusedLocals: false,
      noUnusedParameters: false,
      ...(inside ? {} : outsideOptions(at)),
    },
    files: [at('lab/raw/raw-socket.d.ts')],
    include: ['**/*.ts'],
    exclude: ['**/.backup-*'],
  };
  try {
    writeFileSync(file, `${JSON.stringify(config, null, 2)}\n`, { flag: 'wx' });
  } catch (error) {
    // Another command, at the same time, was first.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

/** The checkout that a folder is in: not always the one that runs, for the lab may be in a container and the folder mounted there. */
function checkoutAround(folder: string): string | undefined {
  const above = dirname(folder);
  return existsSync(join(above, 'lab/cli/main.ts')) && existsSync(join(above, 'tsconfig.json'))
    ? above
    : undefined;
}

/** A workspace outside the repository has neither its package.json nor its node_modules above it. */
function outsideOptions(at: (path: string) => string): object {
  return {
    module: 'preserve',
    moduleResolution: 'bundler',
    typeRoots: [at('node_modules/@types')],
    paths: { '#lab/socket': [at('lab/sys/socket.ts')], '#lab/raw': [at('lab/raw/peer.ts')] },
  };
}

function copyUnlessThere(from: string, to: string): boolean {
  try {
    copyFileSync(from, to, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function writing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new EnvironmentError(
      `the workspace cannot be written: ${error.message}. Make ${shown(workFolder())} yours, or set TCPLAB_WORK to another folder`,
      { cause: error },
    );
  }
}
