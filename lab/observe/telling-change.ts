import type { SocketRecord } from './sock-diag.ts';

/** A timer that runs down is no change of a row; queues, retransmissions and ownership are. */
export function tellingChange(before: SocketRecord, after: SocketRecord): boolean {
  return (
    before.receiveQueue !== after.receiveQueue ||
    before.sendQueue !== after.sendQueue ||
    before.retransmits !== after.retransmits ||
    before.timer !== after.timer ||
    (before.inode === 0) !== (after.inode === 0)
  );
}
