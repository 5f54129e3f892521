import type { Check } from './check.ts';
import type { Machine } from './machine.ts';

/** Everything but reading saved runs needs a Linux kernel. */
export function systemCheck(machine: Machine): Check {
  return {
    id: 'system',
    title: 'Linux',
    group: 'Machine, Node and packages',
    async run() {
      if (machine.platform === 'linux') {
        const where = machine.container === undefined ? '' : `, in a container (${machine.container})`;
        return {
          status: 'works',
          detail: `${machine.distribution.name}, ${machine.architecture}${where}`,
        };
      }
      return {
        status: 'missing',
        detail: `this is ${machine.platform}; the TCP states are those of a Linux kernel`,
        disables: 'Everything but reading the exercises and drawing saved runs.',
        remedy: ['Start ./tcplab in a Linux virtual machine: Lima or UTM on macOS, WSL 2 on Windows.'],
      };
    },
  };
}
