import { keepCompiled } from '../host/compile/keep-compiled.ts';
import type { Host, Network, Place } from '../host/host.ts';
import { namespaceNetwork } from '../host/namespaces/network.ts';
import { Observation } from '../observe/observation.ts';
import type { TimelineData, TimelineEvent } from '../observe/timeline.ts';
import { WaitError } from '../observe/wait-error.ts';
import { withDeadline } from '../sys/deadline.ts';
import type { Exercise } from './exercise.ts';
import { Plan } from './plan.ts';
import { LabFault, type Part, Scene } from './scene.ts';

/** The name of the counter that says how long the lab did not get to look, at most, in milliseconds. */
export const WIDEST_GAP = 'lab.WidestGapMs';

/** What was seen of an exercise, not judged yet. */
export interface Performance {
  readonly exercise: Exercise;
  readonly plan: Plan;
  readonly timeline: TimelineData;
  /** Why the scenario could not go on though nobody who is judged is to blame; undefined when all was well. */
  readonly trouble: string | undefined;
  /** How long it took until the last thing was seen, in milliseconds. */
  readonly ms: number;
}

export interface PerformOptions {
  readonly seed: string;
  /** Which file plays which part. */
  readonly cast: Readonly<Record<string, Part>>;
  readonly ipv6?: boolean;
  /** Is given the observation before the first program starts, to show the run while it goes on. */
  readonly watch?: (observation: Observation) => void;
}

/** Runs an exercise's scenario on fresh hosts, and gives what was seen. @throws ToolError, MissingLibraryError. */
export async function perform(exercise: Exercise, options: PerformOptions): Promise<Performance> {
  await keepCompiled(Object.values(options.cast).map(({ file }) => file));
  const plan = new Plan(options.seed, exercise.slug);
  await using network: Network<Host & Place> = namespaceNetwork({
    hosts: exercise.hosts ?? ['client', 'server'],
    subnet: plan.subnet,
    knobs: exercise.knobs ?? {},
    ipv6: options.ipv6 ?? false,
  });
  using observation = new Observation(network.hosts.values());
  options.watch?.(observation);
  const scene = new Scene(plan, observation, network.hosts.values(), options.cast);
  const gaps = [...network.hosts.keys()].map((host) => widestGap(observation, host));
  const trouble = await playOut(exercise, scene, observation);
  for (const [n, host] of [...network.hosts.keys()].entries()) {
    const gapMs = gaps[n]?.stop() ?? 0;
    observation.recorder.add({
      kind: 'counter',
      atMs: observation.recorder.milliseconds(),
      host,
      name: WIDEST_GAP,
      value: Math.round(gapMs),
    });
  }
  observation.look();
  await scene.ss();
  observation.step('the run is over');
  return {
    exercise,
    plan,
    timeline: observation.timeline(),
    trouble,
    ms: observation.recorder.milliseconds(),
  };
}

async function playOut(
  exercise: Exercise,
  scene: Scene,
  observation: Observation,
): Promise<string | undefined> {
  const limitMs = exercise.lastsMs * 3 + 5_000;
  const late = (): LabFault =>
    new LabFault(`the run was ended after ${limitMs / 1_000} s: the scenario never came to its end`);
  try {
    await withDeadline(exercise.scenario(scene), limitMs, late);
    return undefined;
  } catch (error) {
    if (error instanceof WaitError) {
      observation.step(`the run cannot go on: ${error.sentence}`);
      return undefined;
    }
    if (!(error instanceof LabFault)) throw error;
    observation.step(`the lab cannot go on: ${error.message}`);
    return error.message;
  }
}

/** Measures the longest time between two looks at a host, from now on. */
function widestGap(observation: Observation, host: string): { stop(): number } {
  let widestMs = 0;
  let lastMs: number | undefined;
  const stop = observation.of(host).witness.watch(({ atMs }) => {
    if (lastMs !== undefined) widestMs = Math.max(widestMs, atMs - lastMs);
    lastMs = atMs;
  });
  return {
    stop() {
      stop();
      return widestMs;
    },
  };
}

/** Calls `listener` for each event of an observation, those before included. */
export function eachEvent(observation: Observation, listener: (event: TimelineEvent) => void): void {
  for (const event of observation.recorder.events) listener(event);
  observation.recorder.onEvent(listener);
}
