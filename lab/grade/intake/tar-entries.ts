import { Parser, type ReadEntry } from 'tar';
import type { ArchiveEntry } from './archive-entry.ts';
import type { Kind } from './beneath.ts';
import type { IntakeLimits } from './limits.ts';
import { knownTime } from './time.ts';

/** By the names that the tar package has for the types of POSIX and GNU; what is not here is no file that a program can read. */
const KINDS: Readonly<Record<string, Kind>> = {
  File: 'file',
  OldFile: 'file',
  ContiguousFile: 'file',
  Directory: 'folder',
  GNUDumpDir: 'folder',
  SymbolicLink: 'symlink',
  Link: 'hardlink',
  FIFO: 'fifo',
  SparseFile: 'sparse',
};

/** Extended headers hold a path and a few numbers. */
const META_BYTES = 64 * 1024;

/**
 * The entries of a tar archive (POSIX.1-2024 pax, ustar, GNU, and Unix V7).
 *
 * @param archive not compressed
 * @returns at most one more than the limit
 * @throws whatever the parser throws, for a broken archive
 */
export function tarEntries(archive: Buffer, limits: IntakeLimits): ArchiveEntry[] {
  // The parser would expand these by itself, without our limits.
  const magic = archive.subarray(0, 4).toString('hex');
  if (magic.startsWith('1f8b')) throw new Error('compressed twice');
  if (magic === '28b52ffd') throw new Error('compressed with zstd');

  const entries: ArchiveEntry[] = [];
  const add = (entry: ReadEntry): void => {
    if (entry.meta) throw new Error('an extended header is too large');
    if (entries.length <= limits.entries) entries.push(entryOf(entry));
    else entry.resume();
  };
  const parser = new Parser({ maxMetaEntrySize: META_BYTES, brotli: false });
  parser.on('entry', add);
  parser.on('ignoredEntry', add);
  parser.on('warn', (code: string, message: string | Error) => {
    if (code !== 'TAR_ENTRY_INFO') throw new Error(String(message));
  });
  let ended = false;
  parser.on('end', () => {
    ended = true;
  });
  parser.end(archive);
  if (!ended) throw new Error('it ends too early');
  return entries;
}

function entryOf(entry: ReadEntry): ArchiveEntry {
  const chunks: Buffer[] = [];
  entry.on('data', (chunk) => void chunks.push(chunk));
  const isSparse = entry.path.split('/').some((name) => name.startsWith('GNUSparseFile.'));
  return {
    path: entry.path,
    kind: isSparse ? 'sparse' : (KINDS[entry.type] ?? 'device'),
    size: entry.size,
    time: knownTime(entry.mtime?.getTime()),
    read: () => Buffer.concat(chunks),
  };
}
