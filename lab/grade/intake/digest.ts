import { createHash } from 'node:crypto';

/** A file of a student that is taken. */
export interface TakenFile {
  /** Relative to the exercise's folder, with `/`. */
  readonly path: string;
  readonly content: Buffer;
}

/**
 * What the files of one exercise are, whatever order they come in: SHA-256, in hexadecimal, over each path, a NUL, the content's
 * length in decimal digits, a NUL and the content, in the order of the paths' UTF-16 code units. No two sets of files say the same.
 */
export function digestOf(files: readonly TakenFile[]): string {
  const hash = createHash('sha256');
  for (const { path, content } of files.toSorted(byPath)) {
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** For sorting: the same order on every machine, whatever its language. */
export function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : Number(a.path > b.path);
}
