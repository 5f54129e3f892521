import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipOf } from '../../grade/intake-packing.ts';
import { ANSWER_TEXT } from '../making.ts';

export function make(submissions: string, student: string): void {
  const archive = zipOf([{ path: '04-syn-rcvd/client.ts', content: ANSWER_TEXT }]);
  writeFileSync(join(submissions, `${student}.zip`), archive.subarray(0, archive.length / 2));
}
