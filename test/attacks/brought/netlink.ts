// Asks the kernel by netlink to change something of this host, and says what it answers.
import { getSystemErrorName } from 'node:util';
import { call, libc } from './calls.ts';

const AF_NETLINK = 16;
const SOCK_RAW = 3;
const REQUEST_ACK_CREATE = 0x1 | 0x4 | 0x400;
const HEADER = 16;
const send = libc.func('long send(int, void *, size_t, int)');
const receive = libc.func('long recv(int, void *, size_t, int)');

/** Sends one request. @returns `ok` or the error's name */
export function ask(protocol: number, type: number, payload: Buffer): string {
  const fd = call('socket', AF_NETLINK, SOCK_RAW, protocol);
  if (fd < 0) return getSystemErrorName(fd);
  const message = Buffer.alloc(HEADER + payload.length);
  message.writeUInt32LE(message.length, 0);
  message.writeUInt16LE(type, 4);
  message.writeUInt16LE(REQUEST_ACK_CREATE, 6);
  message.writeUInt32LE(1, 8);
  payload.copy(message, HEADER);
  send(fd, message, message.length, 0);
  const answer = Buffer.alloc(4_096);
  if (Number(receive(fd, answer, answer.length, 0)) < HEADER + 4) return 'nothing';
  const error = answer.readInt32LE(HEADER);
  return error === 0 ? 'ok' : getSystemErrorName(error);
}

/** An attribute: its length, its type, its value, padded. */
export function attribute(type: number, value: Buffer): Buffer {
  const bytes = Buffer.alloc((4 + value.length + 3) & ~3);
  bytes.writeUInt16LE(4 + value.length, 0);
  bytes.writeUInt16LE(type, 2);
  value.copy(bytes, 4);
  return bytes;
}

export function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}
