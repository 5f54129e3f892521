import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path/posix';
import { beneath, Held, holdBeneath, namesIn, readHeld } from './beneath.ts';

/** A file of a student below their folder in the store. */
export interface StoredFile {
  /** `04-syn-rcvd/client.ts` */
  readonly path: string;
  readonly content: Buffer;
}

/** The users that programs run as may read the store; only the grader writes to it. */
const FOLDER_MODE = 0o755;
const FILE_MODE = 0o644;

/** The folder of clean copies. One process at a time may have it open. */
export class Store implements Disposable {
  readonly folder: Held;

  /**
   * Makes the folder when there is none, and removes what a killed run has left half written.
   *
   * @throws ENOTDIR when the path is a link or no folder; EACCES; ENOSPC
   */
  constructor(path: string) {
    mkdirSync(path, { recursive: true });
    const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = constants;
    this.folder = new Held(path.replace(/\/+$/, ''), O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    fchmodSync(this.folder.fd, FOLDER_MODE);
    for (const name of namesIn(this.folder)) if (name.at(0) === 0x2e) this.#remove(name);
  }

  /**
   * Puts a student's folder in place, with these files and nothing else: whole, or not at all. One that is so already stays.
   *
   * @param name a name that begins with no point
   * @param folders such as `04-syn-rcvd`: they are there even with no file in them
   */
  put(name: string, folders: readonly string[], files: readonly StoredFile[]): void {
    if (this.#has(name, folders, files)) return;
    const made = this.#write(folders, files);
    const old = `.old-${name}`;
    this.#remove(old);
    try {
      renameSync(beneath(this.folder, name), beneath(this.folder, old));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
    renameSync(made, beneath(this.folder, name));
    this.#remove(old);
  }

  [Symbol.dispose](): void {
    this.folder[Symbol.dispose]();
  }

  #remove(name: Buffer | string): void {
    rmSync(beneath(this.folder, name), { recursive: true, force: true });
  }

  #write(folders: readonly string[], files: readonly StoredFile[]): string {
    const made = mkdtempSync(`${String(beneath(this.folder, '.new-'))}`);
    for (const folder of allFolders(folders, files)) {
      mkdirSync(`${made}/${folder}`);
      chmodSync(`${made}/${folder}`, FOLDER_MODE);
    }
    for (const { path, content } of files) writeNew(`${made}/${path}`, content);
    chmodSync(made, FOLDER_MODE);
    return made;
  }

  #has(name: string, folders: readonly string[], files: readonly StoredFile[]): boolean {
    const wanted = new Map<string, Buffer | undefined>([
      ...allFolders(folders, files).map((folder) => [folder, undefined] as const),
      ...files.map(({ path, content }) => [path, content] as const),
    ]);
    try {
      using folder = holdBeneath(this.folder, name);
      return isFolder(folder) && agrees(folder, '', wanted) === wanted.size;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
      throw error;
    }
  }
}

/** How many of the wanted names a folder has; NaN when it has anything else, or they differ. */
function agrees(folder: Held, path: string, wanted: ReadonlyMap<string, Buffer | undefined>): number {
  let found = 0;
  for (const name of namesIn(folder)) {
    const here = `${path}${String(name)}`;
    if (!wanted.has(here)) return Number.NaN;
    using file = holdBeneath(folder, name);
    const content = wanted.get(here);
    if (content === undefined ? !isFolder(file) : !isFile(file, content)) return Number.NaN;
    found += 1 + (content === undefined ? agrees(file, `${here}/`, wanted) : 0);
  }
  return found;
}

function isFolder({ kind, stats }: Held): boolean {
  return kind === 'folder' && (stats.mode & 0o7777) === FOLDER_MODE;
}

function isFile(file: Held, content: Buffer): boolean {
  if (file.kind !== 'file' || (file.stats.mode & 0o7777) !== FILE_MODE) return false;
  return readHeld(file, content.length).equals(content);
}

/** Every folder there must be, each before those in it. */
function allFolders(folders: readonly string[], files: readonly StoredFile[]): string[] {
  const all = new Set<string>();
  const add = (folder: string): void => {
    if (folder === '.' || all.has(folder)) return;
    add(dirname(folder));
    all.add(folder);
  };
  for (const folder of folders) add(folder);
  for (const { path } of files) add(dirname(path));
  return [...all];
}

function writeNew(path: string, content: Buffer): void {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  const fd = openSync(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, FILE_MODE);
  try {
    fchmodSync(fd, FILE_MODE);
    for (let written = 0; written < content.length; ) written += writeSync(fd, content, written);
  } finally {
    closeSync(fd);
  }
}
