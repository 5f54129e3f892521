import { release } from 'node:os';
import packageJson from '../../../package.json' with { type: 'json' };
import type { Exercise } from '../../exercise/exercise.ts';
import type { Language } from '../../exercise/exercise-words.ts';
import { EXERCISES, exerciseNamed } from '../../exercises/catalog.ts';
import { inChinese } from '../../exercises/words.ts';
import type { Backend } from '../../host/backend.ts';
import { mustBeStarted, startExercise } from '../../workspace/folder.ts';
import { nextHint } from '../../workspace/hints.ts';
import { overview } from '../../workspace/overview.ts';
import { choice, savePredictions } from '../../workspace/predictions.ts';
import { withExercise } from '../../workspace/progress.ts';
import { readProgress, updateProgress } from '../../workspace/progress-file.ts';
import type { Answer, ExerciseText, Told, Wish } from '../protocol.ts';
import type { Order, ProgramStart } from '../runner/messages.ts';
import { targetsOf } from '../targets.ts';
import { hostsOf, programChoices } from './choices.ts';
import { exerciseText } from './exercise-text.ts';
import { Memory } from './memory.ts';
import { Pages } from './pages.ts';
import { RunnerProcess } from './runner-process.ts';
import { WatchedFiles } from './watched-files.ts';

const NOBODY = 'Nobody looked at it any more, so the lab has ended it.';

/** What all pages of one server share: the student's progress, the one run, and the process in which it happens. */
export class Lab implements AsyncDisposable {
  readonly #backend: Backend;
  readonly #memory = new Memory();
  readonly #files = new WatchedFiles((number) => this.#tell({ tell: 'saved', number }));
  #runner: Promise<RunnerProcess> | undefined;
  #runs = 0;
  #closed = false;
  readonly pages = new Pages(() => void this.#order({ kind: 'give-up', because: NOBODY }).catch(() => {}));

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Starts the process for the first run, so that it does not wait for that. @throws RunnerError when it cannot be started. */
  async getReady(): Promise<void> {
    await this.#readyRunner();
  }

  /** What a page is told first. */
  async all(): Promise<Told[]> {
    return [await this.#aboutLab(), ...this.#memory.again()];
  }

  /** An exercise, whose files are watched from now on. @throws UnknownExercise. */
  async exercise(number: string, language: Language): Promise<ExerciseText> {
    const exercise = exerciseNamed(number);
    this.#files.watch(exercise);
    return await exerciseText(exercise, await readProgress(), language);
  }

  /** Does what a page asks for. @throws Error with a sentence for the page. */
  async take(wish: Wish): Promise<Answer> {
    switch (wish.do) {
      case 'check':
      case 'hands-on':
        await this.#play(wish);
        return {};
      case 'start':
        await this.#order({ kind: 'start', program: this.#program(wish) });
        return {};
      case 'begin':
        return await this.#begin(wish.number);
      case 'predict':
        return await this.#predict(wish.number, wish.answers);
      case 'hint':
        return { hint: await this.#hint(wish.number) };
      case 'end':
      case 'stop':
      case 'gate':
      case 'wire':
        await this.#order({ kind: 'wish', wish });
        return {};
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#files[Symbol.dispose]();
    this.pages.close();
    const runner = await this.#runner?.catch(() => undefined);
    await runner?.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #play(wish: Extract<Wish, { do: 'check' | 'hands-on' }>): Promise<void> {
    const exercise = exerciseNamed(String(wish.number));
    const from = wish.do === 'check' ? wish.from : 'reference';
    if (wish.do === 'check' && from === 'work') mustBeStarted(exercise);
    this.#files.watch(exercise);
    this.#runs += 1;
    const plan = { run: this.#runs, how: wish.do, number: wish.number, from };
    await this.#order({ kind: 'play', plan });
  }

  /** The program that is wanted, for the run that goes on. No path comes from a page. */
  #program({ host, program: id, to }: Extract<Wish, { do: 'start' }>): ProgramStart {
    const { run } = this.#memory;
    const exercise = exerciseNamed(String(run?.number ?? EXERCISES[0]?.number));
    const found = programChoices(exercise).find((program) => program.id === id);
    if (found === undefined) throw new Error(`There is no program "${id}" to start.`);
    const { file, isRaw, more, connects } = found;
    return {
      host,
      to: connects ? (to ?? targetsOf(host, hostsOf(exercise))[0]) : undefined,
      file,
      isRaw,
      more,
    };
  }

  async #begin(number: number): Promise<Answer> {
    const exercise = exerciseNamed(String(number));
    startExercise(exercise);
    const now = new Date().toISOString();
    await updateProgress((all) =>
      withExercise(all, exercise.slug, (old) => ({ startedAt: old.startedAt ?? now })),
    );
    this.#files.watch(exercise);
    this.#tell(await this.#aboutLab());
    return {};
  }

  async #predict(number: number, answers: Readonly<Record<string, string>>): Promise<Answer> {
    const exercise = exerciseNamed(String(number));
    const known = exercise.questions.filter(({ id }) => Object.hasOwn(answers, id));
    const chosen = known.map((question) => [question.id, choice(question, answers[question.id] ?? '')]);
    await savePredictions(exercise, Object.fromEntries(chosen) as Record<string, string>);
    return {};
  }

  async #hint(number: number): Promise<NonNullable<Answer['hint']>> {
    const exercise = exerciseNamed(String(number));
    const [{ level, of, text }, chinese] = await Promise.all([nextHint(exercise), inChinese(exercise)]);
    return { level, of, texts: { en: text, zh: chinese?.hints[level - 1] ?? text } };
  }

  async #aboutLab(): Promise<Told> {
    const chinese = await Promise.all(EXERCISES.map(inChinese));
    const titles = (exercises: readonly Exercise[]): Record<number, string> =>
      Object.fromEntries(exercises.map(({ number, title }) => [number, title]));
    return {
      tell: 'lab',
      tool: `tcplab ${packageJson.version}`,
      kernel: release(),
      backend: this.#backend,
      overview: overview(EXERCISES, await readProgress()),
      titles: { en: titles(EXERCISES), zh: titles(EXERCISES.map((exercise, n) => chinese[n] ?? exercise)) },
    };
  }

  async #order(order: Order): Promise<void> {
    await (await this.#readyRunner()).order(order);
  }

  /** The process for runs; a new one when the last one is gone. */
  async #readyRunner(): Promise<RunnerProcess> {
    if (this.#closed) throw new Error('The lab is about to end.');
    this.#runner ??= RunnerProcess.start(this.#backend, (told) => this.#tell(told)).then((runner) => {
      void runner.gone.then(({ message }) => this.#lost(message));
      return runner;
    });
    try {
      return await this.#runner;
    } catch (error) {
      this.#runner = undefined;
      throw error;
    }
  }

  #lost(because: string): void {
    this.#runner = undefined;
    const { run } = this.#memory;
    if (this.#closed || run === null || run.phase === 'over' || run.phase === 'failed') return;
    this.#tell({
      tell: 'run',
      run: { ...run, phase: 'failed', because: `The run's process is gone: ${because}.` },
    });
  }

  #tell(told: Told): void {
    // A run that was given up for another one still says how it ended.
    if ('run' in told && typeof told.run === 'number' && told.run !== this.#memory.run?.run) return;
    this.#memory.keep(told);
    this.pages.tell(told);
    if (told.tell === 'result' && told.result.from === 'work')
      void this.#aboutLab().then((about) => this.pages.tell(about));
  }
}
