import { gunzipSync } from 'node:zlib';
import type { ArchiveEntry } from './archive-entry.ts';
import { mostExpanded, tooLarge } from './archive-limits.ts';
import { type Held, readHeld } from './beneath.ts';
import type { Collector } from './collector.ts';
import { entryPath } from './entry-path.ts';
import type { IntakeLimits } from './limits.ts';
import { NotTaken, unreadable } from './not-taken.ts';
import { quoted } from './quoted.ts';
import { tarEntries } from './tar-entries.ts';
import { zipEntries } from './zip-entries.ts';

const REMEDY = 'so nothing of it was taken: pack the exercise folders again as .zip or .tar.gz.';

/**
 * Offers everything in an archive. What kind it is, its first bytes say. An archive in it is a file like any other: not expanded.
 *
 * @throws NotTaken when the whole archive is refused
 */
export async function offerArchive(file: Held, collector: Collector): Promise<void> {
  for (const { path, ...entry } of await entriesOf(readArchive(file, collector.limits), collector.limits)) {
    collector.count();
    try {
      collector.offer({ path: entryPath(path), ...entry });
    } catch (error) {
      if (!(error instanceof NotTaken) || error.whole) throw error;
      collector.note(error.message);
    }
  }
}

function readArchive(file: Held, { expandedBytes }: IntakeLimits): Buffer {
  if (file.stats.size > expandedBytes) throw tooLarge(expandedBytes);
  let archive: Buffer;
  try {
    archive = readHeld(file, expandedBytes);
  } catch (error) {
    throw new NotTaken(`The archive ${unreadable(error)}`, { whole: true });
  }
  if (archive.length !== file.stats.size)
    throw new NotTaken('The archive was changed while it was read: hand it in again.', { whole: true });
  return archive;
}

/** Everything that a parser can throw is the archive's fault: it gets nothing but bytes. */
async function entriesOf(archive: Buffer, limits: IntakeLimits): Promise<ArchiveEntry[]> {
  try {
    if (startsWith(archive, 0x50, 0x4b)) return await zipEntries(archive, limits);
    return tarEntries(startsWith(archive, 0x1f, 0x8b) ? unzipped(archive, limits) : archive, limits);
  } catch (error) {
    if (error instanceof NotTaken) throw error;
    const because = error instanceof Error ? quoted(error.message) : 'for no known reason';
    throw new NotTaken(`The archive is broken (${because}), ${REMEDY}`, { whole: true, cause: error });
  }
}

function unzipped(archive: Buffer, limits: IntakeLimits): Buffer {
  const most = mostExpanded(archive, limits);
  try {
    return gunzipSync(archive, { maxOutputLength: most });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
      throw tooLarge(most);
    throw error;
  }
}

function startsWith(archive: Buffer, ...bytes: readonly number[]): boolean {
  return bytes.every((byte, n) => archive[n] === byte);
}
