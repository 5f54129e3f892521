import type { GradeRow } from '../../grade/row.ts';

const EVERY_MS = 1_000;

/** Tells on standard error how far a grading is, and how much longer it will take. */
export class Progress {
  readonly #total: number;
  readonly #beganMs = performance.now();
  #done = 0;
  #toldMs = 0;

  constructor(total: number) {
    this.#total = total;
  }

  finished(row: GradeRow): void {
    if (!row.terminal) {
      this.#tell(
        `${row.student}, exercise ${row.exercise.number}: tried again, as the lab failed: ${row.because ?? ''}`,
      );
      return;
    }
    this.#done += 1;
    const nowMs = performance.now();
    if (nowMs - this.#toldMs < EVERY_MS && this.#done < this.#total) return;
    this.#toldMs = nowMs;
    const eachMs = (nowMs - this.#beganMs) / this.#done;
    const left = Math.ceil(((this.#total - this.#done) * eachMs) / 1_000);
    this.#tell(`${this.#done} of ${this.#total} judged${left > 0 ? `, about ${duration(left)} left` : ''}`);
  }

  #tell(text: string): void {
    if (process.stderr.isTTY)
      process.stderr.write(`\r\x1b[K${text}${this.#done === this.#total ? '\n' : ''}`);
    else console.error(text);
  }
}

function duration(seconds: number): string {
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
