import koffi from 'koffi';
import { errnoNumber, SystemCallError } from './errno.ts';

const EINTR = errnoNumber('EINTR');
const EAGAIN = errnoNumber('EAGAIN');
const EINPROGRESS = errnoNumber('EINPROGRESS');

/** Whichever C library this Node runs on. */
const library = koffi.load(null);
const readErrno = koffi.errno;
let lastErrno = 0;

type Type = ReturnType<typeof koffi.pointer> | string;
type LibraryFunction = (...values: never[]) => number;

/**
 * A function of the C library, by its prototype or by its name and types. A result below 0 is a failure, and its errno is kept at once:
 * nothing in between takes memory, for when garbage is collected there, an abandoned handle that is closed leaves an errno of its own
 * (ENOENT, of epoll_ctl(2)).
 */
export function libraryFunction<F extends LibraryFunction>(
  ...definition: [prototype: string] | [name: string, result: Type, parameters: Type[]]
): F {
  const [name, result, parameters] = definition;
  const native: (...values: never[]) => number =
    result === undefined || parameters === undefined
      ? library.func(name)
      : library.func(name, result, parameters);
  const kept = (...values: never[]): number => {
    const outcome = native(...values);
    if (outcome < 0) lastErrno = readErrno();
    return outcome;
  };
  return kept as F;
}

/**
 * Runs one system call, made with `libraryFunction`, and gives its result; EINTR is tried again.
 * @throws SystemCallError with the errno name when the result is negative.
 */
export function checked(syscall: string, call: () => number, detail = ''): number {
  for (;;) {
    const result = call();
    if (result >= 0) return result;
    if (lastErrno !== EINTR) throw new SystemCallError(syscall, lastErrno, detail);
  }
}

/**
 * Runs one system call, made with `libraryFunction`, that may find nothing to do yet; EINTR is tried again.
 * @returns undefined for EAGAIN (and for EINPROGRESS, a connect that has begun).
 * @throws SystemCallError with the errno name of any other failure.
 */
export function checkedOrPending(syscall: string, call: () => number, detail = ''): number | undefined {
  for (;;) {
    const result = call();
    if (result >= 0) return result;
    if (lastErrno === EAGAIN || lastErrno === EINPROGRESS) return undefined;
    if (lastErrno !== EINTR) throw new SystemCallError(syscall, lastErrno, detail);
  }
}

/** Runs one system call that is not to be tried again, even after EINTR. @throws SystemCallError with the errno name of any other failure. */
export function checkedOnce(syscall: string, call: () => number): void {
  if (call() < 0 && lastErrno !== EINTR) throw new SystemCallError(syscall, lastErrno);
}
