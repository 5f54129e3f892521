import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';

/** When a file was changed last, and its size: another text for another version of it. Empty for a file that is not there. */
export function versionOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? '' : `${stat.mtimeMs} ${stat.size}`;
}

/** 16 hexadecimal digits: others for other versions of these files, for another Node and for another place. */
export function fingerprint(files: readonly string[]): string {
  const hash = createHash('sha256').update(`${process.version} ${process.arch} ${process.execPath}`);
  for (const file of files) hash.update(`\0${file}\0${versionOf(file)}`);
  return hash.digest('hex').slice(0, 16);
}
