import { blindness } from '../exercise/judge/doubt.ts';
import { Evidence } from '../exercise/judge/evidence.ts';
import { type Performance, perform, type Staged } from '../exercise/perform.ts';
import { referenceProgram } from '../exercise/programs.ts';
import type { Part } from '../exercise/scene.ts';
import type { Backend } from '../host/backend.ts';
import type { State } from '../tcp/states.ts';
import type { Event } from '../tcp/transitions.ts';
import { edgeName } from './edges.ts';
import type { Finding } from './finding.ts';
import { judgeTransition } from './judge-transition.ts';
import type { Provocation } from './provocation.ts';

/** What became of one edge. */
export interface EdgeResult extends Finding {
  readonly from: State;
  readonly to: State;
  readonly event: Event;
  /** Which call of the sockets API was the event, where there are two. */
  readonly by?: string;
  readonly note?: string;
  readonly ms: number;
}

export interface Place {
  readonly backend: Backend;
  readonly ipv6: boolean;
}

/** How long a provocation takes at most when it does not say, in milliseconds. */
const LASTS_MS = 5_000;

/** Provokes one edge on a fresh pair of hosts, and judges what was seen. @throws what the machine lacks. */
export async function provoke(provocation: Provocation, { backend, ipv6 }: Place): Promise<EdgeResult> {
  const { edge } = provocation;
  const staged: Staged = {
    slug: edgeName(edge),
    lastsMs: provocation.lastsMs ?? LASTS_MS,
    scenario: provocation.play,
    ...(provocation.knobs === undefined ? {} : { knobs: provocation.knobs }),
  };
  const cast = Object.fromEntries(Object.entries(provocation.programs).map(part));
  const performance = await perform(staged, { seed: 'atlas', backend, ipv6, cast });
  const { from, to, event } = edge;
  return {
    from,
    to,
    event,
    ...(provocation.by === undefined ? {} : { by: provocation.by }),
    ...judged(provocation, performance),
    ...(provocation.note === undefined ? {} : { note: provocation.note }),
    ms: performance.ms,
  };
}

/** What a run of a provocation shows. Pure: the same timeline gives the same finding. */
function judged(
  provocation: Provocation,
  { timeline, plan, trouble }: Pick<Performance<Staged>, 'timeline' | 'plan' | 'trouble'>,
): Finding {
  const evidence = new Evidence(timeline);
  const finding = (provocation.judge ?? judgeTransition)(evidence, plan, provocation);
  const doubt = blindness(evidence);
  if (finding.verdict !== 'unsettled' && doubt?.ofPasses !== true) return finding;
  const because = [trouble, doubt?.because].filter((sentence) => sentence !== undefined);
  return { ...finding, verdict: 'unsettled', missing: [...(finding.missing ?? []), ...because] };
}

function part([name, file]: readonly [string, string]): [string, Part] {
  const host = name === 'server' ? 'server' : 'client';
  return [name, { host, file: referenceProgram(file), student: false }];
}
