/** A submission, or one file of it, cannot be taken. The message is the sentence for the student. */
export class NotTaken extends Error {
  override readonly name = 'NotTaken';
  readonly code = 'not-taken';
  /** It is about the whole submission, and nothing of it is taken. */
  readonly whole: boolean;

  constructor(message: string, { whole, ...options }: ErrorOptions & { readonly whole: boolean }) {
    super(message, options);
    this.whole = whole;
  }
}

/** Errors of the grader's own machine: they must not be charged to a student. */
const OURS = new Set(['EMFILE', 'ENFILE', 'ENOMEM', 'ENOSPC', 'EROFS', 'EDQUOT']);

/**
 * Why a file of a student cannot be read.
 *
 * @throws the error itself when it is no system call's, or the grader's own
 */
export function unreadable(error: unknown): string {
  if (!(error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string'))
    throw error;
  if (OURS.has(error.code)) throw error;
  if (error.code === 'EACCES' || error.code === 'EPERM')
    return 'may not be read: give it read permission, and hand it in again.';
  return `could not be read (${error.code}): hand it in again.`;
}
