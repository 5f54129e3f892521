import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Plan } from '../../lab/exercise/plan.ts';

test('the same seed gives the same plan, another seed or exercise another one', () => {
  const facts = (seed: string, slug: string) => {
    const plan = new Plan(seed, slug);
    return [
      plan.port,
      plan.clientPort,
      plan.subnet,
      plan.word('payload'),
      plan.number('count', 1, 1_000_000),
    ];
  };
  expect(facts('amy', 'listen')).toEqual(facts('amy', 'listen'));
  expect(facts('amy', 'listen')).not.toEqual(facts('bob', 'listen'));
  expect(facts('amy', 'listen')).not.toEqual(facts('amy', 'handshake'));
});

test('ports stay clear of each other, of the well-known ones and of those the kernel gives out', () => {
  fc.assert(
    fc.property(fc.string(), (seed) => {
      const { port, clientPort, subnet } = new Plan(seed, 'any');
      expect(port).toBeGreaterThanOrEqual(20_000);
      expect(port).toBeLessThan(30_000);
      expect(clientPort).toBeGreaterThanOrEqual(10_000);
      expect(clientPort).toBeLessThan(20_000);
      expect(subnet).toBeGreaterThanOrEqual(0);
      expect(subnet).toBeLessThan(256);
    }),
  );
});

test('numbers fill their range, both ends included', () => {
  const seen = new Set(Array.from({ length: 200 }, (_, n) => new Plan(`s${n}`, 'x').number('n', 3, 5)));
  expect([...seen].sort((a, b) => a - b)).toEqual([3, 4, 5]);
});
