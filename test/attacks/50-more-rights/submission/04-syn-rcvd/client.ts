import { chmodSync, copyFileSync, readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { attempt, report, tried } from './calls.ts';

const header = Buffer.alloc(8);
header.writeUInt32LE(0x2008_0522, 0);
const status = readFileSync('/proc/self/status', 'utf8');
const field = (name: string): string => new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(status)?.[1] ?? '';
tried(() => copyFileSync('/bin/sh', '/tmp/sh'));
tried(() => chmodSync('/tmp/sh', 0o6755));
spawnSync('/tmp/sh', ['-c', 'true']);
const limit = Buffer.alloc(16);
limit.writeBigUInt64LE(1n << 40n, 0);
limit.writeBigUInt64LE(1n << 40n, 8);
report({
  setuid: attempt('setuid', 0),
  setgid: attempt('setgid', 0),
  capset: attempt('capset', header, Buffer.alloc(24, 0xff)),
  nice: attempt('setpriority', 0, 0, -20),
  realtime: attempt('sched_setscheduler', 0, 1, Buffer.from([1, 0, 0, 0])),
  limit: attempt('prlimit64', 0, 7, limit, null),
  effective: field('CapEff'),
  bounding: field('CapBnd'),
  noNewPrivs: field('NoNewPrivs'),
  uids: `${process.getuid?.()} ${process.geteuid?.()}`,
});
