import type { Work } from '../../grade/grade-rows.ts';
import type { GradePlan } from '../../grade/plan.ts';
import type { GradeRow } from '../../grade/row.ts';

const EVERY_MS = 1_000;
/** What a run costs beside the time that its exercise takes: starting its hosts and programs. */
const START_MS = 500;

/** Tells on standard error how far a grading is, and how much longer it will take. */
export class Progress {
  readonly #total: number;
  readonly #jobs: number;
  readonly #lasts: ReadonlyMap<number, number>;
  readonly #beganMs = performance.now();
  /** What is done and what is to do, in milliseconds that the runs would take one after another. */
  #doneMs = 0;
  #restMs: number;
  #done = 0;
  #toldMs = 0;
  #isLineOpen = false;

  /** @param jobs how many are judged at the same time */
  constructor(work: readonly Work[], { header }: GradePlan, jobs: number) {
    this.#total = work.length;
    this.#jobs = jobs;
    this.#lasts = new Map(header.exercises.map(({ number, lastsMs }) => [number, lastsMs + START_MS]));
    this.#restMs = work.reduce((sum, { row }) => sum + this.#expected(row.exercise.number), 0);
  }

  finished(row: GradeRow): void {
    if (!row.terminal) {
      const who = `${row.student}, exercise ${row.exercise.number}`;
      this.#tell(`${who}: the lab failed (${row.because ?? 'nobody knows why'}), and tries again`, true);
      return;
    }
    this.#done += 1;
    this.#doneMs += this.#expected(row.exercise.number);
    this.#restMs -= this.#expected(row.exercise.number);
    const nowMs = performance.now();
    if (nowMs - this.#toldMs < EVERY_MS && this.#done < this.#total) return;
    this.#toldMs = nowMs;
    this.#tell(`${this.#done} of ${this.#total} judged${this.#timeLeft(nowMs)}`, this.#done === this.#total);
  }

  /** Leaves a terminal at the beginning of a line. */
  end(): void {
    if (this.#isLineOpen) process.stderr.write('\n');
    this.#isLineOpen = false;
  }

  #expected(exercise: number): number {
    return this.#lasts.get(exercise) ?? START_MS;
  }

  /** Nobody can tell before as many are done as run side by side. */
  #timeLeft(nowMs: number): string {
    if (this.#done < this.#jobs || this.#done === this.#total) return '';
    const leftMs = ((nowMs - this.#beganMs) * this.#restMs) / this.#doneMs;
    return `, about ${duration(Math.ceil(leftMs / 1_000))} left`;
  }

  #tell(text: string, endsLine: boolean): void {
    this.#isLineOpen = process.stderr.isTTY && !endsLine;
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}${endsLine ? '\n' : ''}`);
    else console.error(text);
  }
}

function duration(seconds: number): string {
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
