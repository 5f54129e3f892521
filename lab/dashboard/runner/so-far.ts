import type { Exercise } from '../../exercise/exercise.ts';
import { judgeAll } from '../../exercise/judge/verdicts.ts';
import type { Plan } from '../../exercise/plan.ts';
import type { TimelineData } from '../../observe/timeline.ts';
import type { Told } from '../protocol.ts';

/** From one look to the next, in milliseconds. */
const LOOK_MS = 300;
/** Judging takes at most one part in so many of the time: a flood's timeline is long. */
const SHARE = 20;

/**
 * Tells of a check's run, while it goes on, which steps of each check were seen until now. That is no verdict: what must not happen
 * can still happen.
 */
export class SoFar {
  readonly #exercise: Exercise;
  readonly #plan: Plan;
  readonly #timeline: () => TimelineData;
  readonly #tell: (checks: Extract<Told, { tell: 'so-far' }>['checks']) => void;
  #timer: NodeJS.Timeout;
  #told = '';

  constructor(
    exercise: Exercise,
    plan: Plan,
    timeline: () => TimelineData,
    tell: (checks: Extract<Told, { tell: 'so-far' }>['checks']) => void,
  ) {
    this.#exercise = exercise;
    this.#plan = plan;
    this.#timeline = timeline;
    this.#tell = tell;
    this.#timer = setTimeout(() => this.#look(), LOOK_MS);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #look(): void {
    const begunMs = performance.now();
    const seen = {
      exercise: this.#exercise,
      plan: this.#plan,
      timeline: this.#timeline(),
      trouble: undefined,
      limits: [],
      ms: 0,
    };
    const checks = judgeAll(seen).map(({ id, steps }) => ({
      id,
      // The one that was not there is the last, and may still come.
      steps: steps.filter(({ observed }) => observed === undefined).map(({ action }) => action),
    }));
    const text = JSON.stringify(checks);
    if (text !== this.#told) this.#tell(checks);
    this.#told = text;
    this.#timer = setTimeout(() => this.#look(), Math.max(LOOK_MS, SHARE * (performance.now() - begunMs)));
  }
}
