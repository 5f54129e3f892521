import { readdirSync } from 'node:fs';
import { libcFcntl } from './libc.ts';

const F_SETFD = 2;
const FD_CLOEXEC = 1;
const STANDARD = 2;

/**
 * Keeps what this process has open from everything that it starts from now on, the standard streams apart. What Node opens it keeps
 * to itself anyway; what was handed to Node under a high number it does not. fcntl(2).
 */
export function keepDescriptors(): void {
  for (const name of readdirSync('/proc/self/fd')) {
    const fd = Number(name);
    // One that is gone again was the listing's own.
    if (fd > STANDARD) libcFcntl(fd, F_SETFD, FD_CLOEXEC);
  }
}
