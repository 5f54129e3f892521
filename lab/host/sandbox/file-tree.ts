import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProgram } from './find-program.ts';
import { sharedLibraries } from './shared-libraries.ts';
import { LAB_ROOT, teachingFiles } from './teaching-files.ts';

/** Paths inside a sandbox. */
export const INSIDE = {
  node: '/usr/bin/node',
  shell: '/bin/sh',
  /** Where the student's files are. */
  submission: '/submission',
  /** All that can be written. */
  scratch: '/tmp',
  /** Node's compile cache of the teaching modules. */
  cache: '/cache',
  /** What fills the cache, before there is any program. */
  compiler: '/compile.ts',
  hook: '/lab/host/lab-imports.ts',
} as const;

/** What a program finds beside Node: `ss` is asked in exercises, and what Node calls a shell is `sh`. */
const TOOLS = ['ss', 'sh'];

/** The devices there are. None of them keeps anything, and none is a terminal. */
export const DEVICES = ['null', 'zero', 'full', 'random', 'urandom'].map((name) => `/dev/${name}`);

/** What the C library reads to know itself and `localhost`. Nothing here is the machine's. */
const SETTINGS: Readonly<Record<string, string>> = {
  '/etc/passwd': 'student:x:1000:1000::/tmp:/bin/sh\n',
  '/etc/group': 'student:x:1000:\n',
  '/etc/hosts': '127.0.0.1 localhost\n::1 localhost\n',
  '/etc/nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files\n',
};

const COMPILER = fileURLToPath(new URL('../compile/compile.ts', import.meta.url));

/**
 * Lays out the file system of untrusted programs in an empty folder: the teaching modules at the top, as if the sandbox were the
 * lab's folder (so that `#lab/socket` means what it says), two tools, and the libraries of those and of Node. Node itself, the
 * submission, /tmp, /proc and the devices have their places, and are put there for each program.
 */
export function layOut(folder: string): void {
  const at = (path: string): string => {
    const place = join(folder, path);
    mkdirSync(dirname(place), { recursive: true });
    return place;
  };
  for (const file of teachingFiles()) copyFileSync(join(LAB_ROOT, file), at(file));
  const tools = TOOLS.map((name) => findProgram(name));
  for (const library of sharedLibraries([process.execPath, ...tools]))
    if (existsSync(library)) copyFileSync(library, at(library));
  for (const [n, name] of TOOLS.entries()) copyFileSync(tools[n] as string, at(`/usr/bin/${name}`));
  copyFileSync(at('/usr/bin/sh'), at(INSIDE.shell));
  for (const [path, text] of Object.entries(SETTINGS)) writeFileSync(at(path), text);
  for (const path of [INSIDE.node, ...DEVICES]) writeFileSync(at(path), '');
  copyFileSync(COMPILER, at(INSIDE.compiler));
  for (const path of [INSIDE.submission, INSIDE.scratch, INSIDE.cache, '/proc'])
    mkdirSync(join(folder, path));
}
