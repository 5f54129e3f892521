/** How much of a submission is taken. */
export interface IntakeLimits {
  /** Files of one exercise. */
  readonly files: number;
  /** Bytes of one file. */
  readonly fileBytes: number;
  /** Bytes of all files that are taken of a submission. */
  readonly submissionBytes: number;
  /** Names in a path below the exercise's folder: 1 is a file right in it. */
  readonly depth: number;
  /** Entries of an archive, or names met in a folder. */
  readonly entries: number;
  /** Bytes of an archive, both packed and expanded, or read of a folder. */
  readonly expandedBytes: number;
  /** Expanded bytes for each packed one; an archive that expands to less than `fileBytes` may have any. */
  readonly ratio: number;
}

/** Far more than any exercise needs, and little enough for one machine and 5,000 students. */
export const INTAKE_LIMITS: IntakeLimits = {
  files: 64,
  fileBytes: 1024 * 1024,
  submissionBytes: 4 * 1024 * 1024,
  depth: 4,
  entries: 10_000,
  expandedBytes: 64 * 1024 * 1024,
  ratio: 100,
};

/** Bytes for people: `1 MiB`, `512 bytes`. */
export function inBytes(bytes: number): string {
  const mebibytes = bytes / 1024 / 1024;
  return Number.isInteger(mebibytes) ? `${mebibytes} MiB` : `${bytes.toLocaleString('en')} bytes`;
}
