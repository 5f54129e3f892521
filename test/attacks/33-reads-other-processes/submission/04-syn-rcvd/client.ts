import { openSync } from 'node:fs';
import { attempt, call, report, tried } from './calls.ts';

const area = Buffer.alloc(64);
const vector = Buffer.alloc(16);
report({
  attach: attempt('ptrace', 16, 1, 0, 0),
  seize: attempt('ptrace', 0x4206, 1, 0, 0),
  traceme: attempt('ptrace', 0, 0, 0, 0),
  read: attempt('process_vm_readv', 1, vector, 1, vector, 1, 0),
  write: attempt('process_vm_writev', 1, vector, 1, vector, 1, 0),
  kcmp: attempt('kcmp', process.pid, 1, 0, 0, 0),
  descriptor: attempt('pidfd_getfd', call('pidfd_open', 1, 0), 0, 0),
  madvise: attempt('process_madvise', 0, area, 1, 0, 0),
  mem: tried(() => openSync('/proc/1/mem', 'r+')),
});
