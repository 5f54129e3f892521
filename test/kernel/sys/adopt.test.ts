import { once } from 'node:events';
import { createServer, type Server, Socket } from 'node:net';
import { expect, test } from 'vitest';
import { type Pair, PORT, pair } from '../support/pair.ts';
import { row } from '../support/until.ts';

async function adopt(lab: Pair, backlog?: number): Promise<Server & AsyncDisposable> {
  const server = createServer((socket) => socket.end('hello'));
  const fd = lab.listen({ backlog: 3 }).release();
  server.listen({ fd }, ...(backlog === undefined ? [] : [backlog]));
  await once(server, 'listening');
  return server;
}

test("Node's server adopts a descriptor and keeps the backlog it is given", async () => {
  await using lab = pair();
  await using _ = await adopt(lab, 1);
  expect(row(lab.server, { localPort: PORT })).toMatchObject({ state: 'LISTEN', sendQueue: 1 });
});

test("Node's server makes the backlog 511 when it is given none", async () => {
  await using lab = pair();
  await using _ = await adopt(lab);
  expect(row(lab.server, { localPort: PORT })).toMatchObject({ state: 'LISTEN', sendQueue: 511 });
});

test("Node's server and socket work across namespaces on adopted descriptors", async () => {
  await using lab = pair();
  await using _ = await adopt(lab);
  const connecting = lab.connect();
  await lab.client.waits.reaches('ESTABLISHED');
  const socket = new Socket({ fd: connecting.release() });
  const [bytes] = (await once(socket, 'data')) as [Buffer];
  expect(bytes.toString()).toBe('hello');
  await once(socket.end(), 'close');
});

test('a released socket can do nothing more', async () => {
  await using lab = pair();
  const socket = lab.open('client');
  const fd = socket.release();
  expect(fd).toBeGreaterThan(2);
  expect(() => socket.fd).toThrow('this socket is closed');
  new Socket({ fd }).destroy();
});
