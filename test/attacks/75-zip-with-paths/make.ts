import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipOf } from '../../grade/intake-packing.ts';
import { ANSWER_TEXT, WRONG_TEXT } from '../making.ts';

export function make(submissions: string, student: string): void {
  const escapes = [
    `../${student}/04-syn-rcvd/client.ts`,
    '04-syn-rcvd/../../escaped.ts',
    '/tmp/tcplab-attack-escaped.ts',
    '04-syn-rcvd\\client.ts',
    'C:/04-syn-rcvd/client.ts',
    '04-syn-rcvd/client.ts\0.txt',
  ].map((path) => ({ path, content: ANSWER_TEXT }));
  const archive = zipOf([{ path: '04-syn-rcvd/client.ts', content: WRONG_TEXT }, ...escapes]);
  writeFileSync(join(submissions, `${student}.zip`), archive);
}
