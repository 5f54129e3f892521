import { openSync, readdirSync, readlinkSync } from 'node:fs';
import { isatty } from 'node:tty';

const NODES = /^(anon_inode:\[(eventpoll|eventfd|io_uring)\]|pipe:\[\d+\]|\/dev\/(null|urandom)|\/proc\/\d+\/fd)$/;
const inherited: string[] = [];
for (const pid of ['self', '1'])
  try {
    for (const fd of readdirSync(`/proc/${pid}/fd`)) {
      try {
        const link = readlinkSync(`/proc/${pid}/fd/${fd}`);
        if (Number(fd) > 2 && !NODES.test(link)) inherited.push(`${pid} ${fd} ${link}`);
      } catch {
        // The one of the listing itself.
      }
    }
  } catch {
    // Not for us.
  }
let terminal = [0, 1, 2].some((fd) => isatty(fd));
try {
  openSync('/dev/tty', 'r');
  terminal = true;
} catch {
  // None.
}
console.log(JSON.stringify({ inherited: inherited.join(', '), stdin: readlinkSync('/proc/self/fd/0'), terminal }));
