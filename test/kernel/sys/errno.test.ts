import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import koffi from 'koffi';
import { expect, test } from 'vitest';
import { errnoName, errnoNumber, SystemCallError } from '../../../lab/sys/errno.ts';
import { closeOnce, libcRecv, libcSocket } from '../../../lab/sys/libc.ts';
import { checkedOrPending } from '../../../lab/sys/system-call.ts';
import { pair } from '../support/pair.ts';
import { thrown } from '../support/thrown.ts';

test.each([
  [1, 'EPERM'],
  [11, 'EAGAIN'],
  [95, 'EOPNOTSUPP'],
  [98, 'EADDRINUSE'],
  [106, 'EISCONN'],
  [111, 'ECONNREFUSED'],
])('errno %i is %s', (number, name) => {
  expect(errnoName(number)).toBe(name);
});

test('an errno that the C library does not name is shown by its number', () => {
  expect(errnoName(4_095)).toBe('E4095');
});

test('the numbers are those of this machine', () => {
  expect([errnoNumber('EADDRINUSE'), errnoNumber('EISCONN')]).toEqual([98, 106]);
});

test('a refused system call says which, why and about what', async () => {
  await using lab = pair();
  const socket = lab.open('client');
  const error = thrown(() => socket.bind({ address: '192.0.2.1', port: 80 }));
  expect(error).toBeInstanceOf(SystemCallError);
  expect(error).toMatchObject({
    name: 'SystemCallError',
    message: 'bind 192.0.2.1:80: EADDRNOTAVAIL',
    code: 'EADDRNOTAVAIL',
    errno: 99,
    syscall: 'bind',
  });
});

test('an errno is the call’s own, though garbage that is collected after it leaves another', () => {
  const udp = libcSocket(2, 2 | 0o4000, 0);
  const handles = [1, 2, 3].map(() => libcSocket(2, 2, 0));
  const collect = garbageCollector();
  const recvAndCollect = (): number => {
    for (const fd of handles) koffi.node.poll(fd, () => {}).stop();
    const length = libcRecv(udp, Buffer.alloc(1), 1, 0);
    collect();
    return length;
  };
  expect(checkedOrPending('recv', recvAndCollect)).toBeUndefined();
  expect(errnoName(koffi.errno())).toBe('ENOENT');
  for (const fd of [udp, ...handles]) closeOnce(fd);
});

function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  return collect;
}
