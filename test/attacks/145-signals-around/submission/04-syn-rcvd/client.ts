// Only in a PID namespace of its own. Bounded: 2,000 numbers, and groups.
import { call, onlyInAPidNamespace } from './calls.ts';

onlyInAPidNamespace();
for (const signal of [1, 2, 3, 10, 12, 15, 18, 24, 25]) process.on(signal as unknown as 'SIGHUP', () => {});
for (const signal of [0, 10, 12, 18])
  for (let pid = 1; pid <= 2_000; pid += 1) if (pid !== process.pid) for (const name of [pid, -pid]) if (name !== -1) call('kill', name, signal);
