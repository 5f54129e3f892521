import { createHash } from 'node:crypto';
import { type FSWatcher, readFileSync, statSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/** Editors save in several steps, a few milliseconds apart: what is there after so much quiet is what was saved. */
const SETTLE_MS = 25;
/** A file that is empty or not there is probably being written, for so long. */
const HALF_WRITTEN_MS = 250;
/**
 * File events are quicker, but they do not come on every mount: what a virtual machine's host, another container or another
 * machine writes is often not told. A look costs some microseconds, so it is taken whether events come or not.
 */
const POLL_MS = 100;

interface Mark {
  /** Changes with every save, also of the same text. */
  readonly stamp: string;
  readonly text: string;
}

/** Tells of saves of some files in one folder, once each, with the final content in place. */
export class Saves implements Disposable {
  readonly #files: readonly string[];
  readonly #saved: (changed: boolean) => void;
  readonly #watcher: FSWatcher | undefined;
  readonly #poll: NodeJS.Timeout;
  #marks: readonly Mark[];
  #settle: NodeJS.Timeout | undefined;
  #firstTouchMs: number | undefined;

  /**
   * @param files absolute paths, all in one folder that is there
   * @param saved is told whether the content is another than at the save before
   * @param events whether to take file events as well
   */
  constructor(files: readonly string[], saved: (changed: boolean) => void, events = true) {
    this.#files = files;
    this.#saved = saved;
    this.#marks = files.map(mark);
    this.#poll = setInterval(() => this.#look(), POLL_MS);
    if (events) this.#watcher = this.#listen(dirname(files[0] ?? '.'));
  }

  [Symbol.dispose](): void {
    clearInterval(this.#poll);
    clearTimeout(this.#settle);
    this.#watcher?.close();
  }

  #listen(folder: string): FSWatcher | undefined {
    const names = this.#files.map((file) => basename(file));
    try {
      const watcher = watch(folder, (_event, name) => {
        if (name === null || names.includes(name)) this.#touched();
      });
      watcher.on('error', () => watcher.close());
      return watcher;
    } catch {
      // No inotify here, or none left: the looks go on.
      return undefined;
    }
  }

  #look(): void {
    if (this.#settle !== undefined) return;
    if (this.#files.some((file, n) => stamp(file) !== this.#marks[n]?.stamp)) this.#touched();
  }

  #touched(): void {
    this.#firstTouchMs ??= performance.now();
    clearTimeout(this.#settle);
    this.#settle = setTimeout(() => this.#settled(), SETTLE_MS);
  }

  #settled(): void {
    this.#settle = undefined;
    const now = this.#files.map(mark);
    const half = now.some(({ text }, n) => text === EMPTY && this.#marks[n]?.text !== EMPTY);
    if (half && performance.now() - (this.#firstTouchMs ?? 0) < HALF_WRITTEN_MS) {
      this.#touched();
      return;
    }
    this.#firstTouchMs = undefined;
    const saved = now.some(({ stamp: fresh }, n) => fresh !== this.#marks[n]?.stamp);
    const changed = now.some(({ text }, n) => text !== this.#marks[n]?.text);
    this.#marks = now;
    if (saved || changed) this.#saved(changed);
  }
}

/** The text of a file that is empty or not there. */
const EMPTY = digest('');

function mark(file: string): Mark {
  // The stamp first: a save in between is then seen by the next look.
  const before = stamp(file);
  try {
    return { stamp: before, text: digest(readFileSync(file)) };
  } catch {
    return { stamp: before, text: EMPTY };
  }
}

function stamp(file: string): string {
  try {
    const { ino, mtimeNs, size } = statSync(file, { bigint: true });
    return `${ino} ${mtimeNs} ${size}`;
  } catch {
    return '';
  }
}

function digest(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('base64');
}
