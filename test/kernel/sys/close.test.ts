import { expect, test } from 'vitest';
import { pair } from '../support/pair.ts';
import { arrived } from '../support/segments.ts';
import { take } from '../support/transfer.ts';
import { row } from '../support/until.ts';

test('close sends FIN', async () => {
  await using lab = pair();
  const { client } = await lab.connected();
  client.close();
  await lab.server.waits.reaches('CLOSE_WAIT');
  expect(arrived(lab, lab.server, { has: 'F' })).toHaveLength(1);
  expect(arrived(lab, lab.server, { has: 'R' })).toEqual([]);
});

test('close with linger 0 sends RST and no FIN', async () => {
  await using lab = pair();
  const { client } = await lab.connected();
  client.linger(0);
  client.close();
  await lab.server.waits.saw({ flags: 'R.' });
  expect(arrived(lab, lab.server, { has: 'F' })).toEqual([]);
  expect((await lab.client.witness.look()).sockets).toEqual([]);
});

test('linger that was switched off again sends FIN', async () => {
  await using lab = pair();
  const { client } = await lab.connected();
  client.linger(0);
  client.linger(undefined);
  client.close();
  await lab.server.waits.reaches('CLOSE_WAIT');
});

test('close with unread bytes sends RST', async () => {
  await using lab = pair();
  const { client, server } = await lab.connected();
  server.send(Buffer.from('unread'));
  await lab.client.waits.saw({ payload: 'some' });
  client.close();
  await lab.server.waits.saw({ has: 'R' });
  expect(arrived(lab, lab.server, { has: 'F' })).toEqual([]);
});

test('after shutdown of writing the socket is in FIN_WAIT_2, its descriptor open, and still receives', async () => {
  await using lab = pair();
  const { client, server } = await lab.connected();
  client.shutdown('write');
  const socket = await lab.client.waits.reaches('FIN_WAIT_2');
  expect(socket?.inode).not.toBe(0);
  server.send(Buffer.from('still'));
  expect(await take(client, 5)).toBe(5);
  expect(() => client.send(Buffer.from('x'))).toThrow('EPIPE');
  expect(await take(server)).toBe(0);
});

test('a socket that was closed in FIN_WAIT_2 has no inode', async () => {
  await using lab = pair();
  const { client } = await lab.connected();
  client.close();
  await lab.client.waits.reaches('FIN_WAIT_2');
  expect(row(lab.client, {}).inode).toBe(0);
});

test('a reset connection reads ECONNRESET', async () => {
  await using lab = pair();
  const { client, server } = await lab.connected();
  client.linger(0);
  client.close();
  await lab.server.waits.saw({ has: 'R' });
  expect(() => server.receive()).toThrow('recv: ECONNRESET');
});
