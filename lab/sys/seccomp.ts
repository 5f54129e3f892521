import koffi from 'koffi';
import { libcPrctl } from './libc.ts';
import { checked, libraryFunction } from './system-call.ts';

const PR_SET_SECCOMP = 22;
const SECCOMP_MODE_FILTER = 2;
const PR_SET_NO_NEW_PRIVS = 38;
/** Of `struct sock_filter`. */
const STEP_BYTES = 8;

/** `struct sock_fprog`, include/uapi/linux/filter.h. */
const PROGRAM = koffi.struct({ len: 'uint16_t', filter: 'uint8_t *' });
const libcPrctlProgram: (
  option: number,
  mode: number,
  program: { len: number; filter: Uint8Array },
) => number = libraryFunction('prctl', 'int', ['int', 'unsigned long', koffi.pointer(PROGRAM)]);

/**
 * Puts a filter on the system calls of this thread, for good, and so of every process that it starts from now on; filters that are
 * there already stay. Nothing that is started gains a privilege by being started any more. seccomp(2), prctl(2).
 * @param filter `struct sock_filter` after `struct sock_filter`, as `callFilter` gives them
 * @throws SystemCallError EINVAL when the kernel has no such filters.
 */
export function filterCalls(filter: Uint8Array): void {
  checked('prctl', () => libcPrctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), '(no new privileges)');
  const program = { len: filter.length / STEP_BYTES, filter };
  checked('prctl', () => libcPrctlProgram(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program), '(filter of calls)');
}
