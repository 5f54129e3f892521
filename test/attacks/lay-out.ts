import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { folderName } from '../../lab/exercise/exercise.ts';
import { exerciseNamed } from '../../lab/exercises/catalog.ts';
import type { Attack } from './corpus.ts';
import { ANSWER, exerciseOf } from './making.ts';

/** What `make.ts` of an attack exports, for what no repository can hold. */
interface Maker {
  /**
   * @param folder of all submissions
   * @param student the name that the submission is to have there, without the `.zip` of an archive
   */
  make(folder: string, student: string): Disposable | undefined;
}

/**
 * Puts an attack's submission into the folder of all submissions, under its name.
 * @returns what must be ended when it has been taken in, if there is anything: somebody who goes on changing files
 */
export async function layOut(attack: Attack, submissions: string): Promise<Disposable | undefined> {
  const { name, folder, expect } = attack;
  const source = join(folder, 'submission');
  const place = join(submissions, name);
  if (existsSync(source)) cpSync(source, place, { recursive: true, verbatimSymlinks: true });
  for (const file of expect.brings ?? [])
    copyFileSync(
      join(import.meta.dirname, 'brought', file),
      join(place, folderName(exerciseNamed(String(expect.exercise))), file),
    );
  const script = join(folder, 'make.ts');
  if (!existsSync(script)) return undefined;
  const maker = (await import(pathToFileURL(script).href)) as Maker;
  return maker.make(submissions, name);
}

/** Puts an honest submission of exercise 4 there. */
export function layOutCanary(submissions: string, student: string): void {
  copyFileSync(ANSWER, join(exerciseOf(submissions, student), 'client.ts'));
}

/** Removes a folder with everything in it, paths that are longer than Node can name included. */
export function removeAll(folder: string): void {
  execFileSync('rm', ['-rf', folder]);
}
