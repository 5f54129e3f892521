// Bounded: one file without a byte in it.
import { closeSync, ftruncateSync, openSync } from 'node:fs';

process.on('SIGXFSZ', () => {});
const fd = openSync('/tmp/huge', 'w');
let huge = 'ok';
try {
  ftruncateSync(fd, 2 ** 40);
} catch (error) {
  huge = String((error as { code?: string }).code);
}
closeSync(fd);
console.log(JSON.stringify({ huge }));
