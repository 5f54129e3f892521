import type { Step } from './check.ts';
import type { Container } from './container.ts';

const OUTSIDE = 'Or start ./tcplab on the machine itself, outside the container.';

/** How to start a container so that the lab can make namespaces in it. */
const STEPS: Readonly<Record<Container, readonly Step[]>> = {
  docker: [
    'Start the container with three more options:',
    {
      run: 'docker run --security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined …',
    },
  ],
  podman: [
    'Start the container with three more options:',
    {
      run: 'podman run --security-opt seccomp=unconfined --security-opt label=disable --security-opt unmask=ALL …',
    },
  ],
  kubernetes: [
    "In the container's securityContext:",
    { run: 'seccompProfile: { type: Unconfined }' },
    { run: 'procMount: Unmasked' },
  ],
  lxc: [
    'On the machine outside, allow the container to nest, and start it again:',
    { run: 'incus config set NAME security.nesting=true && incus restart NAME' },
    'With LXD it is lxc instead of incus.',
  ],
  other: ['Start the container without its seccomp filter and with an unmasked /proc.'],
};

export function containerSteps(container: Container): readonly Step[] {
  return [...STEPS[container], OUTSIDE];
}
