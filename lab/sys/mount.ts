import { checked, libraryFunction } from './system-call.ts';

const MS_NOSUID = 2;
const MS_NODEV = 4;
const MNT_DETACH = 2;

const libcMount: (source: string, target: string, type: string, flags: number, data: string) => number =
  libraryFunction('int mount(str, str, str, unsigned long, str)');
const libcUmount2: (target: string, flags: number) => number = libraryFunction('int umount2(str, int)');

/** What a file system in memory may hold. */
export interface MemoryBounds {
  readonly bytes: number;
  /** Files, folders and links together. */
  readonly files: number;
  /** Permissions of its root, such as 0o755. */
  readonly mode: number;
}

/**
 * Puts a fresh file system in memory over a folder, for this mount namespace alone. Needs CAP_SYS_ADMIN in the user namespace that
 * owns it. mount(2), tmpfs(5). @throws SystemCallError EPERM, ENOENT.
 */
export function mountMemory(folder: string, { bytes, files, mode }: MemoryBounds): void {
  const data = `size=${bytes},nr_inodes=${files},mode=${mode.toString(8)}`;
  checked('mount', () => libcMount('tmpfs', folder, 'tmpfs', MS_NOSUID | MS_NODEV, data), folder);
}

/** Takes a file system away from its folder at once; whoever still has it open keeps it. umount2(2). @throws SystemCallError. */
export function unmount(folder: string): void {
  checked('umount2', () => libcUmount2(folder, MNT_DETACH), folder);
}
