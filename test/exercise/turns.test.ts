import { expect, test } from 'vitest';
import type { Checked } from '../../lab/exercise/check.ts';
import type { Verdict } from '../../lab/exercise/result.ts';
import { Turns } from '../../lab/exercise/turns.ts';

const EXERCISE = { lastsMs: 1_000 };

test('a run the machine was too busy for is tried again after the others', async () => {
  const turns = new Turns(1);
  const log: string[] = [];
  const verdicts = await Promise.all(
    ['busy', 'slow', 'quick'].map(async (name) => {
      const run = ends(log, name, name === 'busy' ? ['inconclusive', 'fail'] : ['pass']);
      return (await turns.check(EXERCISE, run)).result.verdict;
    }),
  );
  expect(verdicts).toEqual(['fail', 'pass', 'pass']);
  expect(log).toEqual(['busy', 'slow', 'quick', 'busy']);
});

test('a machine that stays too busy gets its say after the third time', async () => {
  const log: string[] = [];
  const run = ends(log, 'busy', ['inconclusive', 'inconclusive', 'inconclusive', 'pass']);
  expect((await new Turns(1).check(EXERCISE, run)).result.verdict).toBe('inconclusive');
  expect(log).toHaveLength(3);
});

test('on a machine that is too busy fewer runs go on at once, and more again when it is not', async () => {
  const turns = new Turns(8);
  await turns.check(EXERCISE, ends([], 'busy', ['inconclusive', 'inconclusive', 'pass']));
  expect(turns.atOnce).toBe(2);
  expect(turns.triedAgain).toBe(2);
  for (let n = 0; n < 50; n += 1) await turns.check(EXERCISE, ends([], 'idle', ['pass']));
  expect(turns.atOnce).toBe(8);
});

test.each(['pass', 'fail', 'error'] as const)(
  'a run that ends with "%s" is not repeated',
  async (verdict) => {
    const log: string[] = [];
    await new Turns(1).check(EXERCISE, ends(log, 'once', [verdict, 'pass']));
    expect(log).toEqual(['once']);
  },
);

/** A run that ends each time with the next of the verdicts. */
function ends(log: string[], name: string, verdicts: readonly Verdict[]): () => Promise<Checked> {
  const left = [...verdicts];
  return async () => {
    log.push(name);
    await Promise.resolve();
    return { result: { verdict: left.shift() } } as Checked;
  };
}
