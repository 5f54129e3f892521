import { runTour, TOUR_JOBS, type TourResult, tourPassed } from '../../exercise/tour/tour.ts';
import { withBusyProcessors } from './busy.ts';
import { atMost, type Benchmark } from './measure.ts';

const IDLE_TIMES = 50;
const BUSY_TIMES = 20;
const BUSY_HOLD_MS = 50;

/** The tour 50 times in a row, and 20 times with every processor kept busy by something else. */
export async function benchRepeat(told: (line: string) => void): Promise<Benchmark> {
  const failures: string[] = [];
  const idle = await tours(IDLE_TIMES, 'idle', failures, told);
  const busy = await withBusyProcessors(2, () => tours(BUSY_TIMES, 'busy', failures, told));
  return {
    name: 'repeat',
    what: `the tour ${IDLE_TIMES} times in a row, and ${BUSY_TIMES} times with two busy loops beside it`,
    figures: [
      atMost(`failures in ${IDLE_TIMES} tours`, IDLE_TIMES - idle.passed, '', 0),
      atMost(`failures in ${BUSY_TIMES} tours on busy processors`, BUSY_TIMES - busy.passed, '', 0),
      { name: 'slowest tour', value: idle.slowestMs, unit: 'ms' },
      { name: 'slowest tour on busy processors', value: busy.slowestMs, unit: 'ms' },
    ],
    notes: failures,
  };
}

async function tours(
  times: number,
  label: string,
  failures: string[],
  told: (line: string) => void,
): Promise<{ passed: number; slowestMs: number }> {
  let passed = 0;
  let slowestMs = 0;
  for (let n = 1; n <= times; n++) {
    const tour = await runTour({ backend: 'namespaces', holdMs: BUSY_HOLD_MS, jobs: TOUR_JOBS });
    slowestMs = Math.max(slowestMs, tour.elapsedMs);
    if (tourPassed(tour)) passed += 1;
    else failures.push(...problemsOf(tour, `${label} tour ${n}`));
    told(
      `${label} ${n}/${times}: ${tourPassed(tour) ? 'passed' : 'FAILED'} in ${tour.elapsedMs.toFixed(0)} ms`,
    );
  }
  return { passed, slowestMs };
}

function problemsOf(tour: TourResult, label: string): string[] {
  return tour.states.flatMap(({ state, problems }) =>
    problems.map((problem) => `${label}, ${state}: ${problem}`),
  );
}
