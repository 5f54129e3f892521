import type { HeldSurvey } from '../survey/surveyor.ts';
import { STATES } from '../tcp/states.ts';

/** Where was looked, and how. */
export interface SurveyPlace {
  readonly kind: 'here' | 'process' | 'container';
  readonly pid?: number;
  readonly command?: string;
  readonly container?: string;
  /** For a container: `entered` its network namespace, or by another container `beside` it. */
  readonly by?: 'entered' | 'beside';
  /** Only sockets with this local or remote port. */
  readonly port?: number;
}

/** A look as one JSON document, without line ends: schema tcplab/observe/1. Every state has a number; what is not known is null. */
export function surveyJson(survey: HeldSurvey, place: SurveyPlace): string {
  const { at, tookMs, states, listeners, warnings, unattributed, ...rest } = survey;
  return JSON.stringify({
    schema: 'tcplab/observe/1',
    at: new Date(at).toISOString(),
    place,
    ...rest,
    tookMs: Number(tookMs.toFixed(2)),
    states: Object.fromEntries(STATES.map((state) => [state, states[state] ?? 0])),
    listeners: listeners.map(
      ({ local, sockets, full, acceptQueue, acceptLimit, halfOpen, halfOpenLimit }) => ({
        local,
        sockets,
        full,
        acceptQueue,
        acceptLimit,
        halfOpen,
        halfOpenLimit: halfOpenLimit ?? null,
      }),
    ),
    unattributed: unattributed ?? null,
    warnings: warnings.map(({ state, where, limit, holders, ...warning }) => ({
      ...warning,
      state: state ?? null,
      where: where ?? null,
      limit: limit ?? null,
      holders: holders ?? null,
    })),
  });
}
