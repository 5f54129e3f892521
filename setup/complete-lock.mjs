// `npm run lock`, after a change of dependencies. npm leaves packages for other platforms out of the lock when its
// registry does not offer them, and `npm ci` then refuses the lock everywhere. This adds them, by name and version, so
// that the lock serves each platform; entries that are there stay as they are.
import { readFileSync, writeFileSync } from 'node:fs';

const systems = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const machines = ['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
const added = [];

for (const [path, parent] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    const place = `node_modules/${name}`;
    if (lock.packages[place] || lock.packages[`${path}/${place}`]) continue;
    lock.packages[place] = inNpmsOrder({ ...platformIn(name), dev: parent.dev, optional: true, version });
    added.push(name);
  }
}

lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(byKey));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`package-lock.json: ${added.length} packages of other platforms added`);

// Such packages carry their platform in their names: @oxlint/binding-linux-x64-musl.
function platformIn(name) {
  const words = name.split(/[/-]/);
  const os = systems.filter((word) => words.includes(word));
  const cpu = machines.filter((word) => words.includes(word));
  if (os.length + cpu.length === 0) throw new Error(`${name} is missing from the lock and names no platform`);
  const libc = words.some((word) => word.startsWith('musl')) ? ['musl'] : ['glibc'];
  return {
    os: os.length > 0 ? os : undefined,
    cpu: cpu.length > 0 ? cpu : undefined,
    libc: os.includes('linux') ? libc : undefined,
  };
}

// The version, then the rest by name, so that npm has nothing to rewrite.
function inNpmsOrder({ version, ...rest }) {
  return { version, ...Object.fromEntries(Object.entries(rest).sort(byKey)) };
}

function byKey([a], [b]) {
  return a.localeCompare(b, 'en');
}
