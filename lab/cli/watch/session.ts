import type { Exercise } from '../../exercise/exercise.ts';
import type { ExerciseResult } from '../../exercise/result.ts';
import { EXERCISES } from '../../exercises/catalog.ts';
import type { Backend } from '../../host/backend.ts';
import { checkWork } from '../../workspace/check-work.ts';
import { isUntouched, startExercise } from '../../workspace/folder.ts';
import { nextHint } from '../../workspace/hints.ts';
import { overview } from '../../workspace/overview.ts';
import { shown, workFiles } from '../../workspace/place.ts';
import { savePredictions, tooLate } from '../../workspace/predictions.ts';
import { type Progress, progressOf, withExercise } from '../../workspace/progress.ts';
import { readProgress, updateProgress } from '../../workspace/progress-file.ts';
import { unspoilt } from '../../workspace/record.ts';
import { Saves } from '../../workspace/saves.ts';
import { resultLines } from '../check/lines.ts';
import { EXIT } from '../command.ts';
import { hintLines } from '../hint.ts';
import { listLines } from '../list/lines.ts';
import { paint } from '../paint.ts';
import type { Key } from './keys.ts';
import { Questions } from './questions.ts';

export interface SessionOptions {
  readonly print: (line: string) => void;
  /** Whether somebody sits at a terminal: then questions are worth waiting for. */
  readonly terminal: boolean;
  /** Whether to take file events, beside looking at the files. */
  readonly events: boolean;
  readonly ipv6: boolean;
  readonly backend: Backend;
}

/** A run was given up, as something newer is to be run. */
class Outdated extends Error {
  override readonly name = 'Outdated';
  readonly code = 'outdated';
}

const KEYS = 'n next · h hint · l list · p predict · r run again · q quit';

/** One student's watch: the exercise it is at, the run that goes on, and the questions that stand. */
export class Session {
  /** Every result so far. */
  readonly results: ExerciseResult[] = [];
  /** The exit code, when the student has had enough. */
  readonly over: Promise<number>;
  readonly #options: SessionOptions;
  readonly #end: (code: number) => void;
  #exercise: Exercise;
  #saves: Saves | undefined;
  #run: AbortController | undefined;
  #questions: Questions | undefined;
  #closed = false;
  /** A save that came while questions stood. */
  #waiting = false;

  constructor(exercise: Exercise, options: SessionOptions) {
    const { promise, resolve } = Promise.withResolvers<number>();
    this.over = promise;
    this.#end = resolve;
    this.#options = options;
    this.#exercise = exercise;
  }

  /** Goes to an exercise: starts it if need be, asks what is expected of it, and checks it if there is anything to check. */
  async open(exercise = this.#exercise): Promise<void> {
    if (this.#closed) return;
    this.#exercise = exercise;
    this.#giveUpRun();
    this.#saves?.[Symbol.dispose]();
    const { number, slug, title } = exercise;
    const { copied } = startExercise(exercise);
    const now = new Date().toISOString();
    const begun = await unspoilt(() =>
      updateProgress((all) => withExercise(all, slug, (old) => ({ startedAt: old.startedAt ?? now }))),
    );
    const progress = begun ?? (await readProgress());
    if (this.#closed || this.#exercise !== exercise) return;
    this.#saves = new Saves(workFiles(exercise), (changed) => this.#saved(changed), this.#options.events);
    const files = workFiles(exercise).map(shown).join(' and ');
    this.#print(
      '',
      paint('bold', `${number}. ${title}`),
      `${copied.length > 0 ? 'Yours to edit' : 'Yours'}: ${files}. What to do: ./tcplab show ${number}`,
      paint('dim', KEYS),
    );
    this.#waiting = !isUntouched(exercise);
    const { firstRunAt, predictions } = progressOf(progress, slug);
    if (firstRunAt === undefined && Object.keys(predictions).length < exercise.questions.length) this.#ask();
    else this.#go();
  }

  /** Does what was asked for. */
  async press(key: Key): Promise<void> {
    if (key.kind === 'quit') return this.#quit(EXIT.passed);
    if (key.kind === 'interrupt') return this.#quit(EXIT.interrupted);
    if (this.#questions !== undefined && (key.kind === 'answer' || key.kind === 'skip'))
      return await this.#answer(key.kind === 'answer' ? key.text : '');
    switch (key.kind) {
      case 'next':
        return await this.#next();
      case 'hint':
        return this.#print('', ...hintLines(await nextHint(this.#exercise)));
      case 'list':
        return this.#print('', ...listLines(overview(EXERCISES, await readProgress())));
      case 'predict':
        return await this.#predict();
      case 'again':
        this.#questions = undefined;
        return this.#check();
      case 'answer':
        return this.#print(`"${key.text}" is no key here. ${KEYS}`);
      case 'skip':
      case 'enter':
    }
  }

  /** Ends everything that goes on. */
  close(): void {
    this.#closed = true;
    this.#giveUpRun();
    this.#saves?.[Symbol.dispose]();
  }

  #saved(changed: boolean): void {
    // The same text saved once more while it is being checked, as some editors do.
    if (!changed && this.#run !== undefined) return;
    if (this.#questions !== undefined && this.#options.terminal && !this.#waiting) {
      this.#waiting = true;
      this.#print(
        '',
        '   Saved. First what you expect: answer, or skip it with s. Or save again, and it is checked at once.',
      );
      return;
    }
    this.#questions = undefined;
    this.#check();
  }

  #check(): void {
    this.#giveUpRun();
    this.#waiting = false;
    const run = new AbortController();
    this.#run = run;
    this.#print(
      '',
      paint(
        'dim',
        `── ${new Date().toLocaleTimeString('en-GB')}  checking exercise ${this.#exercise.number} …`,
      ),
    );
    void this.#judge(this.#exercise, run);
  }

  async #judge(exercise: Exercise, run: AbortController): Promise<void> {
    try {
      const { result } = await checkWork(exercise, {
        backend: this.#options.backend,
        ipv6: this.#options.ipv6,
        signal: run.signal,
      });
      if (run.signal.aborted) return;
      this.#run = undefined;
      this.results.push(result);
      this.#print(...resultLines(result));
      if (result.verdict === 'pass') await this.#next();
      else this.#print(paint('dim', `Save to check again. ${KEYS}`));
    } catch (error) {
      // What a run that was given up stumbles over on its way out is nobody's concern.
      if (run.signal.aborted) return;
      this.#run = undefined;
      this.#print(`tcplab: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #giveUpRun(): void {
    this.#run?.abort(new Outdated());
    this.#run = undefined;
  }

  #ask(): void {
    this.#questions = new Questions(this.#exercise);
    this.#print(
      '',
      'Before the first run: what do you expect? It costs no points.',
      ...this.#questions.lines(),
    );
  }

  async #answer(text: string): Promise<void> {
    const questions = this.#questions;
    if (questions === undefined) return;
    if (!questions.answer(text)) return this.#print(questions.refusal(text));
    const more = questions.lines();
    if (text !== '') this.#print(`   ${text}`);
    if (more.length > 0) return this.#print('', ...more);
    this.#questions = undefined;
    const exercise = this.#exercise;
    if (Object.keys(questions.answers).length > 0)
      await unspoilt(() => savePredictions(exercise, questions.answers));
    if (exercise === this.#exercise) this.#go();
  }

  async #predict(): Promise<void> {
    const exercise = this.#exercise;
    const { firstRunAt } = progressOf(await readProgress(), exercise.slug);
    if (firstRunAt !== undefined || this.#run !== undefined) this.#print(tooLate(exercise).message);
    else this.#ask();
  }

  /** Checks what is there to be checked, or says what to do for that. */
  #go(): void {
    if (this.#waiting) this.#check();
    else this.#print('', 'Edit and save: it is checked on every save.');
  }

  async #next(): Promise<void> {
    const progress = await readProgress();
    const next = nextExercise(this.#exercise, progress);
    this.#questions = undefined;
    if (next === undefined) this.#print('', 'There is no other exercise left to pass.', paint('dim', KEYS));
    else await this.open(next);
  }

  #quit(code: number): void {
    this.close();
    this.#end(code);
  }

  #print(...lines: string[]): void {
    for (const line of lines) this.#options.print(line);
  }
}

/** The first exercise that is not passed, after one, or else from the beginning. */
function nextExercise(after: Exercise | undefined, progress: Progress): Exercise | undefined {
  const open = EXERCISES.filter(
    ({ slug, number }) => progressOf(progress, slug).passedAt === undefined && number !== after?.number,
  );
  return open.find(({ number }) => number > (after?.number ?? 0)) ?? open[0];
}

/** The exercise that was started last and is not passed; the first one that is not passed when there is none. */
export function currentExercise(progress: Progress): Exercise | undefined {
  const startedAt = ({ slug }: Exercise): string => progressOf(progress, slug).startedAt ?? '';
  const last = EXERCISES.filter(
    (each) => startedAt(each) !== '' && progressOf(progress, each.slug).passedAt === undefined,
  )
    .sort((a, b) => (startedAt(a) < startedAt(b) ? -1 : 1))
    .at(-1);
  return last ?? nextExercise(undefined, progress);
}
