import { execFileSync } from 'node:child_process';

/** Loaded by name at run time, so that nothing lists them: how older C libraries look up `localhost`. */
const LOADED_LATER = ['libnss_files.so.2'];

/** The shared libraries that programs need, the loader included, by their paths. ldd(1) runs nothing of a program itself. */
export function sharedLibraries(programs: readonly string[]): string[] {
  const found = new Set<string>();
  for (const program of programs) {
    const text = execFileSync('ldd', [program], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    for (const [, path = ''] of text.matchAll(/(\/\S+) \(0x/g)) found.add(path);
  }
  const folders = new Set([...found].map((path) => path.slice(0, path.lastIndexOf('/'))));
  for (const folder of folders) for (const name of LOADED_LATER) found.add(`${folder}/${name}`);
  return [...found];
}
