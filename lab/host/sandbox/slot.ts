import { IN_NAMESPACES } from '../namespaces/enter.ts';
import type { SlotGroups } from './control-groups.ts';
import { makeSlotGroups, removeSlotGroups, workerGroup } from './slot-groups.ts';
import { takeSlotUser } from './slot-user.ts';

/** What a slot's worker is told by the process that has started it, as plain data. */
export interface SlotOrders {
  /** Undefined where only rlimits limit programs. */
  readonly groups?: SlotGroups;
}

/** A place for one worker of the lab, and the untrusted programs that it runs one after another. */
export interface Slot extends Disposable {
  /** The user id, on the machine, of everything in it. */
  readonly uid: number;
  /** For `Sandbox.open` in the worker. */
  readonly orders: SlotOrders;
  /** What to put before the worker's own command. */
  readonly command: readonly string[];
  /** To be called when its worker has ended. */
  [Symbol.dispose](): void;
}

/**
 * Prepares the n-th slot, counted from 0. Root gives each a user id of its own, so that programs in different slots can do
 * nothing to each other; everybody else has one id for all.
 */
export function prepareSlot(n: number): Slot {
  const root = process.getuid?.() === 0;
  const user = takeSlotUser(n);
  const { uid } = user;
  const groups = makeSlotGroups(uid);
  const procs = workerGroup(groups);
  return {
    uid,
    orders: groups === undefined ? {} : { groups },
    command: [
      ...(procs === undefined ? [] : ['sh', '-c', 'echo $$ >"$0" && exec "$@"', procs]),
      ...(root ? ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', '--inh-caps=-all'] : []),
      ...(root ? ['--bounding-set=-all', '--'] : []),
      ...IN_NAMESPACES,
    ],
    [Symbol.dispose]() {
      if (groups !== undefined) removeSlotGroups(groups);
      user.release();
    },
  };
}
