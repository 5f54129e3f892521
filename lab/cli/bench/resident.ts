import { readFileSync } from 'node:fs';

/** The resident memory of a process, in MiB; 0 when it is gone. proc_pid_status(5). */
export function residentMiB(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024;
  } catch {
    return 0;
  }
}
