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

/** Handles in use: koffi frees a poll handle that JavaScript has let go of, even while it is active. */
const active = new Set<Readiness>();

/** Calls `onReadable` each time `fd` has something to read, until stopped. */
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
  const handle = koffi.node.poll(descriptor(fd), events, () => callback());
  const readiness: Readiness = {
    stop() {
      if (!active.delete(readiness)) return;
      handle.stop();
      handle.close();
    },
    ref: () => handle.ref(),
    unref: () => handle.unref(),
    [Symbol.dispose]: () => readiness.stop(),
  };
  active.add(readiness);
  return readiness;
}
