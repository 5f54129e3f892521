import { expect, test } from 'vitest';
import { pair } from '../support/pair.ts';
import { take } from '../support/transfer.ts';

test('connect on a listening socket is EISCONN: RFC 9293 draws LISTEN to SYN_SENT, Linux has no such call', async () => {
  await using lab = pair();
  const listener = lab.listen();
  expect(() => listener.connect(lab.endpoint('client'))).toThrow('EISCONN');
  expect((await lab.server.witness.look()).sockets).toMatchObject([{ state: 'LISTEN' }]);
});

test('connect returns at once, with the SYN on its way', async () => {
  await using lab = pair();
  await lab.server.gates.drop('syn');
  lab.connect();
  expect((await lab.client.witness.look()).sockets).toMatchObject([{ state: 'SYN_SENT' }]);
});

test('a refused connection is found out by the next call', async () => {
  await using lab = pair();
  const socket = lab.connect();
  await lab.client.waits.saw({ flags: 'R.' });
  expect(() => socket.receive()).toThrow('recv: ECONNREFUSED');
});

test('receive gives undefined before anything has come, bytes, and an empty array at the end', async () => {
  await using lab = pair();
  const { client, server } = await lab.connected();
  expect(server.receive()).toBeUndefined();
  client.send(Buffer.from('hello'));
  await lab.server.waits.saw({ payload: 'some' });
  expect(Buffer.from(server.receive() ?? []).toString()).toBe('hello');
  client.close();
  await lab.server.waits.reaches('CLOSE_WAIT');
  expect(server.receive()).toHaveLength(0);
});

test('send gives undefined when the kernel has no room', async () => {
  await using lab = pair();
  const { client, server } = await lab.connected();
  const chunk = Buffer.alloc(1 << 20);
  let sent = 0;
  for (let taken = client.send(chunk); taken !== undefined; taken = client.send(chunk)) sent += taken;
  expect(sent).toBeGreaterThan(0);
  client.shutdown('write');
  expect(await take(server, sent)).toBe(sent);
});

test('both ends know their addresses, IPv4 and IPv6', async () => {
  await using lab = pair({ ipv6: true });
  const four = await lab.connected({ ip: 4, from: 5_004 });
  const six = await lab.connected({ ip: 6, from: 5_006 });
  expect(four.client.localEndpoint()).toEqual({ address: '198.18.0.1', port: 5_004 });
  expect(six.client.localEndpoint()).toEqual({ address: '2001:db8::1', port: 5_006 });
  expect(six.server.localEndpoint()).toEqual({ address: '2001:db8::2', port: 8_080 });
});
