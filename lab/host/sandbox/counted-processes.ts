import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import type { ControlGroup, GroupUse } from './control-groups.ts';
import type { Limits } from './limits.ts';

/** The kernel's tick for processor times, as it is on every machine that the lab runs on. proc(5). */
const TICK_MS = 10;
const KIB = 1_024;
/** What a file's room is counted in. stat(2). */
const BLOCK_BYTES = 512;

/**
 * What stands in for a control group where there is none: everything in the sandbox is counted up, from its first process on.
 * That is slower than the kernel, and forgets the time of processes that have ended; rlimits hold each process in the meantime.
 */
export function countedProcesses(first: number, limits: Limits): ControlGroup {
  return {
    entrances: [],
    use() {
      const all = family(first);
      const cpuMs = sum(all.map(cpuTicks)) * TICK_MS;
      return {
        cpuMs,
        outOfMemory: sum(all.map(ownBytes)) + filesInMemory(all) >= limits.memoryBytes ? 1 : 0,
        // The first process is the sandbox's own.
        refusedProcesses: sum(all.map(threads)) - 1 >= limits.processes ? 1 : 0,
      } satisfies GroupUse;
    },
    remove() {},
  };
}

/** A process and all below it. In a PID namespace orphans become children of the first process, so that nobody is lost. */
function family(pid: number): number[] {
  const children = read(`/proc/${pid}/task/${pid}/children`).trim().split(' ').filter(Boolean).map(Number);
  return [pid, ...children.flatMap(family)];
}

/** proc_pid_stat(5): utime, stime, and what children that were waited for have used. */
function cpuTicks(pid: number): number {
  const stat = read(`/proc/${pid}/stat`);
  return sum(
    stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 15)
      .map(Number),
  );
}

/** proc_pid_status(5): what is resident and of no file on a disk, in bytes. Memory that two share counts for both. */
function ownBytes(pid: number): number {
  const status = read(`/proc/${pid}/status`);
  return (inStatus(status, 'RssAnon') + inStatus(status, 'RssShmem')) * KIB;
}

/** What files without a name hold, in bytes: they live in memory, and are no process's own. memfd_create(2). */
function filesInMemory(pids: readonly number[]): number {
  const held = pids.flatMap((pid) =>
    namesIn(`/proc/${pid}/fd`).flatMap((fd) => unnamedFile(`/proc/${pid}/fd/${fd}`)),
  );
  return sum([...new Map(held).values()]);
}

/** Its inode and its bytes, when a descriptor is one. */
function unnamedFile(descriptor: string): [inode: number, bytes: number][] {
  try {
    if (!readlinkSync(descriptor).startsWith('/memfd:')) return [];
    const { ino, blocks } = statSync(descriptor);
    return [[ino, blocks * BLOCK_BYTES]];
  } catch {
    return [];
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function threads(pid: number): number {
  return inStatus(read(`/proc/${pid}/status`), 'Threads');
}

function inStatus(status: string, field: string): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
