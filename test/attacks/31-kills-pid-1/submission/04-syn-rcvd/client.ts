// Only in a PID namespace of its own, where there is nobody else.
import { readdirSync, statSync } from 'node:fs';
import { attempt, call, onlyInAPidNamespace, report } from './calls.ts';

onlyInAPidNamespace();
for (const signal of [9, 15, 19]) for (const pid of [1, process.ppid]) call('kill', pid, signal);
call('kill', -1, 9);
const mine = new Set(['1', String(process.pid)]);
const others = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && !mine.has(name));
report({
  others: others.length,
  whose: others.map((pid) => statSync(`/proc/${pid}`).uid).join(' '),
  parent: attempt('kill', process.ppid, 9),
});
