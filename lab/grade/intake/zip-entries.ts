import { crc32, inflateRawSync } from 'node:zlib';
import { type Entry, fromBufferPromise } from 'yauzl';
import type { ArchiveEntry } from './archive-entry.ts';
import { mostExpanded, tooLarge } from './archive-limits.ts';
import type { Kind } from './beneath.ts';
import { Refused } from './collector.ts';
import type { IntakeLimits } from './limits.ts';
import { knownTime } from './time.ts';

const STORED = 0;
const DEFLATED = 8;
const LOCAL_HEADER = 0x04034b50;
const LOCAL_HEADER_BYTES = 30;

/** The file types of stat(2), which zip programs of Unix keep in the upper half of the external attributes. */
const KINDS: ReadonlyMap<number, Kind> = new Map([
  [0o010000, 'fifo'],
  [0o020000, 'device'],
  [0o040000, 'folder'],
  [0o060000, 'device'],
  [0o120000, 'symlink'],
  [0o140000, 'socket'],
]);

/**
 * The entries of a zip archive (APPNOTE.TXT 6.3), as its central directory has them.
 *
 * Without an extended timestamp an entry has the packing machine's local time and no zone: it is read as this machine's local time.
 *
 * @returns at most one more than the limit
 * @throws NotTaken for an archive that expands to too much; whatever the parser throws, for a broken one
 */
export async function zipEntries(archive: Buffer, limits: IntakeLimits): Promise<ArchiveEntry[]> {
  const zip = await fromBufferPromise(archive, { decodeStrings: false });
  const entries: Entry[] = [];
  for await (const entry of zip.eachEntry()) {
    entries.push(entry);
    if (entries.length > limits.entries) break;
  }
  const most = mostExpanded(archive, limits);
  if (entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0) > most) throw tooLarge(most);
  mustNotOverlap(entries);
  return entries.map((entry) => ({
    path: entry.fileNameRaw,
    kind: kindOf(entry),
    size: entry.uncompressedSize,
    time: knownTime(entry.getLastModDate().getTime()),
    read: () => contentOf(entry, archive),
  }));
}

function kindOf({ externalFileAttributes, fileNameRaw }: Entry): Kind {
  const type = (externalFileAttributes >>> 16) & 0o170000;
  return KINDS.get(type) ?? (fileNameRaw.at(-1) === 0x2f ? 'folder' : 'file');
}

/** Entries that share their bytes make a small archive expand to any size. */
function mustNotOverlap(entries: readonly Entry[]): void {
  let free = 0;
  const inOrder = entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
  for (const { relativeOffsetOfLocalHeader, fileNameLength, compressedSize } of inOrder) {
    if (relativeOffsetOfLocalHeader < free) throw new Error('its entries overlap');
    free = relativeOffsetOfLocalHeader + LOCAL_HEADER_BYTES + fileNameLength + compressedSize;
  }
}

function contentOf(entry: Entry, archive: Buffer): Buffer {
  if (entry.isEncrypted()) throw new Refused('is encrypted: pack it without a password.');
  const packed = packedBytes(entry, archive);
  const content = expanded(entry, packed);
  if (content?.length !== entry.uncompressedSize || crc32(content) !== entry.crc32)
    throw new Refused('is not what the archive says it is: pack it again.');
  return content;
}

function packedBytes(entry: Entry, archive: Buffer): Buffer {
  const header = entry.relativeOffsetOfLocalHeader;
  if (header + LOCAL_HEADER_BYTES <= archive.length && archive.readUInt32LE(header) === LOCAL_HEADER) {
    const lengths = archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
    const start = header + LOCAL_HEADER_BYTES + lengths;
    const end = start + entry.compressedSize;
    if (end <= archive.length) return archive.subarray(start, end);
  }
  throw new Refused('is not where the archive says it is: pack it again.');
}

function expanded(entry: Entry, packed: Buffer): Buffer | undefined {
  if (entry.compressionMethod === STORED) return packed;
  if (entry.compressionMethod !== DEFLATED)
    throw new Refused('is compressed in a way that is not known here: pack it as an ordinary .zip.');
  try {
    return inflateRawSync(packed, { maxOutputLength: entry.uncompressedSize + 1 });
  } catch {
    // Too long, or not deflated at all: not what the archive says, either way.
    return undefined;
  }
}
