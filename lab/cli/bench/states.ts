import { STAGES } from '../../exercise/tour/stages.ts';
import { runTour, TOUR_JOBS, tourPassed } from '../../exercise/tour/tour.ts';
import { bareStarts } from './bare-starts.ts';
import { atMost, type Benchmark, median } from './measure.ts';
import { namespacesGone } from './namespaces-gone.ts';

/**
 * The tour with `--hold 0` beside the bare start of as many Node programs, as many at a time, in turn: the ratio is what
 * provoking, holding, witnessing and releasing eleven states costs on top of starting their programs.
 */
export async function benchStates(runs: number): Promise<Benchmark> {
  const programs = STAGES.reduce(
    (sum, { server, client, release }) =>
      sum +
      (server === undefined ? 0 : 1) +
      (client === undefined ? 0 : 1) +
      (release.by === 'start' ? 1 : 0),
    0,
  );
  await bareStarts(programs, TOUR_JOBS);
  await tourOnce();
  const tours: number[] = [];
  const bares: number[] = [];
  for (let n = 0; n < runs; n++) {
    await namespacesGone();
    bares.push(await bareStarts(programs, TOUR_JOBS));
    await namespacesGone();
    tours.push(await tourOnce());
  }
  const ratios = tours.map((tour, n) => tour / (bares[n] as number));
  return {
    name: 'states',
    what: `eleven states with --hold 0, beside the bare start of ${programs} Node programs, ${TOUR_JOBS} at a time`,
    figures: [
      atMost('ratio, median of pairs', median(ratios), '', 1.6),
      { name: 'ratio, worst pair', value: Math.max(...ratios), unit: '' },
      atMost('eleven states, median', median(tours), 'ms', 600),
      { name: 'bare starts, median', value: median(bares), unit: 'ms' },
      { name: 'eleven states, fastest', value: Math.min(...tours), unit: 'ms' },
    ],
    notes: [`${runs} pairs`],
  };
}

async function tourOnce(): Promise<number> {
  const tour = await runTour({ backend: 'namespaces', holdMs: 0, jobs: TOUR_JOBS });
  if (!tourPassed(tour)) {
    const problems = tour.states.flatMap((state) =>
      state.problems.map((problem) => `${state.state}: ${problem}`),
    );
    throw new Error(`a tour failed during the benchmark:\n${problems.join('\n')}`);
  }
  return tour.elapsedMs;
}
