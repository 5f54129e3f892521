import { withSlowPart } from '../../exercise/slow.ts';
import { checkReferences, SUITE_JOBS, suiteFailures, suiteJobs } from '../../exercise/suite.ts';
import { EXERCISES } from '../../exercises/catalog.ts';
import type { Backend } from '../../host/backend.ts';
import { namespaceNetwork } from '../../host/namespaces/network.ts';
import { atMost, type Benchmark, median } from './measure.ts';
import { namespacesGone } from './namespaces-gone.ts';

/** The kernel's longest timer that an exercise waits for: TIME_WAIT, in seconds. */
const TIME_WAIT_S = 61;

/** The same with the slow parts of those that have one: about a minute. */
export async function benchSlowSuite(): Promise<Benchmark> {
  const exercises = EXERCISES.map((exercise) =>
    exercise.slow === undefined ? exercise : withSlowPart(exercise),
  );
  await warmUp();
  const begun = performance.now();
  const results = await checkReferences(exercises, { seed: 'bench' });
  const elapsedS = (performance.now() - begun) / 1_000;
  const failures = suiteFailures(results);
  return {
    name: 'suite-slow',
    what: `the reference programs of ${EXERCISES.length} exercises with their slow parts, ${SUITE_JOBS} at a time`,
    figures: [
      atMost('references that did not pass', failures.length, '', 0),
      { name: 'all of them', value: elapsedS, unit: 's' },
      atMost(`divided by TIME_WAIT, ${TIME_WAIT_S} s`, elapsedS / TIME_WAIT_S, '', 1.15),
      { name: 'the longest of them', value: Math.max(...results.map(({ ms }) => ms)) / 1_000, unit: 's' },
    ],
    notes: failures,
  };
}

/**
 * The references of all exercises side by side. In namespaces they should take little longer than the longest timer of the kernel; on
 * Docker the starts of their containers are what takes long, and have a benchmark of their own.
 */
export async function benchSuite(backend: Backend): Promise<Benchmark> {
  if (backend === 'namespaces') await warmUp();
  const begun = performance.now();
  const results = await checkReferences(EXERCISES, { seed: 'bench', backend });
  const elapsedMs = performance.now() - begun;
  const failures = suiteFailures(results);
  const slowest = Math.max(...results.map(({ ms }) => ms));
  const quick = EXERCISES.filter(({ waitsForTimer }) => waitsForTimer !== true).map(({ number }) => number);
  const quickTimes = results.filter(({ exercise }) => quick.includes(exercise.number)).map(({ ms }) => ms);
  return {
    name: 'suite',
    what: `the reference programs of ${EXERCISES.length} exercises (${backend}), ${suiteJobs(backend)} at a time`,
    figures: [
      atMost('references that did not pass', failures.length, '', 0),
      backend === 'namespaces'
        ? atMost('all of them', elapsedMs / 1_000, 's', 15)
        : { name: 'all of them', value: elapsedMs / 1_000, unit: 's' },
      { name: 'the longest of them', value: slowest / 1_000, unit: 's' },
      { name: 'one after the other', value: results.reduce((sum, { ms }) => sum + ms, 0) / 1_000, unit: 's' },
      {
        name: `median of the ${quickTimes.length} that wait for no timer`,
        value: median(quickTimes),
        unit: 'ms',
      },
    ],
    notes: failures,
  };
}

/** Has every program compiled, and waits until the kernel is done with what that has made. */
async function warmUp(): Promise<void> {
  await namespaceNetwork({ hosts: ['warm'] }).close();
  await checkReferences(EXERCISES, { seed: 'warm' });
  await namespacesGone();
}
