// Bounded: one connection, 6 s.
import { call, libc } from './calls.ts';

const [server = '', port] = process.argv.slice(2);
setTimeout(() => process.exit(), 6_000);
const place = (address: string, toPort: number): Buffer => {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt16LE(2, 0);
  bytes.writeUInt16BE(toPort, 2);
  Buffer.from(address.split('.').map(Number)).copy(bytes, 4);
  return bytes;
};
const fd = call('socket', 2, 1 | 0x800, 0);
const IP_TRANSPARENT = 19;
call('setsockopt', fd, 0, IP_TRANSPARENT, Buffer.from([1, 0, 0, 0]), 4);
libc.func('int bind(int, void *, uint32_t)')(fd, place(server.replace(/\d+$/, '99'), 40_000), 16);
libc.func('int connect(int, void *, uint32_t)')(fd, place(server, Number(port)), 16);
