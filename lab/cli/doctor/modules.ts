import { existsSync } from 'node:fs';
import type { Step } from './check.ts';
import type { Machine } from './machine.ts';

/** How to get a part of the kernel. @param modules that hold it, empty when it is never one. @param installed whether this kernel's modules are on disk. */
export function moduleSteps(
  modules: string,
  machine: Pick<Machine, 'kernel' | 'sudo' | 'container' | 'distribution'>,
  installed: boolean = existsSync(`/lib/modules/${machine.kernel}`),
): readonly Step[] {
  if (modules === '') return ['Start a kernel of your distribution.'];
  const load: Step = { run: `${machine.sudo}modprobe -a ${modules}` };
  if (machine.container !== undefined) return ['On the machine outside the container:', load];
  if (!installed) {
    return [
      `The modules of the running kernel (${machine.kernel}) are not on disk. After an upgrade of the kernel, start the machine again. If that was not it, this kernel was made without ${modules.replaceAll(' ', ', ')}: start one of your distribution.`,
    ];
  }
  return [load, ...extraModules(machine)];
}

/** Distributions that put less common modules into a package of their own. */
function extraModules({
  distribution,
  kernel,
  sudo,
}: Pick<Machine, 'distribution' | 'kernel' | 'sudo'>): Step[] {
  if (distribution.id === 'ubuntu') {
    return ['If there is no such module:', { run: `${sudo}apt-get install linux-modules-extra-${kernel}` }];
  }
  if (distribution.manager === 'dnf') {
    return ['If there is no such module:', { run: `${sudo}dnf install kernel-modules-${kernel}` }];
  }
  return [];
}
