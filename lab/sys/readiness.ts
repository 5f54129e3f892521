import { fstatSync } from 'node:fs';
import koffi from 'koffi';
import { descriptor } from './arguments.ts';

/**
 * Tells when a descriptor can be read, on libuv's own event loop (uv_poll): no thread waits and nothing is polled.
 * The koffi call is not documented, so this is the only file that makes it.
 */
export interface Readiness extends Disposable {
  /** Stops watching. The descriptor stays open; close it only after this. */
  stop(): void;
  /** Whether watching keeps the process alive; it does at first. */
  ref(): void;
  unref(): void;
}

/** Handles in use, by descriptor: koffi frees a poll handle that JavaScript has let go of, even while it is active. */
const active = new Map<number, Readiness>();

/** Calls `onReadable` each time `fd` has something to read, until stopped. A descriptor has one watch at a time. */
export function whenReadable(fd: number, onReadable: () => void): Readiness {
  return watch(fd, { readable: true }, onReadable);
}

/** Calls `onWritable` each time `fd` can be written (for a connecting socket: has connected or failed), until stopped. */
export function whenWritable(fd: number, onWritable: () => void): Readiness {
  return watch(fd, { writable: true }, onWritable);
}

function watch(
  fd: number,
  events: { readable?: boolean; writable?: boolean },
  callback: () => void,
): Readiness {
  refuseUnwatchable(fd);
  const handle = koffi.node.poll(fd, events, () => callback());
  const readiness: Readiness = {
    stop() {
      if (active.get(fd) !== readiness) return;
      active.delete(fd);
      handle.stop();
      handle.close();
    },
    ref: () => handle.ref(),
    unref: () => handle.unref(),
    [Symbol.dispose]: () => readiness.stop(),
  };
  active.set(fd, readiness);
  return readiness;
}

/** koffi ends the whole process when libuv refuses a descriptor, so what libuv refuses is found out first. */
function refuseUnwatchable(fd: number): void {
  const stat = fstatSync(descriptor(fd));
  if (stat.isFile() || stat.isDirectory())
    throw new Error(`descriptor ${fd} is a file, which is always ready`);
  if (active.has(fd)) throw new Error(`descriptor ${fd} is being watched already; stop that watch first`);
}
