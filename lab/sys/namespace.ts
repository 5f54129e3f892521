import { closeSync, openSync } from 'node:fs';
import { descriptor } from './arguments.ts';
import { libcSetns, libcUnshare } from './libc.ts';
import { checked } from './system-call.ts';

const CLONE_NEWNET = 0x4000_0000;

/**
 * Network namespaces as descriptors. setns(2) moves only the calling thread, and Node opens the sockets of `node:net`
 * later and possibly elsewhere: so a namespace is entered for one synchronous call and left at once.
 */
let current: number | undefined;

/** The namespace this thread is in; the first time that is its home. */
function currentNamespace(): number {
  current ??= openSync('/proc/thread-self/ns/net', 'r');
  return current;
}

/** Makes a network namespace and gives a descriptor that keeps it alive. @throws SystemCallError EPERM, ENOSPC. */
export function newNetworkNamespace(): number {
  const back = currentNamespace();
  checked('unshare', () => libcUnshare(CLONE_NEWNET), '(network namespace)');
  try {
    return openSync('/proc/thread-self/ns/net', 'r');
  } finally {
    checked('setns', () => libcSetns(back, CLONE_NEWNET), '(back)');
  }
}

/**
 * Runs `work` inside a network namespace. `work` must be synchronous: what it opens or spawns belongs to that
 * namespace, what happens after it returns does not.
 * @throws TypeError when `work` returns a promise, for then part of it ran at home.
 */
export function inNamespace<T>(namespace: number, work: () => T): T {
  const back = currentNamespace();
  checked('setns', () => libcSetns(descriptor(namespace), CLONE_NEWNET));
  current = namespace;
  try {
    const result = work();
    if (!(result instanceof Promise)) return result;
    result.catch(() => {});
    throw new TypeError('work in a namespace must be synchronous');
  } finally {
    checked('setns', () => libcSetns(back, CLONE_NEWNET), '(back)');
    current = back;
  }
}

/** Lets go of a namespace. The kernel removes it, with its interfaces, when the last process and socket in it are gone. */
export function closeNamespace(namespace: number): void {
  closeSync(namespace);
}
