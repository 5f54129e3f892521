import { release } from 'node:os';
import { runStage, type StageResult, type StageRun } from './stage-run.ts';
import { STAGES, type Stage } from './stages.ts';

/** What the tour found, as `--json` prints it. */
export interface TourResult {
  readonly schema: 'tcplab/tour/1';
  readonly kernel: string;
  readonly backend: 'namespaces';
  readonly elapsedMs: number;
  readonly states: readonly StageResult[];
}

export interface TourOptions {
  /** How long each state is held, in milliseconds. */
  readonly holdMs: number;
  /** How many stages run side by side. */
  readonly jobs: number;
  readonly started?: (stage: Stage) => void;
  readonly finished?: (run: StageRun) => void;
}

/** Provokes, holds and releases all eleven states, each on a fresh pair of hosts, several side by side. */
export async function runTour(options: TourOptions): Promise<TourResult> {
  const startMs = performance.now();
  const results = new Map<Stage, StageResult>();
  const waiting = [...STAGES];
  const worker = async (): Promise<void> => {
    for (let stage = waiting.shift(); stage !== undefined; stage = waiting.shift()) {
      options.started?.(stage);
      const run = await runStage(stage, options.holdMs);
      results.set(stage, run.result);
      options.finished?.(run);
    }
  };
  await Promise.all(Array.from({ length: options.jobs }, worker));
  return {
    schema: 'tcplab/tour/1',
    kernel: release(),
    backend: 'namespaces',
    elapsedMs: performance.now() - startMs,
    states: STAGES.map((stage) => results.get(stage) as StageResult),
  };
}

/** Whether every state was held and released. */
export function tourPassed(tour: TourResult): boolean {
  return tour.states.every(({ held, released }) => held && released);
}
