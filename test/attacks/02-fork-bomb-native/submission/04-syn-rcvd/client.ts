// Bounded: 300 children, which end after 10 s.
import { libc, onlyInAPidNamespace } from './calls.ts';

onlyInAPidNamespace();
const fork = libc.func('int fork()');
const sleep = libc.func('unsigned int sleep(unsigned int)');
const end = libc.func('void _exit(int)');
for (let n = 0; n < 300; n += 1) {
  if (fork() === 0) {
    sleep(10);
    end(0);
  }
}
setTimeout(() => process.exit(), 10_000);
