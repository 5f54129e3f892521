import type { Check, Finding } from './check.ts';
import { type Installing, installSteps } from './install.ts';
import { firstLine, type LoadFailure } from './loading.ts';
import type { Machine } from './machine.ts';

const LIBRARY = 'libnftables.so.1';

/** libnftables makes and opens gates. It is loaded by koffi, so koffi comes first. */
export function libnftablesCheck(
  machine: Machine,
  koffi: () => Promise<LoadFailure | undefined>,
  load: () => Promise<LoadFailure | undefined>,
): Check {
  return {
    id: 'libnftables',
    title: 'libnftables',
    group: 'Machine, Node and packages',
    async run() {
      const [koffiFailure, failure] = await Promise.all([koffi(), load()]);
      if (koffiFailure !== undefined) return { status: 'untried', detail: 'koffi first' };
      return libnftablesFinding(failure, machine);
    },
  };
}

export function libnftablesFinding(failure: LoadFailure | undefined, machine: Installing): Finding {
  if (failure === undefined) return { status: 'works', detail: `${LIBRARY} loads` };
  const absent = /cannot open shared object|No such file/.test(failure.message);
  return {
    status: absent ? 'missing' : 'broken',
    detail: absent ? `no ${LIBRARY} here` : `${LIBRARY} does not load: ${firstLine(failure.message)}`,
    disables: 'Every gate, and so every state that has to be held: most of the tour and of the exercises.',
    remedy: installSteps([LIBRARY], machine),
    install: [LIBRARY],
  };
}
