import { crc32, deflateRawSync } from 'node:zlib';

/** An entry to pack, with the lies it is to tell. */
export interface ZipEntry {
  readonly path: string | Buffer;
  readonly content?: string | Buffer;
  /** Instead of the content, compressed. */
  readonly packed?: Buffer;
  /** What the headers say instead of the truth. */
  readonly size?: number;
  readonly packedSize?: number;
  readonly crc?: number;
  readonly flags?: number;
  readonly method?: number;
  /** stat(2)'s mode. */
  readonly mode?: number;
  /** Seconds since 1970, as an extended timestamp. */
  readonly time?: number;
  /** Points at the local header of an earlier entry, and has none of its own. */
  readonly sharesWith?: number;
}

/** A zip archive of these entries, deflated where not said otherwise. */
export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const offsets: number[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.path);
    const content = Buffer.from(entry.content ?? '');
    const method = entry.method ?? 8;
    const packed = entry.packed ?? (method === 8 ? deflateRawSync(content) : content);
    const fields = fieldsOf(entry, content, packed, method);
    const extra = timestamp(entry.time);
    if (entry.sharesWith === undefined) {
      offsets.push(offset);
      const lengths = Buffer.alloc(4);
      lengths.writeUInt16LE(name.length, 0);
      const local = Buffer.concat([hex('504b0304 1400'), fields, lengths, name, packed]);
      parts.push(local);
      offset += local.length;
    } else offsets.push(offsets[entry.sharesWith] ?? 0);
    const tail = Buffer.alloc(18);
    tail.writeUInt16LE(name.length, 0);
    tail.writeUInt16LE(extra.length, 2);
    tail.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 10);
    tail.writeUInt32LE(offsets.at(-1) ?? 0, 14);
    central.push(Buffer.concat([hex('504b0102 1403 1400'), fields, tail, name, extra]));
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  hex('504b0506').copy(end);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, directory, end]);
}

function fieldsOf(entry: ZipEntry, content: Buffer, packed: Buffer, method: number): Buffer {
  const fields = Buffer.alloc(20);
  fields.writeUInt16LE(entry.flags ?? 0x800, 0);
  fields.writeUInt16LE(method, 2);
  fields.writeUInt16LE(0x21, 6);
  fields.writeUInt32LE(entry.crc ?? crc32(content), 8);
  fields.writeUInt32LE(entry.packedSize ?? packed.length, 12);
  fields.writeUInt32LE(entry.size ?? content.length, 16);
  return fields;
}

function timestamp(time: number | undefined): Buffer {
  if (time === undefined) return Buffer.alloc(0);
  const extra = Buffer.alloc(9);
  hex('5554 0500 01').copy(extra);
  extra.writeInt32LE(time, 5);
  return extra;
}

/** An entry to put into a tar archive. */
export interface TarEntry {
  readonly path: string | Buffer;
  readonly content?: string | Buffer;
  /** The type flag: `0` a file, `1` a hard link, `2` a symbolic link, `3` a device, `5` a folder, `6` a FIFO, `x` pax … */
  readonly type?: string;
  readonly link?: string;
  /** What the header says instead of the truth. */
  readonly size?: number;
  /** Seconds since 1970. */
  readonly time?: number;
}

/** A ustar archive of these entries. */
export function tarOf(entries: readonly TarEntry[]): Buffer {
  const blocks = entries.flatMap((entry) => {
    const content = Buffer.from(entry.content ?? '');
    const header = Buffer.alloc(512);
    Buffer.from(entry.path).copy(header, 0, 0, 100);
    header.write('0000644\0', 100);
    header.write('0000000\0', 108);
    header.write('0000000\0', 116);
    header.write(`${(entry.size ?? content.length).toString(8).padStart(11, '0')}\0`, 124);
    header.write(`${(entry.time ?? 0).toString(8).padStart(11, '0')}\0`, 136);
    header.write('        ', 148);
    header.write(entry.type ?? '0', 156);
    header.write(entry.link ?? '', 157, 100);
    header.write('ustar\x0000', 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    return [header, content, Buffer.alloc((512 - (content.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

/** A pax header's record for the next entry: `paxOf({ path: 'x' })`. */
export function paxOf(records: Readonly<Record<string, string>>, type = 'x'): TarEntry {
  const content = Object.entries(records).map(([key, value]) => {
    const rest = Buffer.byteLength(` ${key}=${value}\n`);
    let length = rest + String(rest).length;
    if (String(length).length !== String(rest).length) length = rest + String(length).length;
    return `${length} ${key}=${value}\n`;
  });
  return { path: 'PaxHeader', type, content: content.join('') };
}

function hex(digits: string): Buffer {
  return Buffer.from(digits.replaceAll(' ', ''), 'hex');
}
