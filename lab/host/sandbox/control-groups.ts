import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Limits } from './limits.ts';

/** Where the control groups of a slot's programs are made, as plain data that can be handed to another process. */
export type SlotGroups =
  | { readonly by: 'cgroup2'; readonly folder: string }
  | { readonly by: 'cgroup1'; readonly memory: string; readonly pids: string; readonly cpuacct: string };

/** What a group of processes has come to. */
export interface GroupUse {
  readonly cpuMs: number;
  /** How many processes the kernel ended because the group had no memory left. */
  readonly outOfMemory: number;
  /** How often the kernel refused another process or thread. */
  readonly refusedProcesses: number;
}

/** The processes of one program, limited together. cgroups(7). */
export interface ControlGroup {
  /**
   * The files into which a process writes `0` to put itself in, and with it whatever it starts from then on. For a process to put
   * another one in, the kernel waits until no process anywhere is just starting another: that takes some 10 ms.
   */
  readonly entrances: readonly string[];
  use(): GroupUse;
  /** To be called when no process is left in it. */
  remove(): void;
}

/** bubblewrap is in the group as well, inside and outside of the sandbox. */
const OWN_PROCESSES = 2;

/** Makes a group below a slot's. @throws Error when the folder is not this user's. */
export function makeGroup(slot: SlotGroups, name: string, limits: Limits): ControlGroup {
  return slot.by === 'cgroup2' ? makeGroup2(slot.folder, name, limits) : makeGroup1(slot, name, limits);
}

/** Documentation/admin-guide/cgroup-v2.rst of the kernel. */
function makeGroup2(parent: string, name: string, limits: Limits): ControlGroup {
  const folder = join(parent, name);
  mkdirSync(folder);
  const file = (setting: string): string => join(folder, setting);
  writeFileSync(file('memory.max'), String(limits.memoryBytes));
  writeIfThere(file('memory.swap.max'), '0');
  writeFileSync(file('pids.max'), String(limits.processes + OWN_PROCESSES));
  return {
    entrances: [file('cgroup.procs')],
    use: () => groupUse({ by: 'cgroup2', folder }),
    remove: () => rmdirSync(folder),
  };
}

/** Documentation/admin-guide/cgroup-v1/{memory,pids,cpuacct}.rst of the kernel. */
function makeGroup1(
  slot: Extract<SlotGroups, { by: 'cgroup1' }>,
  name: string,
  limits: Limits,
): ControlGroup {
  const { memory, pids, cpuacct } = {
    memory: join(slot.memory, name),
    pids: join(slot.pids, name),
    cpuacct: join(slot.cpuacct, name),
  };
  const folders = [...new Set([memory, pids, cpuacct])];
  for (const folder of folders) mkdirSync(folder);
  writeFileSync(join(memory, 'memory.limit_in_bytes'), String(limits.memoryBytes));
  // Memory and swap together; only where the kernel accounts for swap.
  writeIfThere(join(memory, 'memory.memsw.limit_in_bytes'), String(limits.memoryBytes));
  writeFileSync(join(pids, 'pids.max'), String(limits.processes + OWN_PROCESSES));
  return {
    entrances: folders.map((folder) => join(folder, 'tasks')),
    use: () => groupUse({ by: 'cgroup1', memory, pids, cpuacct }),
    remove() {
      for (const folder of folders) rmdirSync(folder);
    },
  };
}

/** What the processes in a group have come to. @throws the system's errors when there is no such group. */
export function groupUse(group: SlotGroups): GroupUse {
  if (group.by === 'cgroup2') {
    const { folder } = group;
    return {
      cpuMs: numberAfter('usage_usec', join(folder, 'cpu.stat')) / 1_000,
      outOfMemory: numberAfter('oom_kill', join(folder, 'memory.events')),
      refusedProcesses: numberAfter('max', join(folder, 'pids.events')),
    };
  }
  const { memory, pids, cpuacct } = group;
  return {
    cpuMs: Number(readFileSync(join(cpuacct, 'cpuacct.usage'), 'utf8')) / 1e6,
    outOfMemory: numberAfter('oom_kill', join(memory, 'memory.oom_control')),
    refusedProcesses: numberAfter('max', join(pids, 'pids.events')),
  };
}

function writeIfThere(file: string, text: string): void {
  if (existsSync(file)) writeFileSync(file, text);
}

/** The number behind a word that begins a line: 0 when there is no such line. */
function numberAfter(word: string, file: string): number {
  const line = readFileSync(file, 'utf8')
    .split('\n')
    .find((each) => each.startsWith(`${word} `));
  return line === undefined ? 0 : Number(line.slice(word.length + 1));
}
