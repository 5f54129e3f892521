import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { tarOf } from '../../grade/intake-packing.ts';

export function make(submissions: string, student: string): void {
  const archive = tarOf([{ path: '04-syn-rcvd/client.ts', content: Buffer.alloc(256 << 20) }]);
  writeFileSync(join(submissions, `${student}.tar.gz`), gzipSync(archive, { level: 1 }));
}
