import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Wish } from '../../../lab/dashboard/protocol.ts';
import { WishError, wishFrom } from '../../../lab/dashboard/server/wish.ts';

const GOOD: readonly Wish[] = [
  { do: 'check', number: 4, from: 'work' },
  { do: 'hands-on', number: 28 },
  { do: 'end' },
  { do: 'start', host: 'server', program: 'servers/echo.ts' },
  { do: 'start', host: 'app', program: 'clients/connect.ts', to: 'db' },
  { do: 'stop', pid: 12 },
  { do: 'gate', host: 'client', gate: 'own-rst', closed: true },
  { do: 'wire', host: 'client', held: false },
  { do: 'begin', number: 1 },
  { do: 'predict', number: 4, answers: { 'sees-it': 'b' } },
  { do: 'hint', number: 4 },
];

test.each(GOOD)('a wish is taken as it is: $do', (wish) => {
  expect(wishFrom(JSON.parse(JSON.stringify({ ...wish, more: 'ignored' })))).toEqual(wish);
});

test.each([
  [undefined, 'should be an object'],
  [[], 'should be an object'],
  [{}, '"do" should be text'],
  [{ do: 'exec' }, 'there is nothing called "exec" to do'],
  [{ do: 'check', number: 29, from: 'work' }, 'there is no exercise 29'],
  [{ do: 'check', number: '4', from: 'work' }, '"number" should be a whole number'],
  [{ do: 'check', number: 4, from: '../../etc' }, '"from" should be one of work, reference'],
  [{ do: 'gate', host: 'server', gate: '; flush ruleset', closed: true }, '"gate" should be one of syn'],
  [{ do: 'gate', host: '../server', gate: 'syn', closed: true }, '"../server" is no host'],
  [{ do: 'wire', host: 'server', held: 1 }, '"held" should be true or false'],
  [{ do: 'predict', number: 4, answers: { a: 1 } }, '"answers.a" should be text'],
])('%j is none', (body, sentence) => {
  expect(() => wishFrom(body)).toThrow(WishError);
  expect(() => wishFrom(body)).toThrow(sentence);
});

test('whatever a page sends is a wish or none, and nothing else', () => {
  const member = fc.oneof(fc.jsonValue(), fc.constantFrom('check', 'gate', 'wire', 'server', 'syn', 4, true));
  const keys = fc.constantFrom(
    'do',
    'number',
    'from',
    'host',
    'gate',
    'closed',
    'held',
    'program',
    'pid',
    '__proto__',
  );
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), fc.dictionary(keys, member)), (body) => {
      try {
        expect(GOOD.map((wish) => wish.do)).toContain(wishFrom(body).do);
      } catch (error) {
        expect(error).toBeInstanceOf(WishError);
      }
    }),
  );
});
