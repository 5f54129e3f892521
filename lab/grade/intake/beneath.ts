import { closeSync, constants, fstatSync, opendirSync, openSync, readSync, type Stats } from 'node:fs';

/** open(2): a descriptor that only names its file. Opening it so touches nothing: no device starts, no FIFO waits. */
const O_PATH = 0o10000000;

/** What a name stands for. */
export type Kind = 'file' | 'folder' | 'symlink' | 'hardlink' | 'fifo' | 'device' | 'socket' | 'sparse';

/** A file that is held by descriptor, so that its name may come to stand for another one meanwhile. */
export class Held implements Disposable {
  readonly fd: number;
  readonly stats: Stats;

  constructor(path: string | Buffer, flags: number) {
    this.fd = openSync(path, flags);
    this.stats = fstatSync(this.fd);
  }

  get kind(): Kind {
    if (this.stats.isDirectory()) return 'folder';
    if (this.stats.isSymbolicLink()) return 'symlink';
    if (this.stats.isFIFO()) return 'fifo';
    if (this.stats.isSocket()) return 'socket';
    if (!this.stats.isFile()) return 'device';
    return this.stats.nlink > 1 ? 'hardlink' : 'file';
  }

  [Symbol.dispose](): void {
    closeSync(this.fd);
  }
}

/** Holds a folder that somebody trusted has named. @throws ENOENT, ENOTDIR, EACCES. */
export function holdFolder(path: string): Held {
  return new Held(path, O_PATH | constants.O_DIRECTORY);
}

/**
 * Holds what a name in a folder stands for, links themselves instead of what they point to. The path goes through the folder's
 * descriptor, which the kernel does not look up again (proc_pid_fd(5)): what openat(2) does.
 *
 * @throws ENOENT, EACCES, ENAMETOOLONG
 */
export function holdBeneath(folder: Held, name: string | Buffer): Held {
  return new Held(beneath(folder, name), O_PATH | constants.O_NOFOLLOW);
}

/** The path of a name in a folder that is held. The name must have no `/` and not be `..`. */
export function beneath(folder: Held, name: string | Buffer): Buffer {
  return Buffer.concat([Buffer.from(`/proc/self/fd/${folder.fd}/`), Buffer.from(name)]);
}

/**
 * The names in a folder, as bytes and in their order.
 *
 * @param most so many are read; more are a folder that is not read to its end, and its order is then that of the file system
 * @throws EACCES
 */
export function namesIn(folder: Held, most = Number.POSITIVE_INFINITY): Buffer[] {
  const names: Buffer[] = [];
  // The types know no encoding for names of the entries, which Node takes from here.
  const options: object = { encoding: 'buffer' };
  const opened = opendirSync(`/proc/self/fd/${folder.fd}/`, options);
  try {
    for (let entry = opened.readSync(); entry !== null; entry = opened.readSync()) {
      names.push(Buffer.from(entry.name));
      if (names.length >= most) break;
    }
  } finally {
    opened.closeSync();
  }
  return names.sort((a, b) => Buffer.compare(a, b));
}

/**
 * The content of a regular file, and never more than one byte beyond `most`, however long it says it is or becomes.
 *
 * @throws EACCES, EIO
 */
export function readHeld(file: Held, most: number): Buffer {
  const { O_RDONLY, O_NONBLOCK, O_NOCTTY } = constants;
  const fd = openSync(`/proc/self/fd/${file.fd}`, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  try {
    const content = Buffer.alloc(Math.min(file.stats.size, most) + 1);
    let length = 0;
    while (length < content.length) {
      const read = readSync(fd, content, length, content.length - length, null);
      if (read === 0) break;
      length += read;
    }
    return content.subarray(0, length);
  } finally {
    closeSync(fd);
  }
}
