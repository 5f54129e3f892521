import { attempt, call, report } from './calls.ts';
import { ask, attribute, word } from './netlink.ts';

const raw = call('socket', 2, 3, 255);
report({
  nftables: ask(12, 10 << 8, Buffer.concat([Buffer.from([1, 0, 0, 0]), attribute(1, Buffer.from('attack\0'))])),
  // IPT_SO_SET_REPLACE with a table.
  iptables: attempt('setsockopt', raw, 0, 64, Buffer.alloc(256), 256),
  qdisc: ask(0, 36, Buffer.concat([Buffer.from([0, 0, 0, 0]), word(2), word(0), word(0xffff_ffff), word(0), attribute(1, Buffer.from('netem\0'))])),
});
