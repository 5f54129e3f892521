import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { grantToChildren } from '../../sys/capabilities.ts';
import { mountMemory } from '../../sys/mount.ts';
import { fingerprint } from '../compile/fingerprint.ts';
import { outcome } from '../tool.ts';
import { INSIDE, layOut } from './file-tree.ts';
import { findProgram } from './find-program.ts';
import { SandboxError } from './sandbox-error.ts';
import { LAB_ROOT, teachingFiles } from './teaching-files.ts';

/** What programs import, by its path in a sandbox: Node knows what it has compiled by its path. */
const MODULES = ['/lab/sys/socket.ts', '/lab/raw/peer.ts', INSIDE.hook];

/** What a kept cache is called, with the versions that it was made of behind it. */
const KEPT = 'sandbox-';

/** Where `keepModules` makes a tree of its own: memory, which goes with its namespaces. */
const WORKSHOP = '/dev/shm';
const WORKSHOP_BOUNDS = { bytes: 64 << 20, files: 4_096, mode: 0o755 };

/**
 * Has the teaching modules of a sandbox's tree compiled into its cache, which is read-only for the programs that come later, and
 * removes the compiler. What `keepModules` has kept is copied, as it takes a quarter of a second to make.
 * @param tree what `layOut` has laid out
 * @throws SandboxError when bubblewrap does not work
 */
export async function compileModules(tree: string, bwrap: string): Promise<void> {
  const compile = [INSIDE.node, INSIDE.compiler, ...MODULES];
  // Whether bubblewrap works at all is to be found out now, and not by the first program.
  await runOnce(bwrap, tree, tookKept(tree) ? [INSIDE.shell, '-c', ':'] : compile);
  rmSync(join(tree, INSIDE.compiler));
}

/** Compiles them and keeps that in Node's own compile cache, for the next sandboxes. To be called in a lab's namespaces. */
export async function keepModules(): Promise<void> {
  const kept = keptCache();
  if (kept === undefined || existsSync(kept)) return;
  mountMemory(WORKSHOP, WORKSHOP_BOUNDS);
  const tree = join(WORKSHOP, 'tree');
  mkdirSync(tree);
  layOut(tree);
  await compileModules(tree, findProgram('bwrap'));
  const folder = join(kept, '..');
  for (const name of readdirSync(folder))
    if (name.startsWith(KEPT)) rmSync(join(folder, name), { recursive: true, force: true });
  const halfway = `${kept}.${randomUUID()}`;
  cpSync(join(tree, INSIDE.cache), halfway, { recursive: true });
  renameSync(halfway, kept);
}

/** Where the compiled modules of this version are kept; undefined when nothing is to be. */
function keptCache(): string | undefined {
  const cache = process.env.NODE_COMPILE_CACHE;
  if (cache === undefined || cache === '') return undefined;
  return join(cache, `${KEPT}${fingerprint(teachingFiles().map((file) => join(LAB_ROOT, file)))}`);
}

/** Copies what is kept. @returns whether there was any; what cannot be copied whole is made anew */
function tookKept(tree: string): boolean {
  const [kept, cache] = [keptCache(), join(tree, INSIDE.cache)];
  if (kept === undefined || !existsSync(kept)) return false;
  try {
    cpSync(kept, cache, { recursive: true });
    return true;
  } catch {
    return false;
  }
}

/** Runs a command of the lab in a sandbox without a network, which may write to the cache. */
async function runOnce(bwrap: string, tree: string, command: readonly string[]): Promise<void> {
  const options = [
    ...['--unshare-all', '--as-pid-1', '--die-with-parent'],
    ...['--ro-bind', tree, '/', '--ro-bind', process.execPath, INSIDE.node],
    ...['--dev-bind', '/dev/null', '/dev/null', '--dev-bind', '/dev/urandom', '/dev/urandom'],
    ...['--proc', '/proc', '--bind', join(tree, INSIDE.cache), INSIDE.cache],
    ...['--setenv', 'NODE_COMPILE_CACHE', INSIDE.cache],
  ];
  grantToChildren([]);
  const child = spawn(bwrap, [...options, '--', ...command], {
    env: {},
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const { exitCode, stderr } = await outcome('bwrap', child);
  if (exitCode !== 0) throw new SandboxError(`bubblewrap does not work here: ${stderr.trim()}`);
}
