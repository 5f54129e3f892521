import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { prepareSlot } from '../../lab/host/sandbox/slot.ts';

const CHECK = join(import.meta.dirname, 'inside/check-references.ts');

test('the references of all exercises pass when they are confined as a student’s programs are', {
  timeout: 180_000,
}, async () => {
  using slot = prepareSlot(process.pid % 10_000);
  const order = JSON.stringify({ orders: slot.orders, limits: {}, jobs: [] });
  const [command, ...args] = [...slot.command, process.execPath, CHECK, order];
  const { stdout } = await execa(command, args);
  expect(JSON.parse(stdout)).toEqual({ count: 28, failures: [], limits: [] });
});
