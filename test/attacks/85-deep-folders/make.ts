import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ANSWER_TEXT, exerciseOf } from '../making.ts';

/** Node's own functions take whole paths, and this one becomes longer than those may be. */
const DEEPER =
  'for (let n = 0; n < 800; n += 1) { require("fs").mkdirSync("deeper"); process.chdir("deeper"); }';

export function make(submissions: string, student: string): void {
  const folder = exerciseOf(submissions, student);
  writeFileSync(join(folder, 'client.ts'), ANSWER_TEXT);
  execFileSync(process.execPath, ['-e', DEEPER], { cwd: folder });
}
