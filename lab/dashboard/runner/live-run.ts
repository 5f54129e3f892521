import { referenceCast } from '../../exercise/casting.ts';
import { type Checked, checkExercise } from '../../exercise/check.ts';
import type { Exercise } from '../../exercise/exercise.ts';
import { eachEvent, perform } from '../../exercise/perform.ts';
import { Plan } from '../../exercise/plan.ts';
import type { Scene } from '../../exercise/scene.ts';
import type { Backend } from '../../host/backend.ts';
import type { Observation } from '../../observe/observation.ts';
import type { TimelineEvent } from '../../observe/timeline.ts';
import { checkWork } from '../../workspace/check-work.ts';
import { ownProgress } from '../../workspace/record.ts';
import type { RunStatus, Told } from '../protocol.ts';
import { argumentsOf } from './arguments.ts';
import { Batches } from './batches.ts';
import { Hand } from './hand.ts';
import { handsOnStage } from './hands-on.ts';
import type { ProgramStart } from './messages.ts';
import { Programs } from './programs.ts';
import { SoFar } from './so-far.ts';
import { Table } from './tables.ts';

/** A run with more events than this is ended: neither a page nor its server is to fill up. */
const MOST_EVENTS = 60_000;

/** A run was ended from the page, or by its limits. */
class Ended extends Error {
  override readonly name = 'Ended';
  readonly code = 'ended';
}

export type RunPlan = Pick<RunStatus, 'run' | 'how' | 'number' | 'from'>;

/** One run that a page looks at while it goes on: it tells of everything, and takes the hand on the wire. */
export class LiveRun {
  readonly #plan: RunPlan;
  readonly #exercise: Exercise;
  readonly #backend: Backend;
  readonly #tell: (told: Told) => void;
  readonly #giveUp = new AbortController();
  readonly #handsOff = Promise.withResolvers<void>();
  readonly #programs = new Programs();
  readonly #batches: Batches;
  #phase: RunStatus['phase'] = 'starting';
  #because: string | undefined;
  #observation: Observation | undefined;
  #scene: Scene | undefined;
  #hand: Hand | undefined;
  #soFar: SoFar | undefined;
  #hosts: readonly string[] = [];
  readonly #tables: Table[] = [];

  constructor(plan: RunPlan, exercise: Exercise, backend: Backend, tell: (told: Told) => void) {
    this.#plan = plan;
    this.#exercise = exercise;
    this.#backend = backend;
    this.#tell = tell;
    this.#batches = new Batches((events) => tell({ tell: 'events', run: plan.run, events }));
  }

  /** Plays to the end. Never rejects: what goes wrong is in the status. */
  async play(): Promise<void> {
    this.#status();
    try {
      const checked = this.#plan.how === 'check' ? await this.#check() : await this.#byHand();
      this.#batches.flush();
      if (checked !== undefined) this.#tell({ tell: 'result', run: this.#plan.run, result: checked.result });
      this.#phase = 'over';
    } catch (error) {
      this.#batches.flush();
      const isEnded = error instanceof Ended;
      this.#phase = isEnded ? 'over' : 'failed';
      this.#because ??= isEnded ? undefined : sentenceOf(error);
    } finally {
      this.#hand?.close();
      this.#soFar?.close();
      for (const table of this.#tables) table.last();
      this.#observation = undefined;
      this.#status();
    }
  }

  /** Ends it, and everything in it. @param because when it is not the reader who has ended it */
  end(because?: string): void {
    this.#because ??= because;
    this.#handsOff.resolve();
    if (this.#plan.how === 'check' || this.#observation === undefined) this.#giveUp.abort(new Ended());
  }

  /** Starts a program by hand. @throws Error in a run that is not by hand, or not ready. */
  async start(program: ProgramStart): Promise<void> {
    const { observation, hand } = this.#ready();
    const scene = this.#scene;
    const { host, file, isRaw } = program;
    if (scene === undefined) throw new Error('This run starts its programs itself. Begin one by hand.');
    // Its kernel knows nothing of what a raw program does, and would reset it.
    if (isRaw) await hand.gate(host, 'own-rst', true);
    await this.#programs.start(observation, host, file, argumentsOf(program, this.#hosts, scene));
  }

  /** Stops a program that was started by hand. */
  async stop(pid: number): Promise<void> {
    await this.#programs.stop(pid);
  }

  /** The hand on the wire. @throws Error when the run is not ready, or over. */
  hand(): Hand {
    return this.#ready().hand;
  }

  #ready(): { observation: Observation; hand: Hand } {
    if (this.#observation === undefined || this.#hand === undefined)
      throw new Error(
        this.#phase === 'starting' ? 'The hosts are not made yet.' : 'The run is over. Begin another one.',
      );
    return { observation: this.#observation, hand: this.#hand };
  }

  async #check(): Promise<Checked> {
    const { seed } = await ownProgress();
    const options = {
      backend: this.#backend,
      signal: this.#giveUp.signal,
      watch: (observation: Observation) => {
        this.#watch(observation);
        this.#judgeMeanwhile(observation, seed);
      },
    };
    if (this.#plan.from === 'work')
      return await checkWork(this.#exercise, { ...options, counts: () => this.#hand?.isUsed !== true });
    const cast = referenceCast(this.#exercise);
    return await checkExercise(this.#exercise, { ...options, seed, cast, from: 'reference' });
  }

  async #byHand(): Promise<undefined> {
    const { seed } = await ownProgress();
    const scene = (given: Scene): void => {
      this.#scene = given;
    };
    // The programs stop before the last look, so that it shows how the kernel goes on without them.
    const over = this.#handsOff.promise.then(() => this.#programs.stopAll());
    await perform(handsOnStage(this.#exercise, { scene, over }), {
      seed,
      backend: this.#backend,
      cast: {},
      signal: this.#giveUp.signal,
      watch: (observation) => this.#watch(observation),
    });
  }

  #watch(observation: Observation): void {
    const { run } = this.#plan;
    const { header } = observation.timeline();
    this.#observation = observation;
    this.#hosts = header.hosts.map(({ name }) => name);
    this.#hand = new Hand(observation, () => this.#status());
    this.#phase = 'running';
    this.#tell({ tell: 'header', run, header });
    for (const host of this.#hosts) {
      const table = new Table((look) => this.#tell({ tell: 'table', run, host, ...look }));
      this.#tables.push(table);
      table.watch(observation.of(host).witness);
    }
    eachEvent(observation, (event) => this.#see(event));
    this.#status();
  }

  #judgeMeanwhile(observation: Observation, seed: string): void {
    const { run } = this.#plan;
    const plan = new Plan(seed, this.#exercise.slug);
    const tell = (checks: Extract<Told, { tell: 'so-far' }>['checks']): void =>
      this.#tell({ tell: 'so-far', run, checks });
    this.#soFar = new SoFar(this.#exercise, plan, () => observation.timeline(), tell);
  }

  #see(event: TimelineEvent): void {
    this.#batches.add(event);
    if (this.#batches.count === MOST_EVENTS) {
      this.#because = `The run was ended after ${MOST_EVENTS} events: there is no end of them.`;
      this.#handsOff.resolve();
      this.#giveUp.abort(new Ended());
    }
    if (this.#programs.see(event)) this.#status();
  }

  #status(): void {
    const because = this.#because;
    this.#tell({
      tell: 'run',
      run: {
        ...this.#plan,
        phase: this.#phase,
        ...(because === undefined ? {} : { because }),
        isTouched: this.#hand?.isUsed ?? false,
        hosts: this.#hosts.map((name) => ({
          name,
          programs: this.#programs.of(name),
          gates: this.#hand?.gatesOf(name) ?? [],
          isHeld: this.#hand?.isHeld(name) ?? false,
        })),
      },
    });
  }
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
