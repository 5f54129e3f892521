import { expect, test } from 'vitest';
import type { Benchmark } from '../../lab/cli/bench/measure.ts';
import { tcplab } from '../support/tcplab.ts';

test('the references of all exercises pass 20 times in a row on busy processors', async () => {
  const { stdout } = await tcplab('bench', 'references', '--json');
  const { benchmarks } = JSON.parse(stdout) as { benchmarks: Benchmark[] };
  expect(benchmarks[0]?.notes).toEqual([]);
  expect(benchmarks[0]?.figures.filter(({ within }) => within === false)).toEqual([]);
});
