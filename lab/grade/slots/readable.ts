import { lstatSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url)).replace(/\/$/, '');
/** A file of each folder that a slot's worker reads: where one of these can be read, so can the others beside it. */
const SAMPLES = ['package.json', 'lab/grade/slots/worker.ts', 'node_modules/koffi/package.json'];

/**
 * Why a user of the machine cannot read this checkout, or the lab's Node, and what to do: a clone in /root, or one made with umask
 * 077. Undefined when the modes of all folders on the way allow it.
 */
export function readingTrouble(uid: number): string | undefined {
  for (const file of [...SAMPLES.map((name) => join(ROOT, name)), process.execPath]) {
    const barrier = barrierTo(file, uid);
    if (barrier === undefined) continue;
    const isOurs = barrier === ROOT || barrier.startsWith(`${ROOT}/`);
    const remedy = isOurs
      ? `chmod -R go+rX ${ROOT}`
      : `chmod o+x ${barrier}, or have the checkout where everybody may read, such as /opt/tcplab`;
    return `submissions are judged under the user id ${uid}, which may not read ${barrier}. To allow it: ${remedy}`;
  }
  return undefined;
}

/** The first folder on the way to a file that a user may not go through, or the file that they may not read. */
function barrierTo(file: string, uid: number): string | undefined {
  const folders: string[] = [];
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    folders.unshift(folder);
    if (folder === dirname(folder)) break;
  }
  return [...folders, file].find((path) => {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    return stats !== undefined && !stats.isSymbolicLink() && !allows(stats, uid);
  });
}

/** Through a folder, or to read a file. The group of a slot's user has the same number. */
function allows(stats: Stats, uid: number): boolean {
  const others = stats.isDirectory() ? 0o1 : 0o4;
  const wanted = stats.uid === uid ? others << 6 : stats.gid === uid ? others << 3 : others;
  return (stats.mode & wanted) !== 0;
}
