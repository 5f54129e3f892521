import { attempt, onlyInAPidNamespace, report } from './calls.ts';

onlyInAPidNamespace();
const BIND = 4_096;
const REMOUNT = 32;
report({
  tmpfs: attempt('mount', 'none', '/tmp', 'tmpfs', 0, null),
  proc: attempt('mount', 'proc', '/proc', 'proc', 0, null),
  bind: attempt('mount', '/tmp', '/submission', '', BIND, null),
  remount: attempt('mount', 'none', '/', '', REMOUNT | BIND, null),
  umount: attempt('umount2', '/submission', 2),
  fsopen: attempt('fsopen', 'tmpfs', 0),
  open_tree: attempt('open_tree', -100, '/', 1),
  move_mount: attempt('move_mount', -100, '/tmp', -100, '/submission', 0),
  mount_setattr: attempt('mount_setattr', -100, '/', 0, Buffer.alloc(32), 32),
  pivot_root: attempt('pivot_root', '/tmp', '/tmp'),
  chroot: attempt('chroot', '/tmp'),
  swapon: attempt('swapon', '/tmp/none', 0),
  quotactl: attempt('quotactl', 0, '/tmp', 0, null),
});
