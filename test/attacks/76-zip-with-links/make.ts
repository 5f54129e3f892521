import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipOf } from '../../grade/intake-packing.ts';
import { ANSWER } from '../making.ts';

export function make(submissions: string, student: string): void {
  const archive = zipOf([
    { path: '04-syn-rcvd/client.ts', content: ANSWER, mode: 0o120777 },
    { path: '04-syn-rcvd/out', content: '/tmp', mode: 0o120777 },
    { path: '04-syn-rcvd/out/tcplab-attack-escaped.ts', content: 'escaped' },
  ]);
  writeFileSync(join(submissions, `${student}.zip`), archive);
}
