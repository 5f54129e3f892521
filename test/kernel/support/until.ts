import type { ObservedHost } from '../../../lab/observe/observation.ts';
import { type SocketSelector, selects } from '../../../lab/observe/selector.ts';
import type { SocketRecord } from '../../../lab/observe/sock-diag.ts';

const DEADLINE_MS = 5_000;

/** Looks at a host until `satisfied` gives something. @throws Error that shows the last look, after five seconds if nothing else is said. */
export async function until<T>(
  observed: ObservedHost,
  wish: string,
  satisfied: (sockets: readonly SocketRecord[]) => T | undefined | false,
  deadlineMs = DEADLINE_MS,
): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const lateMs = performance.now() + deadlineMs;
  const stop = observed.witness.watch(({ sockets }) => {
    try {
      const result = satisfied(sockets);
      if (result !== undefined && result !== false) resolve(result);
      else if (performance.now() > lateMs) {
        reject(new Error(`${observed.host.name} never showed ${wish}: ${JSON.stringify(sockets)}`));
      }
    } catch (error) {
      reject(error);
    }
  }, reject);
  try {
    return await promise;
  } finally {
    stop();
  }
}

/** The row of a socket now. @throws Error when there is none, or more than one. */
export function row(observed: ObservedHost, selector: SocketSelector): SocketRecord {
  // Namespaces are looked at in this process: the look is the latest one when this call returns.
  void observed.witness.look();
  const rows = observed.witness.latest.sockets.filter((socket) => selects(selector, socket));
  if (rows.length !== 1 || rows[0] === undefined) throw new Error(`${rows.length} sockets instead of one`);
  return rows[0];
}
