// Only in a PID namespace of its own. Nobody continues it: whoever runs it ends it.
import { call, onlyInAPidNamespace } from './calls.ts';

onlyInAPidNamespace();
setTimeout(() => process.exit(), 12_000);
call('kill', 1, 19);
call('kill', -1, 19);
call('kill', process.pid, 19);
