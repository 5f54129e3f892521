import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { SlotGroups } from './control-groups.ts';

const CONTROLLERS = ['memory', 'pids'] as const;
/** tcplab-slot-PID-STARTED-N: whose it is, so that what a killed lab has left can be told and removed. */
const NAME = /^tcplab-slot-(\d+)-(\d+)-\d+$/;
let made = 0;

/**
 * Makes the control groups of a slot below this process's own, and gives them to the slot's user. For root, before the slot starts.
 * What a lab that was killed has left there goes.
 * @returns undefined when the machine has no such groups, or none for us: then only rlimits limit programs.
 */
export function makeSlotGroups(uid: number): SlotGroups | undefined {
  made += 1;
  const name = `tcplab-slot-${process.pid}-${startTime('self')}-${made}`;
  for (const make of [makeSlotGroups2, makeSlotGroups1]) {
    try {
      const groups = make(name, uid);
      if (groups !== undefined) return groups;
    } catch {
      // Not ours to make: the next way, or none.
    }
  }
  return undefined;
}

/** Removes a slot's groups, with those of programs in them. No process may be left in any. */
export function removeSlotGroups(groups: SlotGroups): void {
  const folders =
    groups.by === 'cgroup2' ? [groups.folder] : [...new Set([groups.memory, groups.pids, groups.cpuacct])];
  for (const folder of folders) removeGroup(folder);
}

/** In cgroup v2 the worker must be in the slot's own part of the tree, or it could not move programs there. Its file of processes. */
export function workerGroup(groups: SlotGroups | undefined): string | undefined {
  return groups?.by === 'cgroup2' ? join(groups.folder, 'worker', 'cgroup.procs') : undefined;
}

function makeSlotGroups1(name: string, uid: number): SlotGroups | undefined {
  const parents = ['memory', 'pids', 'cpuacct'].map(ownGroup1);
  if (parents.some((parent) => parent === undefined)) return undefined;
  const [memory, pids, cpuacct] = parents.map((parent) => {
    removeLeftovers(parent as string);
    const folder = join(parent as string, name);
    mkdirSync(folder, { recursive: true });
    chownSync(folder, uid, uid);
    return folder;
  });
  return { by: 'cgroup1', memory: memory as string, pids: pids as string, cpuacct: cpuacct as string };
}

function makeSlotGroups2(name: string, uid: number): SlotGroups | undefined {
  const mount = mounts().find(({ type }) => type === 'cgroup2');
  if (mount === undefined) return undefined;
  const own = below(mount.at, pathOf(''));
  const offered = readFileSync(join(own, 'cgroup.controllers'), 'utf8').trim().split(' ');
  if (!CONTROLLERS.every((controller) => offered.includes(controller))) return undefined;
  removeLeftovers(own);
  const wanted = CONTROLLERS.map((controller) => `+${controller}`).join(' ');
  const given = readFileSync(join(own, 'cgroup.subtree_control'), 'utf8').trim().split(' ');
  // A group with processes of its own cannot hand controllers on: that takes a scope in which there is nobody but us.
  if (!CONTROLLERS.every((controller) => given.includes(controller))) {
    moveSelf(own);
    writeFileSync(join(own, 'cgroup.subtree_control'), wanted);
  }
  const folder = join(own, name);
  mkdirSync(join(folder, 'worker'), { recursive: true });
  writeFileSync(join(folder, 'cgroup.subtree_control'), wanted);
  for (const path of ['.', 'cgroup.procs', 'worker', 'worker/cgroup.procs'])
    chownSync(join(folder, path), uid, uid);
  return { by: 'cgroup2', folder };
}

/** Moves this process into a group below, when it is the only one in its own. @throws Error when it is not. */
function moveSelf(own: string): void {
  const others = readFileSync(join(own, 'cgroup.procs'), 'utf8')
    .trim()
    .split('\n')
    .filter((pid) => pid !== '' && Number(pid) !== process.pid);
  if (others.length > 0) throw new Error('others are in this control group');
  const folder = join(own, 'tcplab');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'cgroup.procs'), String(process.pid));
}

function ownGroup1(controller: string): string | undefined {
  const mount = mounts().find(({ type, options }) => type === 'cgroup' && options.includes(controller));
  return mount === undefined ? undefined : below(mount.at, pathOf(controller));
}

function mounts(): { at: string; type: string; options: readonly string[] }[] {
  return readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .map(([, at = '', type = '', options = '']) => ({ at, type, options: options.split(',') }));
}

function pathOf(controller: string): string {
  const line = readFileSync('/proc/self/cgroup', 'utf8')
    .split('\n')
    .map((each) => each.split(':'))
    .find(([, controllers]) => controllers?.split(',').includes(controller));
  return line?.slice(2).join(':') ?? '/';
}

/** In a container the path is the machine's, and what is mounted is this group already. */
function below(mount: string, path: string): string {
  return path === '/' || !existsSync(`${mount}${path}`) ? mount : `${mount}${path}`;
}

function removeLeftovers(parent: string): void {
  for (const name of readdirSync(parent)) {
    const [, pid, started] = NAME.exec(name) ?? [];
    if (pid === undefined || startTime(pid) === started) continue;
    try {
      removeGroup(join(parent, name));
    } catch {
      // Somebody is in there still, or has removed it meanwhile.
    }
  }
}

function removeGroup(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder))
    if (statSync(join(folder, name)).isDirectory()) removeGroup(join(folder, name));
  rmdirSync(folder);
}

/** When a process started, in the kernel's ticks; a number that came round belongs to another one. proc_pid_stat(5). */
function startTime(pid: string): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
