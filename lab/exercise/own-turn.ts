let lastTurn: Promise<unknown> = Promise.resolve();

/**
 * Waits for a turn of one's own. Making a network and starting a process keep this process busy for some milliseconds each; when
 * many runs do so at the same time, all of them get to look at their hosts between one turn and the next.
 */
export async function ownTurn(): Promise<void> {
  lastTurn = lastTurn.then(nextRound);
  await lastTurn;
}

/** Resolves in the next round of the event loop, when whatever was due has had its turn. */
function nextRound(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  setImmediate(resolve);
  return promise;
}
