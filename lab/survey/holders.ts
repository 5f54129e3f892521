import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A process that holds some sockets. */
export interface Holder {
  readonly pid: number;
  /** Its name, as the kernel has it: at most 15 characters. proc(5), /proc/PID/comm. */
  readonly command: string;
  /** How many of the sockets. */
  readonly sockets: number;
}

/**
 * The processes that hold sockets with these inodes, most sockets first; a socket may have several. Processes that this user may not look
 * into are not among them. proc(5), /proc/PID/fd.
 */
export function holdersOf(inodes: ReadonlySet<number>): readonly Holder[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids
    .flatMap((name) => {
      const folder = `/proc/${name}`;
      const held = unlessGone(() => [...socketsIn(folder)].filter((inode) => inodes.has(inode))) ?? [];
      if (held.length === 0) return [];
      const command = unlessGone(() => readFileSync(`${folder}/comm`, 'utf8').trim()) ?? '';
      return [{ pid: Number(name), command, sockets: held.length }];
    })
    .sort((a, b) => b.sockets - a.sockets || a.pid - b.pid);
}

/** The inodes of the sockets that a process has descriptors of. @param folder the process's in /proc. @throws Error ENOENT, ESRCH, EACCES. */
export function socketsIn(folder: string): Set<number> {
  const inodes = new Set<number>();
  for (const fd of readdirSync(`${folder}/fd`)) {
    const target = unlessClosed(() => readlinkSync(`${folder}/fd/${fd}`));
    if (target?.startsWith('socket:[')) inodes.add(Number(target.slice('socket:['.length, -1)));
  }
  return inodes;
}

/** A descriptor may be closed between the listing and the reading. */
function unlessClosed<T>(read: () => T): T | undefined {
  return unless(['ENOENT'], read);
}

function unlessGone<T>(read: () => T): T | undefined {
  return unless(['ENOENT', 'ESRCH', 'EACCES', 'EPERM'], read);
}

function unless<T>(codes: readonly string[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && 'code' in error && codes.includes(String(error.code))) return undefined;
    throw error;
  }
}
