import type { Step } from './check.ts';

/** How to set a sysctl, until the next start and for good. */
export function sysctlSteps(name: string, value: string, sudo: string): readonly Step[] {
  return [
    'Now, until the machine starts again:',
    { run: `${sudo}sysctl -w ${name}=${value}` },
    'For good, as well:',
    { run: `echo ${name}=${value} | ${sudo}tee -a /etc/sysctl.d/60-tcplab.conf` },
  ];
}
