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

const RIGHTS = ['--reuid=0', '--regid=0', '--groups=0', '--inh-caps=+net_admin', '--ambient-caps=+net_admin', '--bounding-set=+net_admin'];
const LINES = /^(Uid|Gid|Groups|Cap\w+|NoNewPrivs|Seccomp):.*$/gm;

/** What a process is, in its own words, behind a command that starts it. */
function status(...before: string[]): string {
  const script = 'while read -r line; do echo "$line"; done </proc/self/status';
  const [command = '', ...rest] = [...before, 'sh', '-c', script];
  return (spawnSync(command, rest, { encoding: 'utf8' }).stdout ?? '').match(LINES)?.join(' ') ?? '';
}

const own = status();
const raised = RIGHTS.filter((right) => !['', own].includes(status('setpriv', right)));
console.log(JSON.stringify({ own: own !== '', raised: raised.join(' ') }));
