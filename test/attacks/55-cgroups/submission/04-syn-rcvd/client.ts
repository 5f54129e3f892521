import { readdirSync } from 'node:fs';
import { attempt, report, tried } from './calls.ts';

report({
  sys: tried(() => readdirSync('/sys/fs/cgroup')),
  mount: attempt('mount', 'none', '/tmp', 'cgroup2', 0, null),
});
