import { report } from './calls.ts';
import { ask, attribute, word } from './netlink.ts';

const ROUTE = 0;
const [server = ''] = process.argv.slice(2);
const address = Buffer.from(server.split('.').map(Number));
report({
  address: ask(ROUTE, 20, Buffer.concat([Buffer.from([2, 32, 0, 0, 1, 0, 0, 0]), attribute(2, address), attribute(1, address)])),
  route: ask(ROUTE, 24, Buffer.concat([Buffer.from([2, 32, 0, 0, 254, 4, 253, 1, 0, 0, 0, 0]), attribute(1, address), attribute(4, word(1))])),
  neighbour: ask(ROUTE, 28, Buffer.concat([Buffer.from([2, 0, 0, 0, 2, 0, 0, 0, 0x80, 0, 0, 0]), attribute(1, address), attribute(2, Buffer.alloc(6, 2))])),
  rule: ask(ROUTE, 32, Buffer.from([2, 0, 0, 0, 254, 0, 0, 1, 0, 0, 0, 0])),
  link: ask(ROUTE, 16, Buffer.concat([Buffer.alloc(16), attribute(3, Buffer.from('attack0\0')), attribute(18, attribute(1, Buffer.from('dummy')))])),
});
