import type { Scene } from '../../exercise/scene.ts';
import type { ProgramStart } from './messages.ts';

/**
 * What a program by hand is given: `ADDRESS PORT`, of its own host or of the one that it connects to, and what else it wants. Each
 * host has a port of its own, the server the plan's.
 * @param hosts of the run, in address order
 * @throws LabFault when there is no host to connect to
 */
export function argumentsOf(
  { host, to, more }: Pick<ProgramStart, 'host' | 'to' | 'more'>,
  hosts: readonly string[],
  scene: Scene,
): string[] {
  const first = Math.max(hosts.indexOf('server'), 0);
  const portOf = (name: string): string =>
    String(scene.plan.port + ((hosts.indexOf(name) - first + hosts.length) % hosts.length));
  const target = to ?? host;
  return [
    scene.host(target).address,
    portOf(target),
    ...more.map((each) => (each === 'localPort' ? portOf(host) : each)),
  ];
}
