import type { Step } from './check.ts';

const SYSCTL = 'kernel.apparmor_restrict_unprivileged_userns';

/**
 * How to let the lab make user namespaces under Ubuntu's AppArmor: an exception for unshare, or no restriction at all.
 * Ubuntu, "Restricted unprivileged user namespaces"; apparmor.d(5).
 *
 * @param unshare the program that makes them.
 * @param stockProfile whether Ubuntu's own profile for unshare is in force, and has to step aside.
 */
export function apparmorSteps(unshare: string, stockProfile: boolean, sudo: string): readonly Step[] {
  const profile = String.raw`abi <abi/4.0>,\ninclude <tunables/global>\nprofile tcplab-unshare ${unshare} flags=(unconfined) {\n  userns,\n}\n`;
  const exception: Step[] = [
    'For good: an exception for unshare and what it starts.',
    ...(stockProfile ? stepAside(sudo) : []),
    { run: `printf '${profile}' | ${sudo}tee /etc/apparmor.d/tcplab-unshare` },
    { run: `${sudo}apparmor_parser -r /etc/apparmor.d/tcplab-unshare` },
  ];
  if (stockProfile) return exception;
  return [
    ...exception,
    'Or, until the machine starts again, no restriction for any program:',
    { run: `${sudo}sysctl -w ${SYSCTL}=0` },
    'And that for good:',
    { run: `echo ${SYSCTL}=0 | ${sudo}tee -a /etc/sysctl.d/60-tcplab.conf` },
  ];
}

function stepAside(sudo: string): Step[] {
  return [
    { run: `${sudo}apparmor_parser -R /etc/apparmor.d/unshare-userns-restrict` },
    { run: `${sudo}ln -s /etc/apparmor.d/unshare-userns-restrict /etc/apparmor.d/disable/` },
  ];
}
