import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

if (process.pid > 50) process.exit(99);
const written: string[] = [];
const folders = ['/proc/sys/net', '/proc/sys/kernel', '/proc/sys/user', '/proc/sys/vm', '/proc/sys/fs'];
for (const folder of folders) {
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else
        try {
          writeFileSync(path, readFileSync(path));
          written.push(path);
        } catch {
          // As it should be.
        }
    }
  } catch {
    // Not for us.
  }
}
console.log(JSON.stringify({ written: written.join(' ') }));
