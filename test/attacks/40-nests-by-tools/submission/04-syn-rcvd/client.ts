import { spawnSync } from 'node:child_process';
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const TOOLS = ['bwrap', 'unshare', 'nsenter', 'sudo', 'su', 'mount', 'newuidmap', 'setpriv', 'capsh', 'docker', 'chroot', 'gdb', 'strace', 'nft', 'tc', 'ip', 'tcpdump', 'python3', 'perl', 'gcc', 'curl', 'nc'];
const tools = TOOLS.filter((tool) => spawnSync(tool, ['--version'], { timeout: 2_000 }).error === undefined);
const setuid: string[] = [];
const folders = ['/'];
for (const folder of folders) {
  if (folders.length > 20_000) break;
  try {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (path === '/proc') continue;
      const stats = lstatSync(path);
      if (stats.isDirectory()) folders.push(path);
      else if (stats.isFile() && (stats.mode & 0o6000) !== 0) setuid.push(path);
    }
  } catch {
    // Not for us.
  }
}
console.log(JSON.stringify({ tools: tools.join(' '), setuid: setuid.join(' '), uid: process.getuid?.() }));
