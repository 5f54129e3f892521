import type { SceneHost } from './scene.ts';

/** The connection that is meant: by its local port, its remote one, or both. */
export interface Ports {
  readonly localPort?: number;
  readonly remotePort?: number;
}

/**
 * Waits until the kernel of a host has sent a FIN again: the timer of a socket in FIN_WAIT_1, which only ever counts down, has started
 * anew. RFC 6298, section 5. @throws WaitError, LabFault.
 */
export async function sendsFinAgain(host: SceneHost, { localPort, remotePort }: Ports): Promise<void> {
  let lastMs = Number.POSITIVE_INFINITY;
  await host.until(
    'to send its FIN again',
    (sockets) => {
      const socket = sockets.find(
        ({ state, local, remote }) =>
          state === 'FIN_WAIT_1' &&
          (localPort ?? local.port) === local.port &&
          (remotePort ?? remote.port) === remote.port,
      );
      const again = socket !== undefined && socket.timerMs > lastMs;
      lastMs = socket?.timerMs ?? lastMs;
      return again;
    },
    { patient: true },
  );
}
