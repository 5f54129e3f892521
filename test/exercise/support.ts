import type { Exercise } from '../../lab/exercise/exercise.ts';
import { Evidence } from '../../lab/exercise/judge/evidence.ts';
import type { Performance } from '../../lab/exercise/perform.ts';
import { Plan } from '../../lab/exercise/plan.ts';
import type { TimelineEvent } from '../../lab/observe/timeline.ts';
import { HEADER } from '../report/hand-made.ts';

/** The end of a hand-made run. */
export function over(atMs: number): TimelineEvent {
  return { kind: 'step', atMs, text: 'the run is over' };
}

export function evidence(...events: TimelineEvent[]): Evidence {
  return new Evidence({ header: HEADER, events });
}

/** The ports of the hand-made timelines. */
export const plan: Plan = Object.assign(new Plan('seed', 'slug'), { port: 8_080 });

/** An exercise that runs nothing: its timeline is made by hand. The student writes the client. */
export function exerciseWith(checks: Exercise['checks'], more: Partial<Exercise> = {}): Exercise {
  return {
    number: 99,
    slug: 'made-by-hand',
    title: 'Made by hand',
    points: 10,
    paths: { client: ['CLOSED', 'SYN_SENT', 'ESTABLISHED'], server: ['CLOSED', 'LISTEN', 'SYN_RCVD'] },
    cast: {
      client: { host: 'client', student: 'client.ts', reference: 'clients/connect.ts' },
      server: { host: 'server', provided: 'servers/echo.ts' },
    },
    lastsMs: 1_000,
    scenario: () => Promise.resolve(),
    checks,
    questions: [],
    hints: ['?', 'because', 'do'],
    wrong: [],
    ...more,
  };
}

export function performed(
  exercise: Exercise,
  events: readonly TimelineEvent[],
  trouble?: string,
): Performance {
  return { exercise, plan, timeline: { header: HEADER, events }, trouble, limits: [], ms: 1_000 };
}
