// Bounded: 400 pairs with what fits into them, at most 4 MiB each.
import { koffi, libc, report } from './calls.ts';

const socketpair = libc.func('int socketpair(int, int, int, void *)');
const send = libc.func('long send(int, void *, size_t, int)');
const AF_UNIX = 1;
const STREAM_NONBLOCK = 1 | 0x800;
const bytes = Buffer.alloc(64 << 10, 1);
let sent = 0;
for (let n = 0; n < 400; n += 1) {
  const ends = Buffer.alloc(8);
  if (socketpair(AF_UNIX, STREAM_NONBLOCK, 0, ends) !== 0) break;
  for (let k = 0; k < 64; k += 1) {
    const more = Number(send(ends.readInt32LE(0), bytes, bytes.length, 0));
    if (more <= 0) break;
    sent += more;
  }
}
report({ sentMiB: Math.round(sent / (1 << 20)), errno: koffi.errno() });
