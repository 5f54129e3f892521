// What the shell cannot easily tell, one fact a line: this Node's path, its version, `fit` when the lab can run on
// it, the prefix whose include/node holds its headers, which of the locked packages are installed (`none`,
// `user`, `all`), and whether the raw-socket addon loads in this Node. Runs on any Node since 14.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const here = process.argv[2];
const [major, minor] = process.versions.node.split('.').map(Number);
const fit = major > 24 || (major === 24 && minor >= 12);
const prefix = dirname(dirname(process.execPath));
const hasHeaders = existsSync(join(prefix, 'include/node/node_version.h'));

console.log(process.execPath);
console.log(process.version);
console.log(fit ? 'fit' : 'old');
console.log(hasHeaders ? prefix : '');
console.log(installedPackages());
console.log(addonLoads() ? 'built' : 'missing');

// npm keeps, inside node_modules, the lock of what is really there. Comparing it with ours also recognises packages
// that somebody installed with plain `npm ci`.
function installedPackages() {
  const wanted = packagesOf('package-lock.json');
  const installed = 'node_modules/.package-lock.json';
  const present = existsSync(join(here, installed)) ? packagesOf(installed) : {};
  const missing = Object.entries(wanted).filter(
    ([path, entry]) => path !== '' && isForThisMachine(entry) && !isPresent(path, entry, present[path]),
  );
  if (missing.length === 0) return 'all';
  return missing.every(([, entry]) => entry.dev) ? 'user' : 'none';
}

function packagesOf(lock) {
  return JSON.parse(readFileSync(join(here, lock), 'utf8')).packages;
}

function isPresent(path, wanted, present) {
  return (
    present !== undefined &&
    present.version === wanted.version &&
    (wanted.integrity === undefined || present.integrity === wanted.integrity) &&
    existsSync(join(here, path, 'package.json'))
  );
}

// An optional package that names no platform belongs to one that does, and comes and goes with it.
function isForThisMachine({ optional, os, cpu, libc }) {
  if (optional && !os && !cpu) return false;
  return allows(os, process.platform) && allows(cpu, process.arch) && allows(libc, libcHere());
}

function allows(list, value) {
  return list === undefined || list.includes(value);
}

function libcHere() {
  if (process.platform !== 'linux') return undefined;
  process.report.excludeNetwork = true;
  return process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl';
}

function addonLoads() {
  try {
    createRequire(import.meta.url)(join(here, 'node_modules/raw-socket/build/Release/raw.node'));
    return true;
  } catch {
    return false;
  }
}
