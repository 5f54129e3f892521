import { integer } from './arguments.ts';
import { checked, libraryFunction } from './system-call.ts';

/** include/uapi/asm-generic/resource.h. */
const RESOURCE = { cpu: 0, fsize: 1, data: 2, core: 4, nproc: 6, nofile: 7, msgqueue: 12 } as const;

export type Resource = keyof typeof RESOURCE;

const libcPrlimit: (
  pid: number,
  resource: number,
  wanted: Uint8Array | null,
  old: Uint8Array | null,
) => number = libraryFunction('int prlimit(int, int, void *, _Out_ void *)');

/**
 * Lowers a limit of a process and of whatever it starts from now on; one that is lower already stays. prlimit(2).
 * @param soft where the kernel says no, or for `cpu` sends SIGXCPU (in seconds)
 * @param hard how far the process may raise it itself; for `cpu`, where it is killed
 * @throws SystemCallError ESRCH, EPERM.
 */
export function lowerLimit(pid: number, resource: Resource, soft: number, hard = soft): void {
  const old = Buffer.alloc(16);
  checked('prlimit', () => libcPrlimit(pid, RESOURCE[resource], null, old), resource);
  const most = old.readBigUInt64LE(8);
  const wanted = Buffer.alloc(16);
  wanted.writeBigUInt64LE(least(soft, most), 0);
  wanted.writeBigUInt64LE(least(hard, most), 8);
  checked('prlimit', () => libcPrlimit(pid, RESOURCE[resource], wanted, null), resource);
}

function least(value: number, most: bigint): bigint {
  const wanted = BigInt(integer('limit', value, 0, Number.MAX_SAFE_INTEGER));
  return wanted < most ? wanted : most;
}
