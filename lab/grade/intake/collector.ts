import type { Exercise } from '../../exercise/exercise.ts';
import type { Kind } from './beneath.ts';
import { leftOut, mayRun } from './left-out.ts';
import { type IntakeLimits, inBytes } from './limits.ts';
import { NotTaken } from './not-taken.ts';
import { byFolder, type Place, placesOf } from './places.ts';
import { quoted } from './quoted.ts';

/** What a folder or an archive has under one path. */
export interface Item {
  /** The names from the top of the submission on. */
  readonly path: readonly string[];
  readonly kind: Kind;
  /** Bytes, as it says itself. */
  readonly size: number;
  /** Milliseconds since 1970; null when unknown. */
  readonly time: number | null;
  /** Its content. @throws Refused with what follows the path in a sentence. */
  readonly read: () => Buffer;
}

/** What was met in a place of an exercise. */
export interface Met {
  readonly path: readonly string[];
  readonly places: readonly Place[];
  readonly kind: Kind;
  readonly time: number | null;
  /** Absent for what is no candidate, or was refused. */
  readonly content?: Buffer;
  /** Why it is not taken. */
  readonly refused?: string;
}

/** Everything that was met in one submission, within the limits. */
export interface Collected {
  readonly met: readonly Met[];
  /** The folders at the top, and in them. */
  readonly folders: readonly string[];
  /** About the submission as a whole. */
  readonly notes: readonly string[];
}

/** Takes what a folder or an archive offers, reads what a run may use, and keeps to the limits. */
export class Collector implements Collected {
  readonly met: Met[] = [];
  readonly limits: IntakeLimits;
  readonly #exercises: ReadonlyMap<string, Exercise>;
  readonly #top: Exercise | undefined;
  readonly #notes = new Set<string>();
  readonly #folders = new Set<string>();
  #entries = 0;
  #bytes = 0;

  constructor(exercises: readonly Exercise[], top: Exercise | undefined, limits: IntakeLimits) {
    this.#exercises = byFolder(exercises);
    this.#top = top;
    this.limits = limits;
  }

  get notes(): readonly string[] {
    return [...this.#notes];
  }

  get folders(): readonly string[] {
    return [...this.#folders];
  }

  /** A sentence about the submission as a whole; the same one twice counts once. */
  note(sentence: string): void {
    this.#notes.add(sentence);
  }

  /** Counts one more name. @throws NotTaken when there are too many. */
  count(): void {
    this.#entries += 1;
    const { entries } = this.limits;
    if (this.#entries > entries)
      throw new NotTaken(
        `The submission has more than ${entries.toLocaleString('en')} entries, so nothing of it was taken: hand in only the exercise folders.`,
        { whole: true },
      );
  }

  /** Whether anything below a folder of this path can be of use. */
  enters(path: readonly string[]): boolean {
    if (leftOut(path) !== undefined) return false;
    if (path.length === 1) return true;
    return this.#places(path).some(({ inside }) => inside.length < this.limits.depth);
  }

  /** Looks at what is under a path, and reads it when a run may use it. @throws NotTaken when the whole submission is refused. */
  offer(item: Item): void {
    const { path, kind, time } = item;
    if (path.length === 0) return;
    const because = leftOut(path);
    if (because !== undefined) {
      if (because !== 'quietly') this.note(because);
      return;
    }
    for (let names = 1; names <= 2; names += 1)
      if (path.length > names || (path.length === names && kind === 'folder'))
        this.#folders.add(path[names - 1] ?? '');

    const places = this.#places(path);
    if (places.length > 0) this.met.push({ path, places, kind, time, ...this.#readIfUseful(item, places) });
    else if (path.length <= 2) {
      const refused = objection(item, this.limits);
      if (refused && kind !== 'file') this.note(refused);
    }
  }

  #places(path: readonly string[]): Place[] {
    return placesOf(path, this.#exercises, this.#top);
  }

  #readIfUseful(item: Item, places: readonly Place[]): Pick<Met, 'content' | 'refused'> {
    const { path, kind } = item;
    const name = path.at(-1) ?? '';
    const isExercise = places.some(({ inside }) => inside.length === 0);
    if (isExercise && kind === 'file')
      return { refused: `${shown(path)} is a file, and should be the exercise's folder.` };
    const { depth } = this.limits;
    if (
      !isExercise &&
      places.every(({ inside }) => inside.length > depth || (kind === 'folder' && inside.length >= depth))
    )
      return {
        refused: `What is more than ${depth} names deep in an exercise is not taken: ${shown(path.slice(0, -1))} has some; move it up.`,
      };
    if (kind === 'folder') return {};
    if (kind === 'file' && !mayRun(name)) return {};
    const refused = objection(item, this.limits);
    return refused === undefined ? this.#read(item) : { refused };
  }

  #read({ path, read }: Item): Pick<Met, 'content' | 'refused'> {
    try {
      const content = read();
      if (content.length > this.limits.fileBytes) return { refused: tooLarge(path, this.limits) };
      this.#bytes += content.length;
      if (this.#bytes > this.limits.expandedBytes)
        throw new NotTaken(
          `The submission has more than ${inBytes(this.limits.expandedBytes)} in it, so nothing of it was taken: hand in only your programs.`,
          { whole: true },
        );
      return { content };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return { refused: `${shown(path)} ${error.message}` };
    }
  }
}

/** One file cannot be read. The message follows its path in the sentence. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly code = 'refused';
}

const KINDS: Readonly<Record<Exclude<Kind, 'file' | 'folder'>, string>> = {
  symlink: 'is a symbolic link, and links are not followed: hand in the file itself.',
  hardlink: 'is a hard link, one of several names of a file: hand in a copy of it.',
  fifo: 'is a FIFO, not a file: hand in a file.',
  device: 'is a device, not a file: hand in a file.',
  socket: 'is a socket, not a file: hand in a file.',
  sparse: 'is a sparse file: hand in an ordinary one.',
};

function objection({ path, kind, size }: Item, limits: IntakeLimits): string | undefined {
  if (kind === 'folder') return undefined;
  if (kind !== 'file') return `${shown(path)} ${KINDS[kind]}`;
  return size > limits.fileBytes ? tooLarge(path, limits) : undefined;
}

function tooLarge(path: readonly string[], { fileBytes }: IntakeLimits): string {
  return `${shown(path)} is larger than ${inBytes(fileBytes)}, and is not taken: hand in a smaller file.`;
}

/** A path in a sentence. */
export function shown(path: readonly string[]): string {
  return quoted(path.join('/'));
}
