import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { zipOf } from '../../grade/intake-packing.ts';

export function make(submissions: string, student: string): void {
  const packed = deflateRawSync(Buffer.alloc(64 << 20));
  const archive = zipOf([{ path: '04-syn-rcvd/client.ts', packed, size: 100 }]);
  writeFileSync(join(submissions, `${student}.zip`), archive);
}
