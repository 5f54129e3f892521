/** A system call's number where the lab runs; undefined where there is no such call. syscalls(2), asm/unistd.h. */
export interface CallNumbers {
  readonly x64?: number;
  readonly arm64?: number;
}

const both = (number: number): CallNumbers => ({ x64: number, arm64: number });

/**
 * The calls that a program which speaks TCP never needs, and why each group is not for it. All of them answer EPERM, and most would
 * without a filter as well: the filter keeps untrusted programs away from code of the kernel that has nothing to do with the course.
 */
export const FORBIDDEN_CALLS: Readonly<Record<string, Readonly<Record<string, CallNumbers>>>> = {
  'namespaces: a new one would come with every capability in it': {
    unshare: { x64: 272, arm64: 97 },
    setns: { x64: 308, arm64: 268 },
  },
  'mounts and roots: the file system is to stay as it is': {
    mount: { x64: 165, arm64: 40 },
    umount2: { x64: 166, arm64: 39 },
    pivot_root: { x64: 155, arm64: 41 },
    chroot: { x64: 161, arm64: 51 },
    open_tree: both(428),
    move_mount: both(429),
    fsopen: both(430),
    fsconfig: both(431),
    fsmount: both(432),
    fspick: both(433),
    mount_setattr: both(442),
    statmount: both(457),
    listmount: both(458),
    swapon: { x64: 167, arm64: 224 },
    swapoff: { x64: 168, arm64: 225 },
    quotactl: { x64: 179, arm64: 60 },
    quotactl_fd: both(443),
    acct: { x64: 163, arm64: 89 },
    nfsservctl: { x64: 180, arm64: 42 },
    sysfs: { x64: 139 },
    ustat: { x64: 136 },
  },
  'files past their paths: names are what limits a program to its own': {
    name_to_handle_at: { x64: 303, arm64: 264 },
    open_by_handle_at: { x64: 304, arm64: 265 },
    fanotify_init: { x64: 300, arm64: 262 },
    fanotify_mark: { x64: 301, arm64: 263 },
    lookup_dcookie: { x64: 212, arm64: 18 },
  },
  'other processes: their memory, registers and descriptors': {
    ptrace: { x64: 101, arm64: 117 },
    process_vm_readv: { x64: 310, arm64: 270 },
    process_vm_writev: { x64: 311, arm64: 271 },
    process_madvise: both(440),
    process_mrelease: both(448),
    pidfd_getfd: both(438),
    kcmp: { x64: 312, arm64: 272 },
    migrate_pages: { x64: 256, arm64: 238 },
    move_pages: { x64: 279, arm64: 239 },
  },
  'programs for the kernel, and its own insides': {
    bpf: { x64: 321, arm64: 280 },
    perf_event_open: { x64: 298, arm64: 241 },
    userfaultfd: { x64: 323, arm64: 282 },
    init_module: { x64: 175, arm64: 105 },
    finit_module: { x64: 313, arm64: 273 },
    delete_module: { x64: 176, arm64: 106 },
    create_module: { x64: 174 },
    query_module: { x64: 178 },
    get_kernel_syms: { x64: 177 },
    kexec_load: { x64: 246, arm64: 104 },
    kexec_file_load: { x64: 320, arm64: 294 },
    syslog: { x64: 103, arm64: 116 },
    reboot: { x64: 169, arm64: 142 },
    lsm_get_self_attr: both(459),
    lsm_set_self_attr: both(460),
    lsm_list_modules: both(461),
    _sysctl: { x64: 156 },
  },
  'the machine: clocks, names, ports, terminals': {
    settimeofday: { x64: 164, arm64: 170 },
    clock_settime: { x64: 227, arm64: 112 },
    clock_adjtime: { x64: 305, arm64: 266 },
    adjtimex: { x64: 159, arm64: 171 },
    sethostname: { x64: 170, arm64: 161 },
    setdomainname: { x64: 171, arm64: 162 },
    ioperm: { x64: 173 },
    iopl: { x64: 172 },
    modify_ldt: { x64: 154 },
    uselib: { x64: 134 },
    vhangup: { x64: 153, arm64: 58 },
    personality: { x64: 135, arm64: 92 },
  },
  'memory policy: whose pages are where is not its business': {
    mbind: { x64: 237, arm64: 235 },
    set_mempolicy: { x64: 238, arm64: 237 },
    get_mempolicy: { x64: 239, arm64: 236 },
    set_mempolicy_home_node: both(450),
  },
  'keys: rings outlive a process': {
    add_key: { x64: 248, arm64: 217 },
    request_key: { x64: 249, arm64: 218 },
    keyctl: { x64: 250, arm64: 219 },
  },
  'memory that outlives or escapes the process': {
    shmget: { x64: 29, arm64: 194 },
    semget: { x64: 64, arm64: 190 },
    msgget: { x64: 68, arm64: 186 },
    mq_open: { x64: 240, arm64: 180 },
    mq_unlink: { x64: 241, arm64: 181 },
    memfd_secret: both(447),
  },
};

/** Calls that answer ENOSYS, for programs and libraries then do the same by an older call that the filter can look into. */
export const MISSING_CALLS: Readonly<Record<string, CallNumbers>> = {
  clone3: both(435),
  io_uring_setup: both(425),
  io_uring_enter: both(426),
  io_uring_register: both(427),
};

/** The newest call that was looked at (mseal, Linux 6.10). Those after it answer ENOSYS until somebody has looked at them, too. */
export const NEWEST_CALL = 462;

export const CLONE: CallNumbers = { x64: 56, arm64: 220 };
export const SOCKET: CallNumbers = { x64: 41, arm64: 198 };
