import { EnvironmentError, UsageError } from '../command.ts';

/** By class: errors about a file that the user has named. */
const ABOUT_FILES = new Set(['PlanError', 'CourseError', 'JobError', 'GrowError']);

/** What Node says of files that were named wrongly, in words. */
const NAMED: Readonly<Record<string, string>> = {
  EEXIST: 'is there already, and is no folder',
  EISDIR: 'is a folder, and should be a file',
  ENOENT: 'is not there',
  ENOTDIR: 'goes through something that is no folder',
};

/** What it says of the machine. */
const MACHINE: Readonly<Record<string, string>> = {
  EACCES: 'may not be read or written by this user',
  EDQUOT: 'has no room left for this user',
  EIO: 'cannot be read or written: the disk fails',
  ENOSPC: 'has no room left',
  EPERM: 'may not be written by this user',
  EROFS: 'is on a file system that nothing can be written to',
};

/**
 * What a grading threw, as what it is for the user: something they typed, the machine, or (as it was thrown) a mistake in the lab.
 * Nothing of the journal is lost by any of them.
 */
export function knownError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = 'code' in error ? String(error.code) : '';
  if (error.name === 'JournalError')
    return new (code === 'locked' ? EnvironmentError : UsageError)(error.message, { cause: error });
  if (error.name === 'QueueError')
    return new (code === 'address' ? UsageError : EnvironmentError)(error.message, { cause: error });
  if (ABOUT_FILES.has(error.name)) return new UsageError(error.message, { cause: error });
  const path = 'path' in error && typeof error.path === 'string' ? error.path : undefined;
  if (!('syscall' in error)) return error;
  const [named, machine] = [NAMED[code], MACHINE[code]];
  if (named !== undefined && (path !== undefined || code === 'EISDIR'))
    return new UsageError(`${path ?? 'one of the files that were named'} ${named}`, { cause: error });
  if (machine === undefined) return error;
  const what = path ?? 'a file of this grading';
  return new EnvironmentError(`${what} ${machine}. What was judged so far is kept`, { cause: error });
}
