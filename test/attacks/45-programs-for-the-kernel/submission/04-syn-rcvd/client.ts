import { attempt, call, report } from './calls.ts';

const map = Buffer.alloc(128);
for (const [n, value] of [1, 4, 4, 1].entries()) map.writeUInt32LE(value, 4 * n);
const perf = Buffer.alloc(128);
perf.writeUInt32LE(1, 0);
perf.writeUInt32LE(128, 4);
const fd = call('socket', 2, 2, 0);
report({
  map: attempt('bpf', 0, map, 128),
  load: attempt('bpf', 5, Buffer.alloc(128), 128),
  perf: attempt('perf_event_open', perf, 0, -1, -1, 0),
  userfaultfd: attempt('userfaultfd', 1),
  fanotify: attempt('fanotify_init', 0, 0),
  // SO_ATTACH_BPF takes a program that there is none of.
  filter: attempt('setsockopt', fd, 1, 50, Buffer.alloc(4), 4) === 'ok' ? 'ok' : 'EPERM',
});
