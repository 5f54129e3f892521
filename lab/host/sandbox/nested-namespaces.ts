import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { grantToChildren } from '../../sys/capabilities.ts';
import { SandboxError } from './sandbox-error.ts';

/** A user namespace below the lab's, and a network namespace that belongs to it, both as descriptors that keep them alive. */
export interface NestedNamespaces {
  readonly user: number;
  readonly network: number;
}

/** What is said once both are there, and user namespaces below are forbidden. */
const READY = 'ready\n';
const HOLD = `echo 0 >/proc/sys/user/max_user_namespaces && echo ${READY.trim()} && read -r end`;
const COMMAND = [
  ...['--user', '--map-user=1000', '--map-group=1000', '--keep-caps', '--net'],
  ...['sh', '-c', HOLD],
];

/**
 * Makes a place in which a capability means that place alone: whoever has CAP_NET_RAW in the user namespace has it over the
 * network namespace in it, and over nothing of the lab's. The lab, its owner, has every capability over both. user_namespaces(7).
 *
 * Node cannot enter a user namespace itself, for it has threads; so a process makes both, and ends when they are held here.
 * @throws SandboxError
 */
export async function nestedNamespaces(): Promise<NestedNamespaces> {
  grantToChildren([]);
  const holder = spawn('unshare', COMMAND, { env: { PATH: process.env.PATH }, stdio: 'pipe' });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let said = '';
  const listen = (text: string): void => {
    said += text;
    if (said === READY) resolve();
  };
  holder.stdout.setEncoding('utf8').on('data', listen);
  holder.stderr.setEncoding('utf8').on('data', listen);
  holder.stdin.on('error', () => {});
  holder.once('error', reject);
  holder.once('close', () => reject(new Error(said.trim())));
  try {
    await promise;
    return open(holder.pid as number);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SandboxError(`no namespaces for untrusted programs could be made (${reason})`, cause);
  } finally {
    holder.stdin.end('\n');
  }
}

/** Lets go of both. */
export function closeNested({ user, network }: NestedNamespaces): void {
  closeSync(user);
  closeSync(network);
}

function open(pid: number): NestedNamespaces {
  const user = openSync(`/proc/${pid}/ns/user`, 'r');
  try {
    return { user, network: openSync(`/proc/${pid}/ns/net`, 'r') };
  } catch (error) {
    closeSync(user);
    throw error;
  }
}
