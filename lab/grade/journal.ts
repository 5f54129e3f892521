import { closeSync, constants, fdatasync, ftruncateSync, openSync, write } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { tryLockFile } from '../sys/file-lock.ts';
import { settleFolder } from '../sys/replace-file.ts';
import { JournalError, readRows } from './journal-lines.ts';
import { type GradeRow, rowLine } from './row.ts';

const sync = promisify(fdatasync);
const put = promisify(write);

interface Waiting {
  readonly line: string;
  readonly written: PromiseWithResolvers<void>;
}

/**
 * The journal of a grading: JSON Lines, appended to only, by one process at a time. A row whose `append` has come back is on the
 * disk, whatever is killed then. A kill at any instant leaves whole lines and at most one torn one, which the next `open` cuts off.
 */
export class Journal implements AsyncDisposable {
  readonly path: string;
  /** The rows that were there when it was opened. */
  readonly found: readonly GradeRow[];
  readonly #fd: number;
  /** How many bytes of the file are whole lines. */
  #bytes: number;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  #closed = false;

  private constructor(path: string, fd: number, found: readonly GradeRow[], bytes: number) {
    this.path = path;
    this.#fd = fd;
    this.found = found;
    this.#bytes = bytes;
  }

  /**
   * Opens a journal, or begins one. A torn last line is cut off.
   * @throws JournalError `locked` when another process writes to it, or when a line in it is no row.
   */
  static open(path: string): Journal {
    const fd = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_APPEND, 0o600);
    try {
      if (!tryLockFile(fd))
        throw new JournalError(
          'locked',
          path,
          'another process writes to this journal. Wait for it, or end it',
        );
      const { rows, bytes } = readRows(fd, path);
      ftruncateSync(fd, bytes);
      settleFolder(dirname(path));
      return new Journal(path, fd, rows, bytes);
    } catch (error) {
      closeSync(fd);
      throw error;
    }
  }

  /**
   * Appends a row, and comes back when the disk has it. Rows that come while others are written go together, in their order.
   * @throws what Node says when it cannot be written: nothing of the row is then in the journal.
   */
  append(row: GradeRow): Promise<void> {
    if (this.#closed) return Promise.reject(new Error(`${this.path} is closed`));
    const written = Promise.withResolvers<void>();
    this.#waiting.push({ line: rowLine(row), written });
    this.#writing ??= this.#writeAll();
    return written.promise;
  }

  /** Waits for what is to be written, and lets go of the file. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#writing;
    closeSync(this.#fd);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      try {
        await this.#write(Buffer.from(group.map(({ line }) => line).join('')));
        for (const { written } of group) written.resolve();
      } catch (error) {
        for (const { written } of group) written.reject(error);
      }
    }
    this.#writing = undefined;
  }

  async #write(bytes: Buffer): Promise<void> {
    try {
      for (let done = 0; done < bytes.length; )
        done += (await put(this.#fd, bytes, done, bytes.length - done, null)).bytesWritten;
      await sync(this.#fd);
      this.#bytes += bytes.length;
    } catch (error) {
      // A full disk takes half a line: what comes next must not be glued to it.
      ftruncateSync(this.#fd, this.#bytes);
      throw error;
    }
  }
}
