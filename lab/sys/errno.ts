import { constants } from 'node:os';

/** Some numbers have two names (EAGAIN is EWOULDBLOCK too); the first, as errno(3) lists them, counts. */
const names = new Map<number, string>();
for (const [name, n] of Object.entries(constants.errno)) if (!names.has(n)) names.set(n, name);

/** The name of an error number, such as `EADDRINUSE`; `E<number>` for one this libc does not name. errno(3). */
export function errnoName(errno: number): string {
  return names.get(errno) ?? `E${errno}`;
}

/** The number of an error name, such as 98 for `EADDRINUSE`. */
export function errnoNumber(name: keyof typeof constants.errno): number {
  return constants.errno[name];
}

/**
 * A system call that the kernel refused. `code` is the errno name, `syscall` the call, `errno` the number,
 * and `detail` what the call was about. Node's own SystemErrors have the same fields.
 */
export class SystemCallError extends Error {
  override readonly name = 'SystemCallError';
  readonly code: string;
  readonly errno: number;
  readonly syscall: string;

  constructor(syscall: string, errno: number, detail = '') {
    const code = errnoName(errno);
    super(`${syscall}${detail === '' ? '' : ` ${detail}`}: ${code}`);
    this.code = code;
    this.errno = errno;
    this.syscall = syscall;
  }
}
