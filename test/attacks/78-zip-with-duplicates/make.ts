import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipOf } from '../../grade/intake-packing.ts';
import { ANSWER_TEXT, WRONG_TEXT } from '../making.ts';

export function make(submissions: string, student: string): void {
  const path = '04-syn-rcvd/client.ts';
  const archive = zipOf([
    { path, content: ANSWER_TEXT },
    { path, content: WRONG_TEXT },
  ]);
  writeFileSync(join(submissions, `${student}.zip`), archive);
}
