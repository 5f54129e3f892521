// What it writes is what is there already, or harmless.
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';

if (process.pid > 50) process.exit(99);
const files = [
  '/proc/1/mem',
  '/proc/1/oom_score_adj',
  '/proc/1/clear_refs',
  `/proc/${process.ppid}/mem`,
  `/proc/${process.ppid}/comm`,
  `/proc/${process.ppid}/oom_score_adj`,
  '/proc/self/oom_score_adj',
  '/proc/self/comm',
  '/proc/self/setgroups',
  '/proc/self/uid_map',
  '/proc/self/loginuid',
  '/proc/self/timerslack_ns',
  '/proc/self/attr/current',
  '/proc/sysrq-trigger',
  '/proc/sys/kernel/hostname',
  '/proc/sys/kernel/core_pattern',
  '/proc/sys/kernel/pid_max',
  '/proc/sys/kernel/ns_last_pid',
  '/proc/sys/user/max_user_namespaces',
  '/proc/sys/vm/drop_caches',
  '/proc/irq/default_smp_affinity',
];
const written = files.filter((file) => {
  try {
    let same = '0';
    try {
      same = file.endsWith('/mem') ? '' : readFileSync(file, 'utf8');
    } catch {
      // Not to be read.
    }
    if (same === '') closeSync(openSync(file, 'r+'));
    else writeFileSync(file, same);
    return true;
  } catch {
    return false;
  }
});
const foreign = written.filter((file) => !file.startsWith('/proc/self/'));
console.log(JSON.stringify({ written: written.join(' '), foreign: foreign.join(' ') }));
