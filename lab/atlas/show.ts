import type { Scene, SceneHost } from '../exercise/scene.ts';
import type { SocketSelector } from '../observe/selector.ts';
import type { SocketRecord } from '../observe/sock-diag.ts';
import type { State } from '../tcp/states.ts';

/** What a segment that was dropped takes to be sent again after some timeouts, in milliseconds. */
const TIMER_MS = 10_000;

/** Waits until a host's socket is in a state (CLOSED: until it is gone), and has ss print it. */
export async function shown(
  host: SceneHost,
  state: State,
  socket: SocketSelector,
): Promise<SocketRecord | undefined> {
  const row = await host.reaches(state, { ...socket, deadlineMs: TIMER_MS });
  await host.ss();
  return row;
}

/**
 * Waits until the server's program holds a connection. A program that is ended before leaves one that nobody has accepted, and that its kernel
 * resets instead of closing. net/ipv4/inet_connection_sock.c, inet_child_forget().
 */
export async function accepted({ server, plan }: Scene): Promise<void> {
  await server.until('to accept the connection', (sockets) =>
    sockets.some(({ inode, local, remote }) => inode !== 0 && local.port === plan.port && remote.port !== 0),
  );
}

/** Starts the part `server`, and waits until it listens on the plan's port. */
export async function serve({ server }: Scene): Promise<void> {
  await server.start('server');
  await server.listens();
}
