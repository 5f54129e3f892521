import { everyTick } from '../../observe/pulse.ts';

/** Asks at every tick until the answer is yes. @throws Error at the deadline. */
export async function until(done: () => boolean, deadlineMs: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const lateMs = performance.now() + deadlineMs;
  const stop = everyTick(() => {
    if (done()) resolve();
    else if (performance.now() > lateMs) reject(new Error(`not done after ${deadlineMs} ms`));
  });
  try {
    await promise;
  } finally {
    stop();
  }
}
