import { spawn } from 'node:child_process';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { labImportsFor } from '../lab-imports-for.ts';
import { outcome } from '../tool.ts';
import { versionOf } from './fingerprint.ts';

const COMPILER = fileURLToPath(new URL('./compile.ts', import.meta.url));

/**
 * Makes sure that programs are in Node's compile cache, so that starting one costs 20 ms and not 45. Does nothing for a
 * program that is there already, or when there is no cache. Call it inside the lab: Node keeps a cache for each user id.
 * @param files absolute paths. A file that cannot be compiled is left alone: running it says why.
 */
export async function keepCompiled(files: readonly string[]): Promise<void> {
  const folder = process.env.NODE_COMPILE_CACHE;
  if (folder === undefined) return;
  const list = `${folder}/programs-${process.version}-${process.getuid?.()}.json`;
  const known = readList(list);
  const stale = files.filter((file) => known[file] !== versionOf(file));
  if (stale.length === 0) return;
  const hook = stale.map(labImportsFor).find((options) => options.length > 0) ?? [];
  await outcome('node', spawn(process.execPath, [...hook, COMPILER, ...stale], { stdio: 'ignore' }));
  for (const file of stale) known[file] = versionOf(file);
  try {
    writeFileSync(`${list}.${process.pid}`, JSON.stringify(known));
    renameSync(`${list}.${process.pid}`, list);
  } catch {
    // A cache that cannot be written costs time and nothing else.
  }
}

function readList(list: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(list, 'utf8')) as Record<string, string>;
  } catch {
    return {};
  }
}
