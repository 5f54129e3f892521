import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { zipOf } from '../../grade/intake-packing.ts';

const SIZE = 32 << 20;

export function make(submissions: string, student: string): void {
  const packed = deflateRawSync(Buffer.alloc(SIZE));
  const entries = Array.from({ length: 16 }, (_, n) => ({
    path: `04-syn-rcvd/${n === 0 ? 'client' : n}.ts`,
    packed,
    size: SIZE,
  }));
  writeFileSync(join(submissions, `${student}.zip`), zipOf(entries));
}
