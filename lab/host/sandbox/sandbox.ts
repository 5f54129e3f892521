import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { setPriority } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { grantToChildren } from '../../sys/capabilities.ts';
import { withDeadline } from '../../sys/deadline.ts';
import { keepDescriptors } from '../../sys/inherited-descriptors.ts';
import { mountMemory, unmount } from '../../sys/mount.ts';
import { ProcessHandle } from '../../sys/pidfd.ts';
import { lowerLimit } from '../../sys/resource-limits.ts';
import { callFilter } from './call-filter.ts';
import { compileModules } from './compiled-modules.ts';
import { ConfinedProgram } from './confined-program.ts';
import { makeGroup, type SlotGroups } from './control-groups.ts';
import { countedProcesses } from './counted-processes.ts';
import { DEVICES, INSIDE, layOut } from './file-tree.ts';
import { findProgram } from './find-program.ts';
import { LastWords } from './last-words.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { SandboxError } from './sandbox-error.ts';
import { SetupReport } from './setup-report.ts';
import type { SlotOrders } from './slot.ts';

/** How untrusted programs are confined here, for the record. */
export interface Confinement {
  /** What limits memory, processes and processor time. */
  readonly by: 'cgroup2' | 'cgroup1' | 'rlimits';
  /** The user id, on the machine, that programs run under. Never 0. */
  readonly uid: number;
  readonly limits: Limits;
}

/** Where an untrusted program runs. */
export interface Cell {
  /** The host's name, which is its name for itself. */
  readonly host: string;
  /** The user namespace that the host's network namespace belongs to, as a descriptor. */
  readonly userNamespace: number;
  /** Runs synchronous work in the host's network namespace. */
  enter<T>(work: () => T): T;
}

/** A folder that every machine has, and that nobody in a slot needs: what the sandbox makes is in memory there, for the slot alone. */
const HOME = '/dev/shm';
const HOME_BOUNDS = { bytes: 64 << 20, files: 4_096, mode: 0o755 };
const TREE = `${HOME}/tree`;
const FILTER = `${HOME}/calls`;
const NICE = 5;
const SET_UP_MS = 10_000;
/**
 * Beyond what a program may use, where only an rlimit can stop it at once: what Node counts as its data before a program has begun,
 * most of which it never touches (560 MiB on x86-64).
 */
const NODES_OWN_BYTES = 1 << 30;

/** The descriptors of bubblewrap beside the standard ones, by their place. */
const FD = { report: 3, block: 4, user: 5, filter: 6, options: 7 } as const;

/**
 * Where a slot's worker runs programs that nobody trusts: each under bubblewrap, in a file system with nothing but its own
 * files and the teaching modules, with CAP_NET_RAW over its own host and nothing else, under a filter of system calls and limits.
 */
export class Sandbox {
  readonly confinement: Confinement;
  readonly #bwrap: string;
  readonly #groups: SlotGroups | undefined;
  #started = 0;

  private constructor(confinement: Confinement, groups: SlotGroups | undefined) {
    this.confinement = confinement;
    this.#groups = groups;
    this.#bwrap = findProgram('bwrap');
  }

  /**
   * Lays out the sandbox's files in memory that this slot alone sees, and fills the compile cache. To be called once, in a slot's
   * namespaces.
   * @throws SandboxError when something is missing, or programs would run as the machine's root.
   */
  static async open(orders: SlotOrders, limits: Partial<Limits> = {}): Promise<Sandbox> {
    const uid = machineUid();
    if (uid === 0) throw new SandboxError('untrusted programs must not run under user id 0; start in a slot');
    const { groups } = orders;
    const confinement = {
      by: groups?.by ?? 'rlimits',
      uid,
      limits: { ...DEFAULT_LIMITS, ...limits },
    } as const;
    const sandbox = new Sandbox(confinement, groups);
    keepDescriptors();
    mountMemory(HOME, HOME_BOUNDS);
    mkdirSync(TREE);
    layOut(TREE);
    writeFileSync(FILTER, callFilter());
    await compileModules(TREE, sandbox.#bwrap);
    return sandbox;
  }

  /**
   * Starts `node FILE ...args` confined. Its folder is what it sees as its own.
   * @throws SandboxError when the sandbox could not be set up: the program has not run then.
   */
  async start(cell: Cell, file: string, args: readonly string[], wallMs: number): Promise<ConfinedProgram> {
    const limits = { ...this.confinement.limits, wallMs };
    const name = `program-${++this.#started}`;
    const folder = join(HOME, name);
    mkdirSync(folder);
    const group = this.#groups === undefined ? undefined : makeGroup(this.#groups, name, limits);
    const scratch = makeScratch(folder, limits);
    const cleanUp = (): void => {
      unmount(scratch);
      rmSync(folder, { recursive: true });
      group?.remove();
    };
    let words: LastWords | undefined;
    let init: ProcessHandle | undefined;
    try {
      writeFileSync(`${folder}/options`, bwrapOptions(cell.host, dirname(file), scratch));
      const inside = join(INSIDE.submission, basename(file));
      const hook = existsSync(join(dirname(file), 'package.json'))
        ? ['--import', `file://${INSIDE.hook}`]
        : [];
      const child = this.#spawn(cell, group?.entrances ?? [], `${folder}/options`, [
        ...CLOSE_USER,
        INSIDE.node,
        ...hook,
        inside,
        ...args,
      ]);
      words = new LastWords(child);
      const report = new SetupReport(child, child.stdio[FD.report] as Socket);
      const pid = await withDeadline(
        report.firstProcess,
        SET_UP_MS,
        () => new SandboxError('bubblewrap is stuck'),
      );
      init = new ProcessHandle(pid);
      confine(pid, limits, group !== undefined);
      (child.stdio[FD.block] as Socket).on('error', () => {}).end('\n');
      return new ConfinedProgram({
        ...{ child, init, report, limits, scratch, cleanUp, said: words.release() },
        group: group ?? countedProcesses(pid, limits),
      });
    } catch (error) {
      const said = (await words?.end()) ?? '';
      init?.kill('SIGKILL');
      await init?.ended;
      init?.release();
      cleanUp();
      throw new SandboxError(`${basename(file)} could not be put into a sandbox (${said})`, error);
    }
  }

  #spawn(
    cell: Cell,
    entrances: readonly string[],
    options: string,
    command: readonly string[],
  ): ChildProcess {
    const files = [openSync(FILTER, 'r'), openSync(options, 'r')];
    try {
      const child = cell.enter(() => {
        grantToChildren([]);
        const bwrap = [this.#bwrap, '--args', String(FD.options), '--', ...command];
        return spawn('/bin/sh', ['-c', enterThenRun(entrances), 'sh', ...bwrap], {
          detached: true,
          // Not where the lab is: the program can read what the first process was started with.
          cwd: '/',
          env: {},
          stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', cell.userNamespace, ...files],
        });
      });
      child.on('error', () => {});
      return child;
    } finally {
      for (const fd of files) closeSync(fd);
    }
  }
}

/** A shell's script that goes into control groups, and becomes the command it is given. The paths are the lab's own. */
function enterThenRun(entrances: readonly string[]): string {
  return [...entrances.map((file) => `echo 0 >'${file}'`), 'exec "$@"'].join(' && ');
}

/** What bubblewrap is told by a file, so that no path of the lab is on a command line that the program can read. bwrap(1). */
function bwrapOptions(host: string, submission: string, scratch: string): string {
  const options = [
    ...['--json-status-fd', String(FD.report), '--block-fd', String(FD.block)],
    ...['--userns', String(FD.user), '--seccomp', String(FD.filter)],
    ...['--unshare-pid', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup-try'],
    ...['--die-with-parent', '--new-session', '--hostname', host],
    ...['--cap-drop', 'ALL', '--cap-add', 'CAP_NET_RAW', '--clearenv'],
    ...['--ro-bind', TREE, '/', '--ro-bind', process.execPath, INSIDE.node],
    ...DEVICES.flatMap((device) => ['--dev-bind', device, device]),
    ...['--proc', '/proc', ...MASKED, '--remount-ro', '/proc'],
    ...(existsSync(submission) ? ['--ro-bind', submission, INSIDE.submission] : []),
    ...['--bind', scratch, INSIDE.scratch, '--chdir', INSIDE.submission],
    ...Object.entries(ENVIRONMENT).flatMap(([name, value]) => ['--setenv', name, value]),
  ];
  return options.map((option) => `${option}\0`).join('');
}

/** What the kernel shows of the machine's user rather than of the sandbox: the keys of whoever grades. */
const MASKED = existsSync('/proc/keys') ? ['--ro-bind', '/dev/null', '/proc/keys'] : [];

/** bubblewrap hands its descriptor of the user namespace on; the program is to have none but its own. */
const CLOSE_USER = [INSIDE.shell, '-c', `exec "$@" ${FD.user}<&-`, 'sh'];

const ENVIRONMENT = {
  PATH: '/usr/bin:/bin',
  HOME: INSIDE.scratch,
  TMPDIR: INSIDE.scratch,
  LANG: 'C.UTF-8',
  NODE_COMPILE_CACHE: INSIDE.cache,
};

/** The one place that a program can write to, with a size of its own. */
function makeScratch(folder: string, { diskBytes, diskFiles }: Limits): string {
  const scratch = join(folder, 'scratch');
  mkdirSync(scratch);
  mountMemory(scratch, { bytes: diskBytes, files: diskFiles + 1, mode: 0o700 });
  return scratch;
}

/** Limits the first process of a sandbox, which waits until this has been done, and so everything in it. getrlimit(2). */
function confine(pid: number, limits: Limits, hasGroup: boolean): void {
  const cpuS = Math.ceil(limits.cpuMs / 1_000);
  lowerLimit(pid, 'cpu', cpuS, cpuS + 1);
  lowerLimit(pid, 'nofile', limits.descriptors);
  lowerLimit(pid, 'fsize', limits.diskBytes);
  lowerLimit(pid, 'msgqueue', 0);
  // 1 and not 0: with 0 a program that the machine has for cores would be started all the same. core(5).
  lowerLimit(pid, 'core', 1);
  if (!hasGroup) {
    // It is of all programs on the host together, bubblewrap included: what is counted up says more exactly.
    lowerLimit(pid, 'nproc', limits.processes * 2);
    lowerLimit(pid, 'data', limits.memoryBytes + NODES_OWN_BYTES);
  }
  setPriority(pid, NICE);
}

/** The id, one user namespace up, of this process's user. user_namespaces(7). */
function machineUid(): number {
  const uid = process.getuid?.() ?? 0;
  for (const line of readFileSync('/proc/self/uid_map', 'utf8').trim().split('\n')) {
    const [inside = 0, outside = 0, count = 0] = line.trim().split(/\s+/).map(Number);
    if (uid >= inside && uid < inside + count) return outside + uid - inside;
  }
  return 0;
}
