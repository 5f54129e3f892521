import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ANSWER, exerciseOf, WRONG_TEXT } from '../making.ts';

/** Bounded: 15 s. */
const RACE = `
const { renameSync, rmSync, symlinkSync, writeFileSync } = require('fs');
const [file, answer, text] = process.argv.slice(1);
for (const end = Date.now() + 15_000; Date.now() < end; ) {
  try {
    symlinkSync(answer, file + '.new');
    renameSync(file + '.new', file);
    writeFileSync(file + '.new', text);
    renameSync(file + '.new', file);
  } catch {
    rmSync(file + '.new', { force: true });
  }
}`;

export function make(submissions: string, student: string): Disposable {
  const file = join(exerciseOf(submissions, student), 'client.ts');
  writeFileSync(file, WRONG_TEXT);
  const child = spawn(process.execPath, ['-e', RACE, file, ANSWER, WRONG_TEXT], { stdio: 'ignore' });
  return { [Symbol.dispose]: () => void child.kill('SIGKILL') };
}
