import { accessSync, constants, existsSync } from 'node:fs';
import type { Check, Finding } from './check.ts';
import { textOf } from './files.ts';
import type { Machine } from './machine.ts';

const MOUNT = '/sys/kernel/tracing';
const EVENT = 'events/sock/inet_sock_set_state/format';

interface TraceFacts {
  readonly readable: boolean;
  readonly root: boolean;
  readonly container: boolean;
  /** Whether the kernel knows the filesystem at all. */
  readonly known: boolean;
  readonly mounted: boolean;
}

/** The third witness: the kernel's own trace of every change of state. Root only, and nothing needs it. */
export function traceCheck(machine: Machine): Check {
  return {
    id: 'trace',
    title: 'tracefs',
    group: 'Grading, Docker, third witness',
    run: async () =>
      traceFinding({
        readable: [MOUNT, '/sys/kernel/debug/tracing'].some((mount) => isReadable(`${mount}/${EVENT}`)),
        root: machine.root,
        container: machine.container !== undefined,
        known: /\ttracefs$/m.test(textOf('/proc/filesystems') ?? ''),
        mounted:
          existsSync(`${MOUNT}/events`) ||
          / \/sys\/kernel\/(debug\/)?tracing /.test(textOf('/proc/self/mounts') ?? ''),
      }),
  };
}

export function traceFinding({ readable, root, container, known, mounted }: TraceFacts): Finding {
  const adds = 'a third witness, which also sees states too short for the others';
  if (readable)
    return { status: 'works', detail: 'inet_sock_set_state is there to trace: tour --trace, play --trace' };
  if (!known) return { status: 'optional', detail: `this kernel has none; it adds ${adds}` };
  if (!root) return { status: 'optional', detail: `for root only; it adds ${adds}` };
  if (mounted)
    return { status: 'optional', detail: `without inet_sock_set_state (Linux 4.16); it adds ${adds}` };
  const mount = { run: `mount -t tracefs tracefs ${MOUNT}` };
  return {
    status: 'optional',
    detail: `not mounted; it adds ${adds}`,
    ...(container ? {} : { remedy: [mount] }),
  };
}

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
