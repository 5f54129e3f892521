import { existsSync, readFileSync } from 'node:fs';
import { type Backend, makeNetwork } from '../host/backend.ts';
import { keepCompiled } from '../host/compile/keep-compiled.ts';
import { describeExit } from '../host/describe-exit.ts';
import type { ConfinementPlan, Confining } from '../host/host.ts';
import type { RunningProgram } from '../host/program.ts';
import type { LimitReached } from '../host/sandbox/limits.ts';
import { Observation } from '../observe/observation.ts';
import type { TimelineData, TimelineEvent } from '../observe/timeline.ts';
import { WaitError } from '../observe/wait-error.ts';
import { withDeadline } from '../sys/deadline.ts';
import type { Exercise } from './exercise.ts';
import { ownTurn } from './own-turn.ts';
import { Plan } from './plan.ts';
import { LabFault, type Part, Scene } from './scene.ts';

/** The name of the counter that says how long the lab did not get to look, at most, in milliseconds. */
export const WIDEST_GAP = 'lab.WidestGapMs';

/** The name of the counter that says how long a program on a host waited for a processor, at most, in milliseconds. */
export const PROCESSOR_WAIT = 'lab.ProcessorWaitMs';

/** How much of a student's file goes into a timeline, in characters. */
const FILE_LIMIT = 64 * 1_024;

/** What of an exercise a run of it needs. Something that is no exercise can be run as well. */
export type Staged = Pick<Exercise, 'slug' | 'hosts' | 'ipv6' | 'knobs' | 'lastsMs' | 'scenario'>;

/** What was seen of an exercise, not judged yet. */
export interface Performance<E extends Staged = Exercise> {
  readonly exercise: E;
  readonly plan: Plan;
  readonly timeline: TimelineData;
  /** Why the scenario could not go on though nobody who is judged is to blame; undefined when all was well. */
  readonly trouble: string | undefined;
  /** The trouble is that the scenario did not come to its end in all the time there was. */
  readonly isLate?: true;
  /** The limits that ended programs of the student's, with the program's name; only of those that were confined. */
  readonly limits: readonly (LimitReached & { readonly program: string })[];
  /** How long it took until the last thing was seen, in milliseconds. */
  readonly ms: number;
}

export interface PerformOptions {
  readonly seed: string;
  /** Where the hosts are made; namespaces when not said. */
  readonly backend?: Backend;
  /** Which file plays which part. */
  readonly cast: Readonly<Record<string, Part>>;
  readonly ipv6?: boolean;
  /** What confines the student's programs, for whoever does not trust them. */
  readonly confinement?: Confining;
  /** Is given the observation before the first program starts, to show the run while it goes on. */
  readonly watch?: (observation: Observation) => void;
  /** Ends the run early: `perform` then rejects with the signal's reason, and its hosts and programs go. */
  readonly signal?: AbortSignal;
}

/** Runs an exercise's scenario on fresh hosts, and gives what was seen. @throws ToolError, MissingLibraryError. */
export async function perform<E extends Staged>(
  exercise: E,
  options: PerformOptions,
): Promise<Performance<E>> {
  const parts = Object.values(options.cast);
  const backend = options.backend ?? 'namespaces';
  if (backend === 'namespaces')
    await keepCompiled(parts.flatMap((part) => (isOwnProgram(part, options.confinement) ? [part.file] : [])));
  const plan = new Plan(options.seed, exercise.slug);
  await ownTurn();
  await using network = await makeNetwork(backend, {
    hosts: exercise.hosts ?? ['client', 'server'],
    subnet: plan.subnet,
    knobs: exercise.knobs ?? {},
    ipv6: options.ipv6 === true || exercise.ipv6 === true,
    ...confinementOf(exercise, options),
  });
  await using observation = new Observation(network.hosts.values());
  options.watch?.(observation);
  takeFiles(parts, plan, observation);
  const scene = new Scene(plan, observation, network.hosts.values(), options.cast);
  const gaps = [...network.hosts.keys()].map((host) => widestGap(observation, host));
  const trouble = await unlessAborted(playOut(exercise, scene, observation, options.signal), options.signal);
  // A limit that was reached just now counts, too.
  const unseen = await lookAt(observation.programs);
  for (const [n, host] of [...network.hosts.keys()].entries()) {
    const gapMs = gaps[n]?.stop() ?? 0;
    const waits = observation.programs.map((program) => (program.host === host ? program.waitedMs : 0));
    const counters = { [WIDEST_GAP]: Math.round(gapMs), [PROCESSOR_WAIT]: Math.max(0, ...waits) };
    const atMs = observation.recorder.milliseconds();
    for (const [name, value] of Object.entries(counters))
      observation.recorder.add({ kind: 'counter', atMs, host, name, value });
  }
  await observation.look();
  await scene.ss();
  for (const host of network.hosts.keys()) await observation.of(host).witness.noteLoss();
  observation.step('the run is over');
  return {
    exercise,
    plan,
    timeline: observation.timeline(),
    trouble: trouble?.message ?? neverRan(scene) ?? unseen,
    ...(trouble instanceof LateRun ? { isLate: true } : {}),
    limits: scene.students.flatMap(({ limit, name }) =>
      limit === undefined ? [] : [{ ...limit, program: name }],
    ),
    ms: observation.recorder.milliseconds(),
  };
}

/** A program that Node compiles for this user; a sandbox has a cache of its own, and there a student's code is never kept. */
function isOwnProgram({ data, student }: Part, confinement: Confining | undefined): boolean {
  return data === undefined && !(student && confinement !== undefined);
}

/** What a confined program may take beyond an honest run on an idle machine: so many times as long, and so many milliseconds. */
const WALL_TIMES = 3;
const WALL_SPARE_MS = 5_000;

function confinementOf(
  exercise: Staged,
  { confinement: confining, cast }: PerformOptions,
): { confinement?: ConfinementPlan } {
  if (confining === undefined) return {};
  const hosts = Object.values(cast).flatMap(({ host, student }) => (student ? [host] : []));
  const limits = 'limits' in confining ? confining.limits : confining.sandbox.confinement.limits;
  const wallMs = Math.max(limits.wallMs, exercise.lastsMs * WALL_TIMES + WALL_SPARE_MS);
  return { confinement: { ...confining, hosts, wallMs } };
}

/** Has programs tell what they have come to. @returns what keeps one from it, in a sentence */
async function lookAt(programs: readonly RunningProgram[]): Promise<string | undefined> {
  const looks = await Promise.allSettled(programs.map((program) => program.look()));
  const n = looks.findIndex(({ status }) => status === 'rejected');
  const why = (looks[n] as PromiseRejectedResult | undefined)?.reason as Error | undefined;
  return why && `${programs[n]?.name} on ${programs[n]?.host} cannot be seen any more: ${why.message}`;
}

/** Why the lab is to blame for a program that was never started, though nothing threw. */
function neverRan({ students }: Scene): string | undefined {
  const program = students.find(({ hasRun }) => !hasRun);
  return program === undefined ? undefined : describeExit(program);
}

/** Takes the student's files that are no programs into the timeline; one that is not there is not in it either. */
function takeFiles(parts: readonly Part[], plan: Plan, { recorder }: Observation): void {
  for (const { file, data } of parts) {
    if (data === undefined || (data.text === undefined && !existsSync(file))) continue;
    const text = data.text?.(plan) ?? readFileSync(file, 'utf8').slice(0, FILE_LIMIT);
    recorder.add({ kind: 'file', atMs: recorder.milliseconds(), name: data.name, text });
  }
}

/** The scenario did not come to its end. */
class LateRun extends LabFault {}

async function playOut(
  exercise: Staged,
  scene: Scene,
  observation: Observation,
  signal: AbortSignal | undefined,
): Promise<Error | undefined> {
  const limitMs = exercise.lastsMs * 3 + 15_000;
  const late = (): LateRun =>
    new LateRun(`the run was ended after ${limitMs / 1_000} s: the scenario never came to its end`);
  try {
    await withDeadline(exercise.scenario(scene), limitMs, late);
    return undefined;
  } catch (error) {
    if (error instanceof WaitError) {
      observation.step(`the run cannot go on: ${error.sentence}`);
      return undefined;
    }
    // What the machine lacks, and a run that was given up, is for whoever asked for the run.
    if (!(error instanceof Error) || signal?.aborted === true || isMachines(error)) throw error;
    observation.step(`the lab cannot go on: ${error.message}`);
    return error;
  }
}

function isMachines(error: Error): boolean {
  return 'code' in error && (error.code === 'tool' || error.code === 'missing-library');
}

async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return await promise;
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason as Error);
  signal.addEventListener('abort', abort, { once: true });
  try {
    if (signal.aborted) abort();
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
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
