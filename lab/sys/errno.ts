import { constants } from 'node:os';

/** Second names of a number; the kernel's own sources use the other one. errno(3). */
const ALIASES: readonly string[] = ['EWOULDBLOCK', 'EDEADLOCK', 'ENOTSUP'];
const names = new Map(
  Object.entries(constants.errno)
    .filter(([name]) => !ALIASES.includes(name))
    .map(([name, number]) => [number, name]),
);

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
