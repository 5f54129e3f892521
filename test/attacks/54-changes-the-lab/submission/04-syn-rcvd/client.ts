// Opens for writing, and writes nothing.
import { chmodSync, closeSync, fstatSync, openSync, readdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

if (process.pid > 50) process.exit(99);
const changed: string[] = [];
/** /dev/null, by whatever name: there is nothing in it to change. null(4) */
const NULL = (1 << 8) | 3;
const files = ['/lab', '/cache', '/cage', '/submission', '/node_modules', '/etc', '/usr'];
for (const file of files) {
  if (files.length > 5_000) break;
  try {
    if (statSync(file).isDirectory()) {
      files.push(...readdirSync(file).map((name) => join(file, name)));
      renameSync(file, `${file}-moved`);
    } else {
      try {
        chmodSync(file, 0o666);
        changed.push(file);
      } catch {
        // As it should be.
      }
      const fd = openSync(file, 'r+');
      const { rdev } = fstatSync(fd);
      closeSync(fd);
      if (rdev === NULL) continue;
    }
    changed.push(file);
  } catch {
    // As it should be.
  }
}
console.log(JSON.stringify({ changed: changed.join(' ') }));
