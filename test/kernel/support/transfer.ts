import { whenReadable, whenWritable } from '../../../lab/sys/readiness.ts';
import type { KernelSocket } from '../../../lab/sys/socket.ts';

/** Reads `length` bytes, or up to the end of the stream. @returns how many bytes came. */
export async function take(socket: KernelSocket, length = Number.MAX_SAFE_INTEGER): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  let total = 0;
  using _ = whenReadable(socket.fd, () => {
    try {
      for (let bytes = socket.receive(); bytes !== undefined; bytes = socket.receive()) {
        total += bytes.length;
        if (bytes.length === 0 || total >= length) return resolve(total);
      }
    } catch (error) {
      reject(error);
    }
  });
  return await promise;
}

/** Hands `bytes` to the kernel, all of them. */
export async function give(socket: KernelSocket, bytes: Uint8Array): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let sent = 0;
  using _ = whenWritable(socket.fd, () => {
    try {
      sent += socket.send(bytes.subarray(sent)) ?? 0;
      if (sent === bytes.length) resolve();
    } catch (error) {
      reject(error);
    }
  });
  await promise;
}
