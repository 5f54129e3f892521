import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { tryLockFile } from '../../sys/file-lock.ts';

/** The first user id of slots: above those that systems give to people and services, and to containers by default. */
const FIRST_UID = 200_001;
const LAST_UID = 299_999;

/** Where labs that run as root on this machine tell each other which ids they use: a locked file for each. */
const USED = '/run/tcplab-slot-users';

/** The user id of a slot. */
export interface SlotUser {
  readonly uid: number;
  /** Lets others have the id. When this process ends, whichever way, the kernel does. */
  release(): void;
}

/**
 * For root: an id that no other slot on this machine has now, the n-th or a later one. Limits on processes count by user, so two
 * slots with the same id would take them from each other. Everybody else has one id, for all.
 */
export function takeSlotUser(n: number): SlotUser {
  const own = process.getuid?.() ?? 0;
  if (own !== 0) return { uid: own, release() {} };
  mkdirSync(USED, { recursive: true, mode: 0o700 });
  for (let uid = FIRST_UID + n; uid <= LAST_UID; uid++) {
    const fd = openSync(join(USED, String(uid)), 'w', 0o600);
    if (tryLockFile(fd)) return { uid, release: () => closeSync(fd) };
    closeSync(fd);
  }
  throw new RangeError(`all user ids for slots are in use, up to ${LAST_UID}`);
}
