import koffi from 'koffi';
import { errnoNumber, SystemCallError } from './errno.ts';

/**
 * The C library's system calls (whichever C library this Node runs on), as plain functions of numbers and bytes. Synchronous and non-blocking use only: a call
 * that waits belongs to readiness.ts, never to `.async`, which would take one of libuv's four threads.
 */
const libc = koffi.load(null);
const EINTR = errnoNumber('EINTR');
const EAGAIN = errnoNumber('EAGAIN');
const EINPROGRESS = errnoNumber('EINPROGRESS');

type Pointer = Uint8Array | bigint | null;

export const libcSocket: (domain: number, type: number, protocol: number) => number =
  libc.func('int socket(int, int, int)');
export const libcBind: (fd: number, address: Pointer, length: number) => number = libc.func(
  'int bind(int, void *, uint32_t)',
);
export const libcConnect: (fd: number, address: Pointer, length: number) => number = libc.func(
  'int connect(int, void *, uint32_t)',
);
export const libcListen: (fd: number, backlog: number) => number = libc.func('int listen(int, int)');
export const libcAccept4: (fd: number, address: Pointer, length: Pointer, flags: number) => number =
  libc.func('int accept4(int, void *, void *, int)');
export const libcShutdown: (fd: number, how: number) => number = libc.func('int shutdown(int, int)');
const libcClose: (fd: number) => number = libc.func('int close(int)');
export const libcSetsockopt: (
  fd: number,
  level: number,
  option: number,
  value: Pointer,
  length: number,
) => number = libc.func('int setsockopt(int, int, int, void *, uint32_t)');
export const libcGetsockopt: (
  fd: number,
  level: number,
  option: number,
  value: Pointer,
  length: Pointer,
) => number = libc.func('int getsockopt(int, int, int, void *, void *)');
export const libcGetsockname: (fd: number, address: Pointer, length: Pointer) => number = libc.func(
  'int getsockname(int, void *, void *)',
);
export const libcSend: (fd: number, bytes: Pointer, length: number, flags: number) => number = libc.func(
  'long send(int, void *, size_t, int)',
);
export const libcSendto: (
  fd: number,
  bytes: Pointer,
  length: number,
  flags: number,
  to: Pointer,
  toLength: number,
) => number = libc.func('long sendto(int, void *, size_t, int, void *, uint32_t)');
export const libcRecv: (fd: number, bytes: Pointer, length: number, flags: number) => number = libc.func(
  'long recv(int, void *, size_t, int)',
);
export const libcRecvmmsg: (
  fd: number,
  messages: Pointer,
  count: number,
  flags: number,
  timeout: null,
) => number = libc.func('int recvmmsg(int, void *, uint32_t, int, void *)');
export const libcUnshare: (flags: number) => number = libc.func('int unshare(int)');
export const libcSetns: (fd: number, type: number) => number = libc.func('int setns(int, int)');
export const libcIoctl: (fd: number, request: number, argument: Pointer) => number = libc.func(
  'int ioctl(int, unsigned long, void *)',
);
export const libcPrctl: (option: number, a: number, b: number, c: number, d: number) => number = libc.func(
  'int prctl(int, unsigned long, unsigned long, unsigned long, unsigned long)',
);
export const libcIfNameToIndex: (name: string) => number = libc.func('unsigned int if_nametoindex(str)');
export const libcClockGettime: (clock: number, time: Pointer) => number = libc.func(
  'int clock_gettime(int, void *)',
);
export const libcPerfEventOpen: (
  call: number,
  attributes: Pointer,
  pid: number,
  cpu: number,
  group: number,
  flags: number,
) => number = libc.func('long syscall(long, void *, int, int, int, unsigned long)');
/** The address is a number: the kernel places mappings below 2^47. */
export const libcMmap: (
  address: null,
  length: number,
  protection: number,
  flags: number,
  fd: number,
  offset: number,
) => number = libc.func('intptr_t mmap(void *, size_t, int, int, int, int64_t)');
export const libcPageBytes: () => number = libc.func('int getpagesize()');
export const libcFcntl: (fd: number, command: number, argument: number) => number =
  libc.func('int fcntl(int, int, int)');

/**
 * Runs one system call and gives its result; EINTR is tried again.
 * @throws SystemCallError with the errno name when the result is negative. errno is read right after the call, before
 * anything else of this thread can change it.
 */
export function checked(syscall: string, call: () => number, detail = ''): number {
  for (;;) {
    const result = call();
    if (result >= 0) return result;
    const errno = koffi.errno();
    if (errno !== EINTR) throw new SystemCallError(syscall, errno, detail);
  }
}

/** close(2). Never tried again: even after EINTR the descriptor is gone. @throws SystemCallError EBADF. */
export function closeOnce(fd: number): void {
  const result = libcClose(fd);
  if (result >= 0) return;
  const errno = koffi.errno();
  if (errno !== EINTR) throw new SystemCallError('close', errno);
}

/**
 * Runs one system call that may find nothing to do yet.
 * @returns undefined for EAGAIN (and for EINPROGRESS, a connect that has begun).
 */
export function checkedOrPending(syscall: string, call: () => number, detail = ''): number | undefined {
  for (;;) {
    const result = call();
    if (result >= 0) return result;
    const errno = koffi.errno();
    if (errno === EAGAIN || errno === EINPROGRESS) return undefined;
    if (errno !== EINTR) throw new SystemCallError(syscall, errno, detail);
  }
}
