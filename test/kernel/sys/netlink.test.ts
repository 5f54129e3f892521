import { expect, test } from 'vitest';
import { Links } from '../../../lab/host/namespaces/link.ts';
import { NETLINK_ROUTE, Netlink, stringAttribute } from '../../../lab/sys/netlink.ts';
import { type Pair, pair } from '../support/pair.ts';
import { thrown } from '../support/thrown.ts';

const RTM_NEWLINK = 16;
const RTM_GETLINK = 18;
const IFLA_IFNAME = 3;

function links(lab: Pair): Links {
  return lab.keep(lab.client.host.enter(() => new Links()));
}

test('an address that is there already is EEXIST, and the error names the request', async () => {
  await using lab = pair();
  const error = thrown(() => links(lab).address(2, '198.18.0.1', 24));
  expect(error).toMatchObject({ code: 'EEXIST', message: 'netlink add address 198.18.0.1: EEXIST' });
});

test('an interface that is not there is ENODEV', async () => {
  await using lab = pair();
  expect(() => links(lab).up(99)).toThrow('netlink set interface 99 up: ENODEV');
});

test('an interface whose name is taken is EEXIST', async () => {
  await using lab = pair();
  const end = { name: 'eth0', hardwareAddress: Uint8Array.of(2, 0, 0, 0, 0, 1) };
  const elsewhere = lab.server.host.namespace;
  expect(() => links(lab).connect(end, { ...end, name: 'eth9' }, elsewhere)).toThrow('EEXIST');
});

test('a refused request does not disturb the next one', async () => {
  await using lab = pair();
  const route = links(lab);
  expect(() => route.up(99)).toThrow('ENODEV');
  expect(() => route.up(1)).not.toThrow();
});

test('a dump that the kernel does not know is an error with its name', async () => {
  await using lab = pair();
  const route = lab.keep(lab.client.host.enter(() => new Netlink(NETLINK_ROUTE)));
  expect(() => route.dump('list nothing', 4_000, Buffer.alloc(16), () => {})).toThrow(
    'netlink list nothing: EOPNOTSUPP',
  );
});

test('a dump that its visitor interrupts leaves nothing behind for the next one', async () => {
  await using lab = pair();
  const route = lab.keep(lab.client.host.enter(() => new Netlink(NETLINK_ROUTE)));
  const refuse = (): never => {
    throw new Error('enough');
  };
  expect(() => route.dump('list links', RTM_GETLINK, Buffer.alloc(16), refuse)).toThrow('enough');
  let links = 0;
  route.dump('list links', RTM_GETLINK, Buffer.alloc(16), () => {
    links += 1;
  });
  expect(links).toBe(2);
});

test('a closed netlink socket is EBADF', async () => {
  await using lab = pair();
  const route = lab.keep(lab.client.host.enter(() => new Netlink(NETLINK_ROUTE)));
  route.close();
  route.close();
  const message = Buffer.concat([Buffer.alloc(16), stringAttribute(IFLA_IFNAME, 'lo')]);
  expect(() => route.request('change lo', RTM_NEWLINK, 0, message)).toThrow('EBADF');
});
