import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { paxOf, tarOf } from '../../grade/intake-packing.ts';
import { ANSWER, ANSWER_TEXT, WRONG_TEXT } from '../making.ts';

export function make(submissions: string, student: string): void {
  const archive = tarOf([
    { path: '04-syn-rcvd/client.ts', content: WRONG_TEXT },
    { path: '../escaped.ts', content: 'escaped' },
    { path: '04-syn-rcvd/out', type: '2', link: '/tmp' },
    { path: '04-syn-rcvd/out/tcplab-attack-escaped.ts', content: 'escaped' },
    { path: '04-syn-rcvd/hard.ts', type: '1', link: ANSWER },
    { path: '04-syn-rcvd/zero.ts', type: '3' },
    paxOf({ path: '04-syn-rcvd/../../escaped.ts' }),
    { path: '04-syn-rcvd/pax.ts', content: ANSWER_TEXT },
  ]);
  writeFileSync(join(submissions, `${student}.tar`), archive);
}
