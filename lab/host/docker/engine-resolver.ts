import { spawn } from 'node:child_process';
import { outcome } from '../tool.ts';

/** Where the engine answers name queries, inside of every container's own network namespace. */
export const RESOLVER = '127.0.0.11';

/**
 * Ends the listener of the engine's resolver in this network namespace: a host of the lab has the sockets of its programs, and no
 * others. A kernel without CONFIG_INET_DIAG_DESTROY keeps it; the observer then leaves its row out. ss(8), --kill.
 */
export async function endResolver(): Promise<void> {
  const args = ['--kill', '--no-header', '--tcp', '--all', 'src', RESOLVER];
  await outcome('ss', spawn('ss', args, { stdio: 'ignore' }));
}
