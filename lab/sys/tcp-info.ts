import { type State, stateOfKernel } from '../tcp/states.ts';
import { libcGetsockopt } from './libc.ts';
import { checked } from './system-call.ts';

const IPPROTO_TCP = 6;
const TCP_INFO = 11;

/** The part of `struct tcp_info` that every kernel since 4.x fills in. Times in microseconds, as the kernel gives them. */
export interface TcpInfo {
  readonly state: State;
  readonly retransmits: number;
  readonly probes: number;
  readonly backoff: number;
  readonly rtoUs: number;
  readonly sendMss: number;
  readonly unacked: number;
  readonly totalRetransmits: number;
  readonly rttUs: number;
  readonly sendCongestionWindow: number;
}

/** getsockopt(TCP_INFO) of a socket of this process. tcp(7), include/uapi/linux/tcp.h. */
export function readTcpInfo(fd: number): TcpInfo {
  const info = Buffer.alloc(256);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(info.length, 0);
  checked('getsockopt', () => libcGetsockopt(fd, IPPROTO_TCP, TCP_INFO, info, length), 'TCP_INFO');
  return {
    state: stateOfKernel(info[0] as number),
    retransmits: info[2] as number,
    probes: info[3] as number,
    backoff: info[4] as number,
    rtoUs: info.readUInt32LE(8),
    sendMss: info.readUInt32LE(16),
    unacked: info.readUInt32LE(24),
    rttUs: info.readUInt32LE(68),
    sendCongestionWindow: info.readUInt32LE(80),
    totalRetransmits: info.readUInt32LE(100),
  };
}
