import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** What a program could leave behind on the machine, a line each. */
export type Belongings = ReadonlySet<string>;

/** The user ids of slots, when root makes them. */
const FIRST_UID = 200_001;
const LAST_UID = FIRST_UID + 999;
const KINDS = ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'user', 'uts'] as const;
const SHARED_PLACES = [tmpdir(), '/var/tmp', '/dev/shm', '/run', '/'];
/** What attacks call what they want to leave. */
const ATTACKS_OWN = /attack-escaped|^escaped\.ts$|^\.attack-|^\.tcplab-pass$/;
/** Settings that change by themselves, or with the interfaces that others on the machine make. */
const RESTLESS =
  /\/(random|pty|conf|neigh|nf_conntrack_\w+|\w+-state|\w+-nr|ns_last_pid|stat_refresh|perf\w*)(\/|$)/;
const GONE_MS = 5_000;

/**
 * Looks at the whole machine: this process's descendants and what has left them, their namespaces, descriptors of
 * namespaces, interfaces, mounts and private files, control groups, files where everybody may write, and sysctls.
 */
export function belongings(): Belongings {
  const lines = new Set<string>();
  const ours = ourProcesses();
  for (const { pid, command } of ours) {
    lines.add(`process ${pid} ${command}`);
    for (const kind of KINDS) lines.add(`namespace ${linkOf(`/proc/${pid}/ns/${kind}`)}`);
    for (const line of read(`/proc/${pid}/mounts`).split('\n')) lines.add(`mount of ${pid}: ${line}`);
    for (const name of interfacesIn(read(`/proc/${pid}/net/dev`))) lines.add(`interface of ${pid}: ${name}`);
    for (const name of namesIn(`/proc/${pid}/root/dev/shm`)) lines.add(`file of ${pid}: /dev/shm/${name}`);
    for (const fd of namesIn(`/proc/${pid}/fd`)) {
      const link = linkOf(`/proc/${pid}/fd/${fd}`);
      if (/^(net|user|mnt|pid):/.test(link)) lines.add(`descriptor of ${pid}: ${link}`);
    }
  }
  for (const folder of groupFolders('/sys/fs/cgroup')) lines.add(`control group ${folder}`);
  for (const folder of SHARED_PLACES)
    for (const name of namesIn(folder))
      if (isSlots(join(folder, name)) || ATTACKS_OWN.test(name)) lines.add(`file ${join(folder, name)}`);
  for (const room of ['kernel', 'net', 'user', 'vm'])
    for (const [file, value] of sysctls(`/proc/sys/${room}`)) lines.add(`sysctl ${file} = ${value}`);
  return lines;
}

/** What there was before, and how to see what there is now. */
export interface Leaks {
  readonly before: Belongings;
  readonly now: () => Promise<Belongings>;
}

/** What is there and was not before. Waits a moment for what is just about to go. */
export async function leftBehind({ before, now: look }: Leaks): Promise<string[]> {
  const untilMs = performance.now() + GONE_MS;
  for (;;) {
    const now = await look();
    const left = [...now].filter((line) => !before.has(line));
    if (left.length === 0 || performance.now() > untilMs) return left;
    await pause(100);
  }
}

/** Descendants, and what has left its slot: a process of a slot's user that nobody but the machine's first one looks after. */
function ourProcesses(): { pid: number; command: string }[] {
  const all = namesIn('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      const status = read(`/proc/${name}/status`);
      const number = (field: string): number =>
        Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
      const [pid, parent, uid] = [Number(name), number('PPid'), number('Uid')];
      const command = read(`/proc/${name}/cmdline`).replaceAll('\0', ' ').trim().slice(0, 200);
      return { pid, parent, uid, command, isDead: /^State:\s+Z/m.test(status) };
    });
  const ours = new Set([process.pid]);
  for (let before = 0; before !== ours.size; ) {
    before = ours.size;
    for (const { pid, parent } of all) if (ours.has(parent)) ours.add(pid);
  }
  ours.delete(process.pid);
  return all.filter(
    ({ pid, parent, uid, isDead }) =>
      ours.has(pid) || (parent === 1 && !isDead && uid >= FIRST_UID && uid <= LAST_UID),
  );
}

/** Groups of slots that this process has made, wherever they are in the tree. */
function groupFolders(folder: string, inSlot = false): string[] {
  return namesIn(folder).flatMap((name) => {
    const path = join(folder, name);
    if (!isFolder(path)) return [];
    const isSlot = inSlot || name.startsWith(`tcplab-slot-${process.pid}-`);
    return [...(isSlot ? [path] : []), ...groupFolders(path, isSlot)];
  });
}

function sysctls(folder: string): [file: string, value: string][] {
  return namesIn(folder).flatMap((name): [string, string][] => {
    const path = join(folder, name);
    if (RESTLESS.test(path)) return [];
    if (isFolder(path)) return sysctls(path);
    return [[path, read(path).trim()]];
  });
}

function isSlots(path: string): boolean {
  try {
    const { uid } = lstatSync(path);
    return uid >= FIRST_UID && uid <= LAST_UID;
  } catch {
    return false;
  }
}

function isFolder(path: string): boolean {
  try {
    return lstatSync(path).isDirectory();
  } catch {
    return false;
  }
}

function interfacesIn(table: string): string[] {
  return [...table.matchAll(/^\s*([^\s:]+):/gm)].map(([, name = '']) => name);
}

/** What is looked at may be gone, or not ours to see. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
