import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fingerprint } from '../../host/compile/fingerprint.ts';
import { IN_NAMESPACES } from '../../host/namespaces/enter.ts';
import { outcome } from '../../host/tool.ts';
import { replaceDerivedFile } from '../../sys/replace-file.ts';

const COMPILE = fileURLToPath(new URL('./compile.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Everything that may be compiled for a slot. */
const SOURCES = ['lab', 'clients', 'servers', 'package-lock.json'];

/** Says of which versions the cache beside it is. */
const STAMP = 'compiled-for-slots';

/**
 * Has what slots run, the judge and the programs of the lab, compiled once: a worker then starts in a quarter of the time. Node
 * keeps what it has compiled for its owner alone, so for workers with user ids of their own there is a cache that they may read.
 * @returns the folder of that cache; undefined when nothing is to be kept
 */
export async function compiledForSlots(): Promise<string | undefined> {
  const own = process.env.NODE_COMPILE_CACHE;
  if (own === undefined || own === '') return undefined;
  const folder = process.getuid?.() === 0 ? join(own, 'slots') : own;
  const [stamp, versions] = [join(folder, STAMP), fingerprint(SOURCES.flatMap(filesOf))];
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === versions) return folder;
  const [command, ...args] = [...IN_NAMESPACES, process.execPath, COMPILE];
  try {
    mkdirSync(folder, { recursive: true });
    const env = { ...process.env, NODE_COMPILE_CACHE: folder };
    const { exitCode } = await outcome(command, spawn(command, args, { env, stdio: 'ignore' }));
    if (folder !== own) allowReading(folder);
    if (exitCode === 0) replaceDerivedFile(stamp, versions);
  } catch {
    // A cache that cannot be had costs time and nothing else. What is missing here, the slots say.
  }
  return folder;
}

function filesOf(name: string): string[] {
  const path = join(ROOT, name);
  if (!statSync(path).isDirectory()) return [path];
  const below = readdirSync(path, { recursive: true, encoding: 'utf8' });
  return below.map((file) => join(path, file)).sort();
}

function allowReading(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const { mode } = statSync(path);
    const wanted = entry.isDirectory() ? 0o755 : 0o644;
    if ((mode & wanted) !== wanted) chmodSync(path, wanted);
  }
}
