import { closeSync, openSync } from 'node:fs';
import { descriptor } from './arguments.ts';
import { checked, libcSetns, libcUnshare } from './libc.ts';

const CLONE_NEWNET = 0x4000_0000;

/**
 * Network namespaces as descriptors. setns(2) moves only the calling thread, and Node opens the sockets of `node:net`
 * later and possibly elsewhere: so a namespace is entered for one synchronous call and left at once.
 */
let home: number | undefined;

function homeNamespace(): number {
  home ??= openSync('/proc/thread-self/ns/net', 'r');
  return home;
}

/** Makes a network namespace and gives a descriptor that keeps it alive. @throws SystemCallError EPERM, ENOSPC. */
export function newNetworkNamespace(): number {
  const back = homeNamespace();
  checked('unshare', () => libcUnshare(CLONE_NEWNET), '(network namespace)');
  try {
    return openSync('/proc/thread-self/ns/net', 'r');
  } finally {
    checked('setns', () => libcSetns(back, CLONE_NEWNET), '(back home)');
  }
}

/**
 * Runs `work` inside a network namespace. `work` must be synchronous: what it opens or spawns belongs to that
 * namespace, what happens after it returns does not.
 * @throws TypeError when `work` returns a promise, for then part of it ran at home.
 */
export function inNamespace<T>(namespace: number, work: () => T): T {
  const back = homeNamespace();
  checked('setns', () => libcSetns(descriptor(namespace), CLONE_NEWNET));
  try {
    const result = work();
    if (result instanceof Promise) throw new TypeError('work in a namespace must be synchronous');
    return result;
  } finally {
    checked('setns', () => libcSetns(back, CLONE_NEWNET), '(back home)');
  }
}

/** Lets go of a namespace. The kernel removes it, with its interfaces, when the last process and socket in it are gone. */
export function closeNamespace(namespace: number): void {
  closeSync(namespace);
}
