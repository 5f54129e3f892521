import { realtimeNs } from './clock.ts';
import {
  libcBind,
  libcGetsockname,
  libcIoctl,
  libcRecv,
  libcSendto,
  libcSetsockopt,
  libcSocket,
} from './libc.ts';
import { closeDescriptor, SOCK_CLOEXEC } from './socket.ts';
import { AF_INET, encodeSocketAddress } from './socket-address.ts';
import { checked } from './system-call.ts';

const SOCK_DGRAM = 2;
const SOL_SOCKET = 1;
const SO_TIMESTAMPNS = 35;
const SIOCGSTAMPNS = 0x8907;
const STAMPING_MS = 2_000;

/** Kept open, at home, for as long as this process lives. */
let keeper: number | undefined;

/**
 * Has the kernel note when each packet arrives. It does so only while some socket asks for it, and begins a while after
 * the first one has: a packet that comes before gets the time at which it is read. socket(7), SO_TIMESTAMPNS.
 * @param enter runs work where the loopback interface is up.
 * @throws Error after two seconds.
 */
export function stampArrivals(enter: (work: () => void) => void): void {
  if (keeper !== undefined) return;
  const fd = datagramSocket();
  const on = Buffer.alloc(4);
  on.writeInt32LE(1, 0);
  checked(
    'setsockopt',
    () => libcSetsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, on, on.length),
    'SO_TIMESTAMPNS',
  );
  keeper = fd;
  enter(untilStamped);
}

/** Sends datagrams to itself until one is stamped earlier than it is read. */
function untilStamped(): void {
  const fd = datagramSocket();
  try {
    const address = encodeSocketAddress({ address: '127.0.0.1', port: 0 });
    const length = Buffer.alloc(4);
    length.writeUInt32LE(address.length, 0);
    checked('bind', () => libcBind(fd, address, address.length), '(loopback)');
    checked('getsockname', () => libcGetsockname(fd, address, length));
    const lateMs = performance.now() + STAMPING_MS;
    while (!isStamped(fd, address)) {
      if (performance.now() > lateMs) throw new Error('this kernel does not note when packets arrive');
    }
  } finally {
    closeDescriptor(fd);
  }
}

function isStamped(fd: number, address: Buffer): boolean {
  const byte = Buffer.alloc(1);
  checked('sendto', () => libcSendto(fd, byte, 1, 0, address, address.length), '(loopback)');
  const beforeNs = realtimeNs();
  checked('recv', () => libcRecv(fd, byte, 1, 0), '(loopback)');
  const stamp = Buffer.alloc(16);
  checked('ioctl', () => libcIoctl(fd, SIOCGSTAMPNS, stamp), 'SIOCGSTAMPNS');
  return stamp.readBigInt64LE(0) * 1_000_000_000n + stamp.readBigInt64LE(8) <= beforeNs;
}

function datagramSocket(): number {
  return checked('socket', () => libcSocket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
}
