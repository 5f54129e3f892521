import { readlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import { closeNamespace, inNamespace, newNetworkNamespace } from '../../../lab/sys/namespace.ts';
import { pair } from '../support/pair.ts';

function here(): string {
  return readlinkSync('/proc/thread-self/ns/net');
}

test('a new namespace is another one, and this thread stays at home', () => {
  const home = here();
  const namespace = newNetworkNamespace();
  expect(here()).toBe(home);
  expect(inNamespace(namespace, here)).not.toBe(home);
  expect(here()).toBe(home);
  closeNamespace(namespace);
});

test('after a throw this thread is at home again', async () => {
  await using lab = pair();
  const home = here();
  const work = (): never => {
    throw new Error(`thrown in ${here()}`);
  };
  expect(() => lab.client.host.enter(work)).toThrow(/^thrown in net:/);
  expect(here()).toBe(home);
});

test('work that returns a promise is refused, and this thread is at home again', async () => {
  await using lab = pair();
  const home = here();
  expect(() => lab.client.host.enter(async () => here())).toThrow('work in a namespace must be synchronous');
  expect(here()).toBe(home);
});

test('the rejection of a refused promise ends nothing', async () => {
  await using lab = pair();
  const work = (): Promise<never> => Promise.reject(new Error('too late'));
  expect(() => lab.client.host.enter(work)).toThrow(TypeError);
  await lab.client.waits.holds('CLOSED', 10);
});

test('a namespace entered from within another leads back to that one', async () => {
  await using lab = pair();
  const { client, server } = lab;
  const inside = client.host.enter(here);
  expect(
    client.host.enter(() => {
      const other = server.host.enter(here);
      return [other === inside, here()];
    }),
  ).toEqual([false, inside]);
});

test('a namespace made from within another leads back to that one', async () => {
  await using lab = pair();
  const inside = lab.client.host.enter(here);
  lab.client.host.enter(() => {
    closeNamespace(newNetworkNamespace());
    expect(here()).toBe(inside);
  });
});

test('a descriptor that is no namespace is EINVAL or EBADF, and nothing runs', () => {
  let ran = false;
  const work = (): void => {
    ran = true;
  };
  expect(() => inNamespace(1, work)).toThrow('setns: EINVAL');
  expect(() => inNamespace(1_000_000, work)).toThrow('setns: EBADF');
  expect(ran).toBe(false);
});
