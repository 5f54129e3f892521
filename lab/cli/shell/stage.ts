import type { Cast } from '../../exercise/casting.ts';
import type { Exercise } from '../../exercise/exercise.ts';
import { Plan } from '../../exercise/plan.ts';
import { LabFault, Scene } from '../../exercise/scene.ts';
import { type Backend, makeNetwork } from '../../host/backend.ts';
import { keepCompiled } from '../../host/compile/keep-compiled.ts';
import type { Network, WatchableHost } from '../../host/host.ts';
import { Observation } from '../../observe/observation.ts';
import { WaitError } from '../../observe/wait-error.ts';

export interface StageOptions {
  readonly backend: Backend;
  readonly seed: string;
  readonly cast: Cast;
  readonly ipv6: boolean;
}

/** How far a scenario is: at a moment worth a look, at its end, or at a wait that failed. */
export type Halt =
  | { readonly at: 'look' }
  | { readonly at: 'end' }
  | { readonly at: 'wait'; readonly because: string };

/**
 * An exercise's scenario, to be looked at by hand: it stands still wherever it would have `ss` print the sockets, and goes on when
 * it is told to. Hosts, programs and gates stay as they are until the stage is closed.
 */
export class Stage implements AsyncDisposable {
  readonly network: Network<WatchableHost>;
  readonly #observation: Observation;
  readonly #scenario: Promise<Halt>;
  #halted = Promise.withResolvers<Halt>();
  #goOn = Promise.withResolvers<void>();

  private constructor(exercise: Exercise, plan: Plan, cast: Cast, network: Network<WatchableHost>) {
    this.network = network;
    this.#observation = new Observation(network.hosts.values());
    const standStill = (): Promise<void> => {
      this.#halted.resolve({ at: 'look' });
      return this.#goOn.promise;
    };
    const scene = new Scene(plan, this.#observation, network.hosts.values(), cast, standStill);
    this.#scenario = played(exercise, scene);
  }

  static async open(exercise: Exercise, { backend, seed, cast, ipv6 }: StageOptions): Promise<Stage> {
    const parts = Object.values(cast);
    if (backend === 'namespaces')
      await keepCompiled(parts.flatMap(({ file, data }) => (data === undefined ? [file] : [])));
    const plan = new Plan(seed, exercise.slug);
    const network = await makeNetwork(backend, {
      hosts: exercise.hosts ?? ['client', 'server'],
      subnet: plan.subnet,
      knobs: exercise.knobs ?? {},
      ipv6: ipv6 || exercise.ipv6 === true,
    });
    return new Stage(exercise, plan, cast, network);
  }

  /** Waits until the scenario stands still, or is over. @throws whatever no scenario should throw. */
  async halt(): Promise<Halt> {
    return await Promise.race([this.#halted.promise, this.#scenario]);
  }

  /** Lets the scenario go on. @returns where it stands still the next time. */
  async goOn(): Promise<Halt> {
    const { resolve } = this.#goOn;
    this.#halted = Promise.withResolvers();
    this.#goOn = Promise.withResolvers();
    resolve();
    return await this.halt();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // A scenario that still waits is told so, and nobody is there any more to hear of it.
    this.#scenario.catch(() => {});
    try {
      await this.#observation.close();
    } finally {
      await this.network.close();
    }
  }
}

async function played(exercise: Exercise, scene: Scene): Promise<Halt> {
  try {
    await exercise.scenario(scene);
    return { at: 'end' };
  } catch (error) {
    if (error instanceof WaitError) return { at: 'wait', because: error.sentence };
    if (error instanceof LabFault) return { at: 'wait', because: error.message };
    throw error;
  }
}
