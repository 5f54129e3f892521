// What it asks for would change nothing, even where it was allowed.
import { attempt, onlyInAPidNamespace, report } from './calls.ts';

onlyInAPidNamespace();
const now = Buffer.alloc(16);
now.writeBigInt64LE(BigInt(Math.floor(Date.now() / 1_000)));
report({
  init_module: attempt('init_module', null, 0, ''),
  finit_module: attempt('finit_module', -1, '', 0),
  delete_module: attempt('delete_module', 'no_such_module', 0),
  kexec_load: attempt('kexec_load', 0, -1, null, 0),
  // Ctrl-Alt-Del does not restart at once.
  reboot: attempt('reboot', 0xfee1_dead, 672_274_793, 0, null),
  syslog: attempt('syslog', 3, Buffer.alloc(64), 64),
  clock_settime: attempt('clock_settime', 0, now),
  clock_adjtime: attempt('clock_adjtime', 0, Buffer.alloc(208)),
  adjtimex: attempt('adjtimex', Buffer.alloc(208)),
  sethostname: attempt('sethostname', 'client', 6),
  setdomainname: attempt('setdomainname', 'client', 6),
  swapoff: attempt('swapoff', '/tmp/none'),
  acct: attempt('acct', '/tmp/none'),
  personality: attempt('personality', 0xffff_ffff),
});
