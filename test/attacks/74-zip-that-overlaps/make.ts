import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipOf } from '../../grade/intake-packing.ts';

export function make(submissions: string, student: string): void {
  const content = Buffer.alloc(1_000, 'x');
  const entries = Array.from({ length: 5_000 }, (_, n) => ({
    path: `04-syn-rcvd/${String(n).padStart(5, '0')}.ts`,
    content,
    ...(n > 0 ? { sharesWith: 0 } : {}),
  }));
  writeFileSync(join(submissions, `${student}.zip`), zipOf(entries));
}
