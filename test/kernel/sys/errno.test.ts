import { expect, test } from 'vitest';
import { errnoName, errnoNumber, SystemCallError } from '../../../lab/sys/errno.ts';
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
