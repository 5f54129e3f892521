// System calls by number, past everything that Node would say about them: what a hostile program has at most.
import { getSystemErrorName } from 'node:util';
import koffi from 'koffi';

const NUMBERS: Record<string, [x64: number, arm64: number]> = {
  accept: [43, 202],
  acct: [163, 89],
  add_key: [248, 217],
  adjtimex: [159, 171],
  bpf: [321, 280],
  capset: [126, 91],
  chroot: [161, 51],
  clock_adjtime: [305, 266],
  clock_settime: [227, 112],
  clone: [56, 220],
  clone3: [435, 435],
  delete_module: [176, 106],
  fanotify_init: [300, 262],
  finit_module: [313, 273],
  fsopen: [430, 430],
  getpid: [39, 172],
  init_module: [175, 105],
  io_uring_setup: [425, 425],
  ioctl: [16, 29],
  iopl: [172, -1],
  kcmp: [312, 272],
  kexec_load: [246, 104],
  keyctl: [250, 219],
  kill: [62, 129],
  memfd_create: [319, 279],
  memfd_secret: [447, 447],
  mknodat: [259, 33],
  mount: [165, 40],
  mount_setattr: [442, 442],
  move_mount: [429, 429],
  mq_open: [240, 180],
  msgget: [68, 186],
  name_to_handle_at: [303, 264],
  open_by_handle_at: [304, 265],
  open_tree: [428, 428],
  perf_event_open: [298, 241],
  personality: [135, 92],
  pidfd_getfd: [438, 438],
  pidfd_open: [434, 434],
  pivot_root: [155, 41],
  prlimit64: [302, 261],
  process_madvise: [440, 440],
  process_vm_readv: [310, 270],
  process_vm_writev: [311, 271],
  ptrace: [101, 117],
  quotactl: [179, 60],
  reboot: [169, 142],
  request_key: [249, 218],
  sched_setscheduler: [144, 119],
  semget: [64, 190],
  setdomainname: [171, 162],
  setgid: [106, 144],
  sethostname: [170, 161],
  setns: [308, 268],
  setpriority: [141, 140],
  setsockopt: [54, 208],
  setuid: [105, 146],
  shmget: [29, 194],
  socket: [41, 198],
  swapoff: [168, 225],
  swapon: [167, 224],
  syslog: [103, 116],
  umount2: [166, 39],
  unshare: [272, 97],
  userfaultfd: [323, 282],
};

type Argument = number | bigint | string | Buffer | null;

const libc = koffi.load(null);
const raw = libc.func('syscall', 'long', Array(7).fill('long'));
/** Memory that calls were given: not to be collected meanwhile. */
const kept: Buffer[] = [];

/** Calls the kernel. @returns what it answers, or minus the error's number */
export function call(name: string, ...args: Argument[]): number {
  const number = NUMBERS[name]?.[process.arch === 'x64' ? 0 : 1] ?? -1;
  const words = args.map((value) => {
    if (value === null) return 0;
    if (typeof value === 'number' || typeof value === 'bigint') return value;
    const bytes = typeof value === 'string' ? Buffer.from(`${value}\0`) : value;
    kept.push(bytes);
    return koffi.address(bytes);
  });
  while (words.length < 6) words.push(0);
  const answer = Number(raw(number, ...words));
  return answer === -1 ? -koffi.errno() : answer;
}

/** The same in a word: `ok`, `EPERM`. */
export function attempt(name: string, ...args: Argument[]): string {
  const answer = call(name, ...args);
  return answer < 0 ? getSystemErrorName(answer) : 'ok';
}

/** Runs what may throw. @returns `ok`, or the error's code */
export function tried(work: () => unknown): string {
  try {
    work();
    return 'ok';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}

/** Prints what came of it, for whoever runs the attack. */
export function report(facts: Record<string, string | number | boolean | null>): void {
  process.stdout.write(`${JSON.stringify(facts)}\n`);
}

/** For what would hurt a machine: goes on only where process numbers are a namespace's own. */
export function onlyInAPidNamespace(): void {
  if (process.pid < 50) return;
  process.stderr.write('this runs only in a PID namespace of its own\n');
  process.exit(99);
}

export { koffi, libc };
