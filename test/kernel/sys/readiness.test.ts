import { open, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { type Readiness, whenReadable, whenWritable } from '../../../lab/sys/readiness.ts';
import type { KernelSocket } from '../../../lab/sys/socket.ts';
import { collectGarbage } from '../support/garbage.ts';
import { type Connection, type Pair, pair } from '../support/pair.ts';

async function connections(lab: Pair, count: number): Promise<Connection[]> {
  const listener = lab.listen();
  const all: Connection[] = [];
  for (let n = 0; n < count; n++) all.push(await lab.connected({ listener }));
  return all;
}

test('24 waiters take no thread: files are read meanwhile, and each waiter is told of its own byte', async () => {
  await using lab = pair();
  const all = await connections(lab, 24);
  const told = all.map(({ server }) => {
    const { promise, resolve } = Promise.withResolvers<number>();
    lab.keep(whenReadable(server.fd, () => resolve(server.receive()?.[0] ?? -1)));
    return promise;
  });
  const beganMs = performance.now();
  await Promise.all(Array.from({ length: 40 }, () => readFile(import.meta.filename)));
  expect(performance.now() - beganMs).toBeLessThan(1_000);

  for (const [n, { client }] of all.entries()) client.send(Uint8Array.of(n));
  expect(await Promise.all(told)).toEqual(all.map((_, n) => n));
});

test('a watched descriptor survives garbage collection', async () => {
  await using lab = pair();
  const { client, server } = await lab.connected();
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = stopper(server, resolve);
  await collectGarbage();
  client.send(Buffer.from('x'));
  await promise;
  stop();
});

/** Watches without keeping the handle in a place the garbage collector can see from the test. */
function stopper(socket: KernelSocket, received: () => void): () => void {
  const weak = new WeakRef(
    whenReadable(socket.fd, () => {
      socket.receive();
      received();
    }),
  );
  return () => weak.deref()?.stop();
}

test('after stop nobody is called, and stopping twice is harmless', async () => {
  await using lab = pair();
  const { client, server } = await lab.connected();
  let calls = 0;
  const readiness: Readiness = whenReadable(server.fd, () => {
    calls += 1;
  });
  readiness.stop();
  readiness.stop();
  client.send(Buffer.from('x'));
  await lab.server.waits.saw({ payload: 'some' });
  await lab.server.waits.holds('ESTABLISHED', 30);
  expect(calls).toBe(0);
});

test('a waiter may stop itself from within its call', async () => {
  await using lab = pair();
  const { client, server } = await lab.connected();
  const { promise, resolve } = Promise.withResolvers<void>();
  let calls = 0;
  const readiness = whenReadable(server.fd, () => {
    calls += 1;
    readiness.stop();
    resolve();
  });
  client.send(Buffer.from('x'));
  await promise;
  await lab.server.waits.holds('ESTABLISHED', 30);
  expect(calls).toBe(1);
});

test('a connecting socket is writable when it has connected, not before', async () => {
  await using lab = pair();
  lab.listen();
  const gate = await lab.server.gates.drop('syn');
  const socket = lab.connect();
  let connected = false;
  const { promise, resolve } = Promise.withResolvers<void>();
  lab.keep(
    whenWritable(socket.fd, () => {
      connected = true;
      resolve();
    }),
  );
  await lab.client.waits.holds('SYN_SENT', 50);
  expect(connected).toBe(false);
  await gate.open();
  await promise;
  expect(socket.tcpInfo().state).toBe('ESTABLISHED');
});

test('one descriptor can be watched for reading again after a watch of it was stopped', async () => {
  await using lab = pair();
  const { client, server } = await lab.connected();
  whenReadable(server.fd, () => {}).stop();
  const { promise, resolve } = Promise.withResolvers<void>();
  lab.keep(whenReadable(server.fd, resolve));
  client.send(Buffer.from('x'));
  await promise;
});

test('what libuv would not watch is an error, not the end of the process', async () => {
  await using lab = pair();
  const { server } = await lab.connected();
  lab.keep(whenReadable(server.fd, () => {}));
  expect(() => whenWritable(server.fd, () => {})).toThrow(/^descriptor \d+ is being watched already/);
  expect(() => whenReadable(1_000_000, () => {})).toThrow('EBADF');
  await using file = await open(import.meta.filename);
  expect(() => whenReadable(file.fd, () => {})).toThrow(/is a file, which is always ready$/);
});
