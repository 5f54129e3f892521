// Bounded: 600 KB.
import { randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';

for (const fd of [1, 2]) {
  writeSync(fd, randomBytes(100_000));
  writeSync(fd, Buffer.from([0xf0, 0x9f, 0x0a, 0xed, 0xa0, 0x80, 0x00, 0x0d, 0x1b, 0x63]));
  writeSync(fd, '\n'.repeat(200_000));
}
