import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { referenceProgram } from '../../lab/exercise/programs.ts';

/** The reference of exercise 4: where an attack gets hold of this file, it would earn points that it must not have. */
export const ANSWER = referenceProgram('clients/withhold-ack.ts');
export const ANSWER_TEXT = readFileSync(ANSWER, 'utf8');

/** A program that earns nothing. */
export const WRONG_TEXT = "console.log('nothing');\n";

/** Makes a student's folder of exercise 4. @returns its path */
export function exerciseOf(submissions: string, student: string): string {
  const folder = join(submissions, student, '04-syn-rcvd');
  mkdirSync(folder, { recursive: true });
  return folder;
}
