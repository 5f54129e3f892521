import { apparmorSteps } from './apparmor.ts';
import type { Problem, Step } from './check.ts';
import { containerSteps } from './container-steps.ts';
import { firstLine } from './loading.ts';
import type { NamespaceFacts } from './namespace-facts.ts';
import { sysctlSteps } from './sysctl.ts';

/** What keeps a machine from making the lab's namespaces, as a name, a clause for people, and what to do. */
export interface Cause {
  readonly name: string;
  readonly because: string;
  readonly remedy: readonly Step[];
}

/** Decides why the lab's namespaces could not be made, from what unshare said and what the machine shows. */
export function namespaceCause(facts: NamespaceFacts): Cause {
  const { stderr } = facts;
  if (/unrecognized option|invalid option|unknown option/i.test(stderr)) return oldTools(facts);
  if (!facts.userNamespaces || /unshare failed: Invalid argument/.test(stderr)) return noSupport(facts);
  if (/No space left on device/.test(stderr)) return limit(facts);
  if (/mount .*proc.* failed|propagation/.test(stderr)) return noMount(facts);
  return refused(facts);
}

/** As a finding: the tour stops here. */
export function namespaceProblem(facts: NamespaceFacts): Problem {
  const { because, remedy } = namespaceCause(facts);
  return {
    status: 'broken',
    detail: because,
    disables:
      'Hosts, and so the tour and every exercise. Reading the exercises and drawing saved runs still work.',
    remedy,
  };
}

const sudoOf = (facts: NamespaceFacts): string => (facts.root ? '' : 'sudo ');

function oldTools({ stderr }: NamespaceFacts): Cause {
  return {
    name: 'old-tools',
    because: `unshare or setpriv is too old, or BusyBox's: ${firstLine(stderr)}`,
    remedy: [
      'Install those of util-linux 2.36 (2020) or later; on Alpine:',
      { run: 'apk add util-linux-misc setpriv' },
    ],
  };
}

function noSupport({ kernel }: NamespaceFacts): Cause {
  return {
    name: 'no-user-namespaces',
    because: `this kernel (${kernel}) was built without user, network or PID namespaces`,
    remedy: [
      'Start a kernel of your distribution: they all have CONFIG_USER_NS, CONFIG_NET_NS and CONFIG_PID_NS. On WSL 1, change to WSL 2.',
    ],
  };
}

function limit(facts: NamespaceFacts): Cause {
  const zero = Object.entries(facts.limits).find(([, count]) => count === 0)?.[0];
  if (zero !== undefined) {
    const name = `user.max_${zero}_namespaces`;
    return { name: 'limit-zero', because: `${name} is 0`, remedy: sysctlSteps(name, '15000', sudoOf(facts)) };
  }
  return {
    name: 'limit-reached',
    because: `the kernel's limit of namespaces is reached: ${facts.limits.user ?? 'so many'} for each user, 32 inside one another`,
    remedy: [
      'See who holds them, and end what is no longer used:',
      { see: `${sudoOf(facts)}lsns --type user` },
    ],
  };
}

function noMount(facts: NamespaceFacts): Cause {
  const { container, coveredProc, stderr } = facts;
  if (coveredProc.length > 0 && /proc/.test(stderr)) {
    const some = `${coveredProc.slice(0, 2).join(', ')}${coveredProc.length > 2 ? ' …' : ''}`;
    return {
      name: 'covered-proc',
      because: `parts of /proc are covered (${some}), and so the kernel lets nobody mount a whole one`,
      remedy:
        container === undefined
          ? [`Take away what covers it: ${coveredProc.join(', ')}.`]
          : containerSteps(container),
    };
  }
  if (isUbuntuRestriction(facts)) return ubuntu(facts);
  return {
    name: 'no-mount',
    because: `namespaces can be made, but nothing mounted in them: ${firstLine(stderr)}`,
    remedy: container === undefined ? unknownSteps(facts) : containerSteps(container),
  };
}

function refused(facts: NamespaceFacts): Cause {
  const { container, seccomp, stderr } = facts;
  if (container !== undefined && seccomp && !facts.sysAdmin) {
    return {
      name: 'container-seccomp',
      because: `the seccomp filter of this container (${container}) refuses unshare`,
      remedy: containerSteps(container),
    };
  }
  if (facts.unprivilegedClone === 0 && !facts.sysAdmin) {
    return {
      name: 'debian-sysctl',
      because: 'kernel.unprivileged_userns_clone is 0: only root may make user namespaces',
      remedy: sysctlSteps('kernel.unprivileged_userns_clone', '1', sudoOf(facts)),
    };
  }
  if (isUbuntuRestriction(facts)) return ubuntu(facts);
  if (facts.selinuxDenies) {
    return {
      name: 'selinux',
      because: 'SELinux forbids user namespaces (its boolean deny_userns is on)',
      remedy: ['For good:', { run: `${sudoOf(facts)}setsebool -P deny_userns off` }],
    };
  }
  if (facts.chroot) {
    return {
      name: 'chroot',
      because: 'this shell is in a chroot, where the kernel allows no user namespaces',
      remedy: [
        'Start ./tcplab outside it, or enter it with pivot_root, as bubblewrap and systemd-nspawn do.',
      ],
    };
  }
  if (container !== undefined) {
    return {
      name: 'container',
      because: `this container (${container}) does not let us: ${firstLine(stderr)}`,
      remedy: containerSteps(container),
    };
  }
  if (seccomp) {
    return {
      name: 'seccomp',
      because: 'a seccomp filter on this shell refuses unshare',
      remedy: [
        'Whatever started this shell set it: a sandboxed terminal or editor, or a systemd unit with RestrictNamespaces= or SystemCallFilter=. Start ./tcplab from an ordinary login.',
      ],
    };
  }
  return {
    name: 'unknown',
    because: firstLine(stderr) || 'unshare failed without a word',
    remedy: unknownSteps(facts),
  };
}

function isUbuntuRestriction({ apparmorRestrict, sysAdmin }: NamespaceFacts): boolean {
  return apparmorRestrict === 1 && !sysAdmin;
}

function ubuntu(facts: NamespaceFacts): Cause {
  const outside = facts.container === undefined ? [] : ['On the machine outside the container:'];
  return {
    name: 'ubuntu-apparmor',
    because: 'AppArmor keeps user namespaces from programs without a profile, as Ubuntu does since 23.10',
    remedy: [...outside, ...apparmorSteps(facts.unshare, facts.stockProfile, sudoOf(facts))],
  };
}

function unknownSteps({ root }: NamespaceFacts): readonly Step[] {
  return ["The kernel's own words may be here:", { see: `${root ? '' : 'sudo '}dmesg | tail -n 20` }];
}
