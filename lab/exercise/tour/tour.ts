import { release } from 'node:os';
import PQueue from 'p-queue';
import type { Backend } from '../../host/backend.ts';
import { keepCompiled } from '../../host/compile/keep-compiled.ts';
import { referenceProgram } from '../programs.ts';
import {
  type Phase,
  runStage,
  type StagePlace,
  type StageResult,
  type StageRun,
  type TakeTurn,
} from './stage-run.ts';
import { STAGES, type Stage, stagePrograms, urgency } from './stages.ts';

/** What the tour found, as `--json` prints it. */
export interface TourResult {
  readonly schema: 'tcplab/tour/1';
  readonly kernel: string;
  readonly backend: Backend;
  /** 6 with `--ipv6`. */
  readonly ip: 4 | 6;
  /** Until the last state was released, in milliseconds; the hosts are taken down after that. */
  readonly elapsedMs: number;
  readonly states: readonly StageResult[];
}

/** How many programs of a tour start at the same time, when not said. */
export const TOUR_JOBS = 4;

export interface TourOptions extends StagePlace {
  /** How long each state is held, in milliseconds. */
  readonly holdMs: number;
  /** How many programs may be starting at the same time. */
  readonly jobs: number;
  readonly reached?: (stage: Stage, phase: Phase) => void;
  readonly finished?: (run: StageRun) => void;
}

/** Provokes, holds and releases all eleven states, each on a fresh pair of hosts, several side by side. */
export async function runTour(options: TourOptions): Promise<TourResult> {
  if (options.backend === 'namespaces') await keepCompiled(stagePrograms().map(referenceProgram));
  const startMs = performance.now();
  const results = new Map<Stage, StageResult>();
  await using ending = new AsyncDisposableStack();
  const turns = new PQueue({ concurrency: options.jobs });
  const turn: TakeTurn = (priority, work) => turns.add(async () => await work(), { priority });
  await Promise.all(
    STAGES.toSorted((a, b) => urgency(b) - urgency(a)).map(async (stage) => {
      const run = await runStage(options, stage, options.holdMs, turn, ending, (phase) =>
        options.reached?.(stage, phase),
      );
      results.set(stage, run.result);
      options.finished?.(run);
    }),
  );
  return {
    schema: 'tcplab/tour/1',
    kernel: release(),
    backend: options.backend,
    ip: options.ipv6 === true ? 6 : 4,
    elapsedMs: performance.now() - startMs,
    states: STAGES.map((stage) => results.get(stage) as StageResult),
  };
}

/** Whether every state was held and released. */
export function tourPassed(tour: TourResult): boolean {
  return tour.states.every(({ held, released }) => held && released);
}
