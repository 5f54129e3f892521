import { describe, expect, test } from 'vitest';
import { apparmorSteps } from '../../lab/cli/doctor/apparmor.ts';
import { wordsOf } from '../../lab/cli/doctor/check.ts';
import { containerOf } from '../../lab/cli/doctor/container.ts';
import { namespaceCause } from '../../lab/cli/doctor/namespace-cause.ts';
import type { NamespaceFacts } from '../../lab/cli/doctor/namespace-facts.ts';

/** An ordinary user on a machine that hinders nothing. */
const FREE: NamespaceFacts = {
  stderr: '',
  kernel: '6.8.0-45-generic',
  root: false,
  container: undefined,
  sysAdmin: false,
  userNamespaces: true,
  limits: { user: 63_000, net: 63_000, mnt: 63_000, pid: 63_000 },
  unprivilegedClone: undefined,
  apparmorRestrict: undefined,
  stockProfile: false,
  unshare: '/usr/bin/unshare',
  selinuxDenies: false,
  seccomp: false,
  chroot: false,
  coveredProc: [],
};

const REFUSED = 'unshare: unshare failed: Operation not permitted\n';
const NO_MAP = 'unshare: write failed /proc/self/uid_map: Operation not permitted\n';
const FULL = 'unshare: unshare failed: No space left on device\n';
const NO_PROC = 'unshare: mount /proc failed: Operation not permitted\n';

describe('what keeps a machine from making namespaces', () => {
  test.each<[cause: string, facts: Partial<NamespaceFacts>]>([
    ['limit-zero', { stderr: FULL, limits: { ...FREE.limits, user: 0 } }],
    ['limit-zero', { stderr: FULL, limits: { ...FREE.limits, net: 0 } }],
    ['limit-reached', { stderr: FULL }],
    ['debian-sysctl', { stderr: REFUSED, unprivilegedClone: 0 }],
    ['ubuntu-apparmor', { stderr: NO_MAP, unprivilegedClone: 1, apparmorRestrict: 1 }],
    [
      'ubuntu-apparmor',
      {
        stderr: 'unshare: cannot change root filesystem propagation: Permission denied',
        apparmorRestrict: 1,
      },
    ],
    ['container-seccomp', { stderr: REFUSED, container: 'docker', seccomp: true }],
    [
      'container-seccomp',
      { stderr: REFUSED, container: 'docker', seccomp: true, root: true, apparmorRestrict: 1 },
    ],
    ['container', { stderr: REFUSED, container: 'lxc' }],
    ['covered-proc', { stderr: NO_PROC, container: 'docker', coveredProc: ['/proc/bus', '/proc/kcore'] }],
    ['no-mount', { stderr: 'unshare: mount /proc failed: Permission denied', container: 'docker' }],
    ['selinux', { stderr: 'unshare: unshare failed: Permission denied', selinuxDenies: true }],
    ['no-user-namespaces', { stderr: 'unshare: unshare failed: Invalid argument' }],
    ['no-user-namespaces', { stderr: REFUSED, userNamespaces: false }],
    ['chroot', { stderr: REFUSED, chroot: true }],
    ['seccomp', { stderr: REFUSED, seccomp: true }],
    ['old-tools', { stderr: "unshare: unrecognized option '--keep-caps'" }],
    ['old-tools', { stderr: 'unshare: unrecognized option: map-user=1000\nBusyBox v1.36.1' }],
    ['unknown', { stderr: REFUSED }],
    // Root is not what these restrict: the cause must be another.
    ['unknown', { stderr: REFUSED, root: true, sysAdmin: true, unprivilegedClone: 0, apparmorRestrict: 1 }],
  ])('%s: %j', (name, facts) => {
    const cause = namespaceCause({ ...FREE, ...facts });
    expect(cause.name).toBe(name);
    expect(cause.because).not.toBe('');
    expect(cause.remedy).not.toEqual([]);
  });
});

function remedyOf(facts: Partial<NamespaceFacts>): string[] {
  return namespaceCause({ ...FREE, ...facts }).remedy.map(wordsOf);
}

test('the limit of user namespaces is raised now and for good', () => {
  expect(remedyOf({ stderr: FULL, limits: { ...FREE.limits, user: 0 } })).toEqual([
    'Now, until the machine starts again:',
    'sudo sysctl -w user.max_user_namespaces=15000',
    'For good, as well:',
    'echo user.max_user_namespaces=15000 | sudo tee -a /etc/sysctl.d/60-tcplab.conf',
  ]);
});

test("Debian's old sysctl is set, by root without sudo", () => {
  expect(remedyOf({ stderr: REFUSED, unprivilegedClone: 0, root: true })).toContain(
    'sysctl -w kernel.unprivileged_userns_clone=1',
  );
});

test('Ubuntu 24.04 gets a profile for unshare, or the sysctl', () => {
  expect(remedyOf({ stderr: NO_MAP, apparmorRestrict: 1 })).toEqual([
    'For good: an exception for unshare and what it starts.',
    String.raw`printf 'abi <abi/4.0>,\ninclude <tunables/global>\nprofile tcplab-unshare /usr/bin/unshare flags=(unconfined) {\n  userns,\n}\n' | sudo tee /etc/apparmor.d/tcplab-unshare`,
    'sudo apparmor_parser -r /etc/apparmor.d/tcplab-unshare',
    'Or, until the machine starts again, no restriction for any program:',
    'sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0',
    'And that for good:',
    'echo kernel.apparmor_restrict_unprivileged_userns=0 | sudo tee -a /etc/sysctl.d/60-tcplab.conf',
  ]);
});

test("where Ubuntu's own profile for unshare is in force, it steps aside first, and the sysctl would not do", () => {
  const commands = apparmorSteps('/usr/bin/unshare', true, 'sudo ').map(wordsOf);
  expect(commands.slice(1, 3)).toEqual([
    'sudo apparmor_parser -R /etc/apparmor.d/unshare-userns-restrict',
    'sudo ln -s /etc/apparmor.d/unshare-userns-restrict /etc/apparmor.d/disable/',
  ]);
  expect(commands.join('\n')).not.toContain('sysctl');
});

test('inside Docker the container is to be started with three options, which are all it takes', () => {
  const remedy = remedyOf({ stderr: REFUSED, container: 'docker', seccomp: true }).join('\n');
  for (const option of ['seccomp', 'apparmor', 'systempaths']) {
    expect(remedy).toContain(`--security-opt ${option}=unconfined`);
  }
  expect(remedy).toContain('outside the container');
});

describe('containers', () => {
  const none = { dockerFile: false, apart: false, podmanFile: false, variable: undefined, kubernetes: false };
  test.each([
    [undefined, {}],
    ['docker', { dockerFile: true, apart: true }],
    // A virtual machine whose disk was made from a Docker image.
    [undefined, { dockerFile: true, apart: false }],
    ['podman', { variable: 'podman' }],
    ['podman', { podmanFile: true }],
    ['kubernetes', { dockerFile: true, apart: true, kubernetes: true }],
    ['lxc', { variable: 'lxc' }],
    ['other', { variable: 'systemd-nspawn' }],
  ])('%s: %j', (container, traces) => {
    expect(containerOf({ ...none, ...traces })).toBe(container);
  });
});
