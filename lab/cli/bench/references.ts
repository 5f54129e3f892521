import { checkReferences, suiteFailures } from '../../exercise/suite.ts';
import { EXERCISES } from '../../exercises/catalog.ts';
import type { Backend } from '../../host/backend.ts';
import { withBusyProcessors } from './busy.ts';
import { atMost, type Benchmark } from './measure.ts';

const TIMES = 20;

/** The references of all exercises 20 times in a row, each time with another seed, with every processor kept busy. */
export async function benchReferences(backend: Backend, told: (line: string) => void): Promise<Benchmark> {
  const failures: string[] = [];
  let slowestMs = 0;
  await withBusyProcessors(2, async () => {
    for (let n = 1; n <= TIMES; n++) {
      const begun = performance.now();
      const results = await checkReferences(EXERCISES, { seed: `busy ${n}`, backend });
      const ms = performance.now() - begun;
      const failed = suiteFailures(results);
      failures.push(...failed.map((failure) => `round ${n}: ${failure}`));
      slowestMs = Math.max(slowestMs, ms);
      told(
        `${n}/${TIMES}: ${failed.length === 0 ? 'all passed' : `FAILED ${failed.join(' | ')}`}, ${ms.toFixed(0)} ms`,
      );
    }
  });
  return {
    name: 'references',
    what: `the reference programs of ${EXERCISES.length} exercises (${backend}), ${TIMES} times on busy processors`,
    figures: [
      atMost(`failures in ${TIMES * EXERCISES.length} runs`, failures.length, '', 0),
      { name: 'slowest round', value: slowestMs / 1_000, unit: 's' },
    ],
    notes: failures,
  };
}
