import { readFileSync } from 'node:fs';
import type { ControlGroup, GroupUse } from './control-groups.ts';
import type { Limits } from './limits.ts';

/** The kernel's ticks for processor times, and the bytes of a page, as they are on every machine that the lab runs on. proc(5). */
const TICK_MS = 10;
const PAGE_BYTES = 4_096;

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
        outOfMemory: sum(all.map(ownPages)) * PAGE_BYTES >= limits.memoryBytes ? 1 : 0,
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

/** proc_pid_statm(5): what is resident and nobody else's. */
function ownPages(pid: number): number {
  const [, resident = 0, shared = 0] = read(`/proc/${pid}/statm`).split(' ').map(Number);
  return resident - shared;
}

function threads(pid: number): number {
  return Number(/^Threads:\s+(\d+)$/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
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
