import { expect, test } from 'vitest';
import type { Benchmark } from '../../lab/cli/bench/measure.ts';
import { tcplab } from '../support/tcplab.ts';

test('50 tours in a row and 20 on busy processors, without one failure', async () => {
  const { stdout } = await tcplab('bench', 'repeat', '--json');
  const { benchmarks } = JSON.parse(stdout) as { benchmarks: Benchmark[] };
  expect(benchmarks[0]?.notes).toEqual([]);
  expect(benchmarks[0]?.figures.filter(({ within }) => within === false)).toEqual([]);
});
