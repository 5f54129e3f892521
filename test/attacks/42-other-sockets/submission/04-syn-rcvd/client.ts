import { closeSync } from 'node:fs';
import { attempt, call, report } from './calls.ts';

const opens = (family: number, type: number, protocol: number): boolean => {
  const fd = call('socket', family, type, protocol);
  if (fd >= 0) closeSync(fd);
  return fd >= 0;
};
const range = (length: number): number[] => Array.from({ length }, (_, n) => n);
report({
  families: range(47).filter((family) => [1, 2, 3, 5].some((type) => opens(family, type, 0))).join(' '),
  netlinks: range(24).filter((protocol) => opens(16, 3, protocol)).join(' '),
  mptcp: attempt('socket', 2, 1, 262),
  sctp: attempt('socket', 2, 1, 132),
  packet: attempt('socket', 17, 3, 0x0300),
  vsock: attempt('socket', 40, 1, 0),
  alg: attempt('socket', 38, 5, 0),
});
