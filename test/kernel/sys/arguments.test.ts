import { expect, test } from 'vitest';
import { inNamespace } from '../../../lab/sys/namespace.ts';
import { switchOffloadOff } from '../../../lab/sys/offload.ts';
import { PacketSocket } from '../../../lab/sys/packet-socket.ts';
import { whenReadable } from '../../../lab/sys/readiness.ts';
import { closeDescriptor, KernelSocket } from '../../../lab/sys/socket.ts';
import { pair } from '../support/pair.ts';

test.each([70_000, -1, 80.5, Number.NaN])('port %d is refused before bind(2) is called', (port) => {
  using socket = KernelSocket.open();
  expect(() => socket.bind({ address: '127.0.0.1', port })).toThrow(RangeError);
  expect(socket.localEndpoint()).toEqual({ address: '0.0.0.0', port: 0 });
});

test('port 70000 is refused before connect(2) is called: no SYN leaves for port 4464', async () => {
  await using lab = pair();
  const socket = lab.open('client');
  expect(() => socket.connect(lab.endpoint('server', 70_000))).toThrow(RangeError);
  expect((await lab.client.witness.look()).sockets).toEqual([]);
});

test.each([-1, 2 ** 31, 0.5])('backlog %d is refused before listen(2) is called', async (backlog) => {
  await using lab = pair();
  const socket = lab.open('server');
  expect(() => socket.listen(backlog)).toThrow(RangeError);
  expect((await lab.server.witness.look()).sockets).toEqual([]);
});

test.each([-1, 2 ** 31, 1.5])('%d is no file descriptor', (fd) => {
  expect(() => closeDescriptor(fd)).toThrow(RangeError);
  expect(() => whenReadable(fd, () => {})).toThrow(RangeError);
  expect(() => inNamespace(fd, () => {})).toThrow(RangeError);
});

test.each(['', 'a name', 'a/b', '..', 'sixteen-letters-'])('"%s" is no interface name', (name) => {
  expect(() => switchOffloadOff(name)).toThrow(RangeError);
});

test.each([-1, 32_768])('%d seconds of lingering are refused', (seconds) => {
  using socket = KernelSocket.open();
  expect(() => socket.linger(seconds)).toThrow(RangeError);
});

test('a receive buffer of 1 byte is refused', () => {
  expect(() => new PacketSocket({ receiveBufferBytes: 1 })).toThrow(RangeError);
});

test('a closed socket says so instead of acting on descriptor -1', () => {
  const socket = KernelSocket.open();
  socket.close();
  expect(() => socket.localEndpoint()).toThrow('this socket is closed');
  expect(() => socket.close()).not.toThrow();
});
