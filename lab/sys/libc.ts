import { checkedOnce, libraryFunction } from './system-call.ts';

/**
 * The C library's system calls as plain functions of numbers and bytes. Synchronous and non-blocking use only: a call that waits belongs
 * to readiness.ts, never to `.async`, which would take one of libuv's four threads.
 */

type Pointer = Uint8Array | bigint | null;

export const libcSocket: (domain: number, type: number, protocol: number) => number =
  libraryFunction('int socket(int, int, int)');
export const libcBind: (fd: number, address: Pointer, length: number) => number = libraryFunction(
  'int bind(int, void *, uint32_t)',
);
export const libcConnect: (fd: number, address: Pointer, length: number) => number = libraryFunction(
  'int connect(int, void *, uint32_t)',
);
export const libcListen: (fd: number, backlog: number) => number = libraryFunction('int listen(int, int)');
export const libcAccept4: (fd: number, address: Pointer, length: Pointer, flags: number) => number =
  libraryFunction('int accept4(int, void *, void *, int)');
export const libcShutdown: (fd: number, how: number) => number = libraryFunction('int shutdown(int, int)');
const libcClose: (fd: number) => number = libraryFunction('int close(int)');
export const libcSetsockopt: (
  fd: number,
  level: number,
  option: number,
  value: Pointer,
  length: number,
) => number = libraryFunction('int setsockopt(int, int, int, void *, uint32_t)');
export const libcGetsockopt: (
  fd: number,
  level: number,
  option: number,
  value: Pointer,
  length: Pointer,
) => number = libraryFunction('int getsockopt(int, int, int, void *, void *)');
export const libcGetsockname: (fd: number, address: Pointer, length: Pointer) => number = libraryFunction(
  'int getsockname(int, void *, void *)',
);
export const libcSend: (fd: number, bytes: Pointer, length: number, flags: number) => number =
  libraryFunction('long send(int, void *, size_t, int)');
export const libcSendto: (
  fd: number,
  bytes: Pointer,
  length: number,
  flags: number,
  to: Pointer,
  toLength: number,
) => number = libraryFunction('long sendto(int, void *, size_t, int, void *, uint32_t)');
export const libcRecv: (fd: number, bytes: Pointer, length: number, flags: number) => number =
  libraryFunction('long recv(int, void *, size_t, int)');
export const libcRecvmmsg: (
  fd: number,
  messages: Pointer,
  count: number,
  flags: number,
  timeout: null,
) => number = libraryFunction('int recvmmsg(int, void *, uint32_t, int, void *)');
export const libcUnshare: (flags: number) => number = libraryFunction('int unshare(int)');
export const libcSetns: (fd: number, type: number) => number = libraryFunction('int setns(int, int)');
export const libcIoctl: (fd: number, request: number, argument: Pointer) => number = libraryFunction(
  'int ioctl(int, unsigned long, void *)',
);
export const libcPrctl: (option: number, a: number, b: number, c: number, d: number) => number =
  libraryFunction('int prctl(int, unsigned long, unsigned long, unsigned long, unsigned long)');
export const libcClockGettime: (clock: number, time: Pointer) => number = libraryFunction(
  'int clock_gettime(int, void *)',
);
export const libcPerfEventOpen: (
  call: number,
  attributes: Pointer,
  pid: number,
  cpu: number,
  group: number,
  flags: number,
) => number = libraryFunction('long syscall(long, void *, int, int, int, unsigned long)');
/** The address is a number: the kernel places mappings below 2^47. */
export const libcMmap: (
  address: null,
  length: number,
  protection: number,
  flags: number,
  fd: number,
  offset: number,
) => number = libraryFunction('intptr_t mmap(void *, size_t, int, int, int, int64_t)');
export const libcPageBytes: () => number = libraryFunction('int getpagesize()');
export const libcFcntl: (fd: number, command: number, argument: number) => number =
  libraryFunction('int fcntl(int, int, int)');

/** close(2). Never tried again: even after EINTR the descriptor is gone. @throws SystemCallError EBADF. */
export function closeOnce(fd: number): void {
  checkedOnce('close', () => libcClose(fd));
}
