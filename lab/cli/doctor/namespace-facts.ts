import { existsSync, readFileSync, statSync } from 'node:fs';
import type { Container } from './container.ts';
import { numberIn, textOf } from './files.ts';
import type { Machine } from './machine.ts';

const LIMITS = ['user', 'net', 'mnt', 'pid'] as const;
const CAP_SYS_ADMIN = 21n;
/** Ubuntu's own profile for unshare, since 25.04: what it starts may make namespaces and then do nothing in them. */
const STOCK_PROFILE = '/etc/apparmor.d/unshare-userns-restrict';

/** What may keep a machine from making namespaces. Undefined stands for a knob that this kernel does not have. */
export interface NamespaceFacts {
  /** What setpriv and unshare said. */
  readonly stderr: string;
  readonly kernel: string;
  readonly root: boolean;
  readonly container: Container | undefined;
  /** Whether this process has CAP_SYS_ADMIN, so that the restrictions of ordinary users do not apply. */
  readonly sysAdmin: boolean;
  /** Whether the kernel has user namespaces at all. */
  readonly userNamespaces: boolean;
  /** `user.max_*_namespaces`, by kind. */
  readonly limits: Readonly<Record<(typeof LIMITS)[number], number | undefined>>;
  /** `kernel.unprivileged_userns_clone`, a patch of Debian's and others. */
  readonly unprivilegedClone: number | undefined;
  /** `kernel.apparmor_restrict_unprivileged_userns`, since Ubuntu 23.10. */
  readonly apparmorRestrict: number | undefined;
  /** Whether Ubuntu's stock profile confines what unshare starts. */
  readonly stockProfile: boolean;
  /** The program that needs an AppArmor profile. */
  readonly unshare: string;
  /** SELinux's boolean `deny_userns` is on. */
  readonly selinuxDenies: boolean;
  /** A seccomp filter is on this process. */
  readonly seccomp: boolean;
  /** This process is in a chroot: nothing is mounted at its root, or PID 1 has another. */
  readonly chroot: boolean;
  /** Mounts that cover parts of /proc. */
  readonly coveredProc: readonly string[];
}

/** Reads the facts of this machine. */
export function namespaceFacts(stderr: string, unshare: string, machine: Machine): NamespaceFacts {
  const status = textOf('/proc/self/status') ?? '';
  const mounts = mountPoints(textOf('/proc/self/mountinfo') ?? '');
  const capabilities = BigInt(`0x${/^CapEff:\s*(\w+)/m.exec(status)?.[1] ?? '0'}`);
  return {
    stderr,
    kernel: machine.kernel,
    root: machine.root,
    container: machine.container,
    sysAdmin: ((capabilities >> CAP_SYS_ADMIN) & 1n) === 1n,
    userNamespaces: existsSync('/proc/self/ns/user'),
    limits: {
      user: numberIn('/proc/sys/user/max_user_namespaces'),
      net: numberIn('/proc/sys/user/max_net_namespaces'),
      mnt: numberIn('/proc/sys/user/max_mnt_namespaces'),
      pid: numberIn('/proc/sys/user/max_pid_namespaces'),
    },
    unprivilegedClone: numberIn('/proc/sys/kernel/unprivileged_userns_clone'),
    apparmorRestrict: numberIn('/proc/sys/kernel/apparmor_restrict_unprivileged_userns'),
    stockProfile: hasStockProfile(),
    unshare,
    selinuxDenies: textOf('/sys/fs/selinux/booleans/deny_userns')?.startsWith('1') === true,
    seccomp: /^Seccomp:\s*2/m.test(status),
    chroot: (mounts.length > 0 && !mounts.includes('/')) || hasOtherRootThanInit(),
    coveredProc: mounts.filter((mount) => mount.startsWith('/proc/') && !mount.startsWith('/proc/sys/fs/')),
  };
}

export function hasStockProfile(): boolean {
  return existsSync(STOCK_PROFILE) && !existsSync(STOCK_PROFILE.replace('.d/', '.d/disable/'));
}

/** Only root may look at the root of PID 1. */
function hasOtherRootThanInit(): boolean {
  try {
    const [own, init] = [statSync('/'), statSync('/proc/1/root/')];
    return own.ino !== init.ino || own.dev !== init.dev;
  } catch {
    return false;
  }
}

/** Where something is mounted. proc(5), mountinfo, field 5. */
function mountPoints(mountinfo: string): string[] {
  return mountinfo.split('\n').flatMap((line) => line.split(' ')[4] ?? []);
}

/** The AppArmor profile this process is under, or undefined. */
export function apparmorLabel(): string | undefined {
  for (const file of ['/proc/self/attr/apparmor/current', '/proc/self/attr/current']) {
    try {
      return readFileSync(file, 'utf8').replace(/\0/g, '').trim();
    } catch {
      // No AppArmor here, or an older one with only the second file.
    }
  }
  return undefined;
}
