import { interfaceName } from './arguments.ts';
import { SystemCallError } from './errno.ts';
import { libcIoctl, libcSocket } from './libc.ts';
import { freeNativeMemory, nativeMemory } from './memory.ts';
import { closeDescriptor, SOCK_CLOEXEC } from './socket.ts';
import { AF_INET } from './socket-address.ts';
import { checked } from './system-call.ts';

const SOCK_DGRAM = 2;
const SIOCETHTOOL = 0x8946;
const ETHTOOL_STXCSUM = 0x17;

/**
 * Switches off the offload of transmit checksums, and with it segmentation offload, which the kernel never does without.
 * What is captured is then what a wire would carry: before, a virtual link shows wrong checksums and 64 KiB frames. Runs in
 * the calling thread's namespace. ethtool(8), netdev-features.rst.
 * @throws SystemCallError, except for a driver that has no such offload.
 */
export function switchOffloadOff(name: string): void {
  interfaceName(name);
  const fd = checked('socket', () => libcSocket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  const memory = nativeMemory(64);
  const request = memory.bytes.subarray(0, 40);
  const command = memory.bytes.subarray(48, 56);
  try {
    request.write(name, 0, 'latin1');
    request.writeBigUInt64LE(memory.address + 48n, 16);
    command.writeUInt32LE(ETHTOOL_STXCSUM, 0);
    command.writeUInt32LE(0, 4);
    checked('ioctl', () => libcIoctl(fd, SIOCETHTOOL, memory.address), `(ethtool ${name})`);
  } catch (error) {
    if (!(error instanceof SystemCallError && error.code === 'EOPNOTSUPP')) throw error;
  } finally {
    freeNativeMemory(memory);
    closeDescriptor(fd);
  }
}
