import { libcPrctl } from './libc.ts';
import { checked } from './system-call.ts';

const PR_CAP_AMBIENT = 47;
const AMBIENT = { raise: 2, lower: 3, clearAll: 4 } as const;

/** Capabilities by name, as capabilities(7) numbers them. */
export const CAPABILITY = { NET_ADMIN: 12, NET_RAW: 13, SYS_ADMIN: 21 } as const;

/**
 * Says which capabilities the programs spawned from now on will have: the ambient set of the calling thread, which
 * execve(2) hands on. This thread keeps its own. capabilities(7), prctl(2).
 */
export function grantToChildren(names: readonly (keyof typeof CAPABILITY)[]): void {
  checked(
    'prctl',
    () => libcPrctl(PR_CAP_AMBIENT, AMBIENT.clearAll, 0, 0, 0),
    '(clear ambient capabilities)',
  );
  for (const name of names) {
    checked(
      'prctl',
      () => libcPrctl(PR_CAP_AMBIENT, AMBIENT.raise, CAPABILITY[name], 0, 0),
      `(ambient ${name})`,
    );
  }
}
