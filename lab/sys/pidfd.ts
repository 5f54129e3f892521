import { closeSync } from 'node:fs';
import { constants } from 'node:os';
import { integer } from './arguments.ts';
import { SystemCallError } from './errno.ts';
import { type Readiness, whenReadable } from './readiness.ts';
import { checked, libraryFunction } from './system-call.ts';

/** The same numbers on every architecture. The C library has functions for them only since glibc 2.36. */
const PIDFD_SEND_SIGNAL = 424;
const PIDFD_OPEN = 434;
/** include/uapi/linux/wait.h. */
const P_PIDFD = 3;
const WNOHANG = 1;
const WEXITED = 4;
/** The bytes of `siginfo_t`. */
const SIGNAL_INFO = 128;

const libcPidfdOpen: (call: number, pid: number, flags: number) => number = libraryFunction(
  'long syscall(long, int, unsigned int)',
);
const libcPidfdSendSignal: (call: number, fd: number, signal: number, info: null, flags: number) => number =
  libraryFunction('long syscall(long, int, int, void *, unsigned int)');

const libcWaitid: (type: number, id: number, info: Uint8Array, options: number) => number = libraryFunction(
  'int waitid(int, unsigned int, _Out_ void *, int)',
);

/** A process by a descriptor: never another one that got the same number later. pidfd_open(2), since Linux 5.3. */
export class ProcessHandle {
  readonly pid: number;
  /** Resolves when it has ended; for the first process of a PID namespace, when everything in there has. */
  readonly ended: Promise<void>;
  readonly #fd: number;
  readonly #readiness: Readiness;
  #released = false;

  /** @throws SystemCallError ESRCH when it has ended and was waited for. */
  constructor(pid: number) {
    this.pid = integer('process id', pid, 1, 0x7fff_ffff);
    this.#fd = checked('pidfd_open', () => libcPidfdOpen(PIDFD_OPEN, pid, 0), String(pid));
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ended = promise;
    this.#readiness = whenReadable(this.#fd, () => {
      this.#readiness.stop();
      resolve();
    });
  }

  /** Sends a signal; nothing happens when it has ended. pidfd_send_signal(2). @throws SystemCallError EPERM. */
  kill(signal: NodeJS.Signals): void {
    if (this.#released) return;
    try {
      const number = constants.signals[signal];
      checked('pidfd_send_signal', () => libcPidfdSendSignal(PIDFD_SEND_SIGNAL, this.#fd, number, null, 0));
    } catch (error) {
      if (!(error instanceof SystemCallError && error.code === 'ESRCH')) throw error;
    }
  }

  /**
   * Lets go of it. When it has ended and is an orphan, it has come to whoever is the first process here: if that is this one,
   * nobody else would ever wait for it, so this does. Call it when its parent is gone, too. waitid(2).
   */
  release(): void {
    if (this.#released) return;
    this.#released = true;
    this.#readiness.stop();
    libcWaitid(P_PIDFD, this.#fd, Buffer.alloc(SIGNAL_INFO), WEXITED | WNOHANG);
    closeSync(this.#fd);
  }
}
