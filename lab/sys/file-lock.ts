import { descriptor } from './arguments.ts';
import { checked, checkedOrPending, libraryFunction } from './system-call.ts';

const LOCK_EX = 2;
const LOCK_NB = 4;

const flock: (fd: number, operation: number) => number = libraryFunction('int flock(int, int)');

/**
 * Waits until nobody else holds the lock of an open file or folder, and takes it. The kernel lets go of it when the descriptor is
 * closed, also when this process is killed: a lock is never left behind. Blocks this thread, so hold it for milliseconds only.
 * @throws SystemCallError ENOLCK, EBADF. flock(2).
 */
export function lockFile(fd: number): void {
  checked('flock', () => flock(descriptor(fd), LOCK_EX));
}

/** The same without waiting. @returns false when somebody else holds it. @throws SystemCallError ENOLCK, EBADF. flock(2). */
export function tryLockFile(fd: number): boolean {
  return checkedOrPending('flock', () => flock(descriptor(fd), LOCK_EX | LOCK_NB)) !== undefined;
}
