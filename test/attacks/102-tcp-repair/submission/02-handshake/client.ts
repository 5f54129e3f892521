import { attempt, call, report } from './calls.ts';

const fd = call('socket', 2, 1, 6);
const one = Buffer.from([1, 0, 0, 0]);
report({
  repair: attempt('setsockopt', fd, 6, 19, one, 4),
  // SO_DEBUG and SO_RCVBUFFORCE.
  raise: attempt('setsockopt', fd, 1, 33, Buffer.from([0, 0, 0, 0x10]), 4),
  force: attempt('setsockopt', fd, 1, 32, Buffer.from([0, 0, 0, 0x10]), 4),
});
