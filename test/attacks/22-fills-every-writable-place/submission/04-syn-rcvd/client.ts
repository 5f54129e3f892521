// Bounded: 4 KiB a folder, 20,000 folders.
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folders = ['/'];
const writable = new Set<string>();
for (const folder of folders) {
  if (folders.length > 20_000) break;
  try {
    const file = join(folder, `.attack-${process.pid}`);
    writeFileSync(file, Buffer.alloc(4_096, 1));
    writable.add(folder);
    rmSync(file);
  } catch {
    // Not there.
  }
  if (/^\/proc\/./.test(folder)) continue;
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true }))
      if (entry.isDirectory()) folders.push(join(folder, entry.name));
  } catch {
    // Not to be listed.
  }
}
console.log(JSON.stringify({ writable: [...writable].join(' ') }));
