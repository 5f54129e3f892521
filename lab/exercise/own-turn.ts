import { setImmediate } from 'node:timers/promises';

let lastTurn: Promise<void> = Promise.resolve();

/**
 * Waits for a turn of one's own. Making a network and starting a process keep this process busy for some milliseconds each; when
 * many runs do so at the same time, all of them get to look at their hosts between one turn and the next.
 */
export async function ownTurn(): Promise<void> {
  lastTurn = lastTurn.then(() => setImmediate());
  await lastTurn;
}
