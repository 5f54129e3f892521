import type { Recorder } from '../../observe/recorder.ts';
import type { TimelineEvent } from '../../observe/timeline.ts';
import type { TextLines } from '../../report/text-lines.ts';

/** Witnesses report late: an event is held back this long, so that earlier ones can still come before it. */
const HOLD_BACK_MS = 20;

/** Prints a timeline while it grows, in the order of time. */
export class LiveView {
  readonly #lines: TextLines;
  readonly #clock: Pick<Recorder, 'milliseconds'>;
  readonly #print: (line: string) => void;
  readonly #timer: NodeJS.Timeout;
  #pending: TimelineEvent[] = [];

  constructor(lines: TextLines, clock: Pick<Recorder, 'milliseconds'>, print: (line: string) => void) {
    this.#lines = lines;
    this.#clock = clock;
    this.#print = print;
    for (const line of lines.heading()) print(line);
    this.#timer = setInterval(() => this.#show(this.#clock.milliseconds() - HOLD_BACK_MS), HOLD_BACK_MS);
    this.#timer.unref();
  }

  /** Takes an event, to be printed soon. */
  see(event: TimelineEvent): void {
    this.#pending.push(event);
  }

  /** Prints whatever is still held back, and stops. */
  finish(): void {
    clearInterval(this.#timer);
    this.#show(Number.POSITIVE_INFINITY);
  }

  #show(untilMs: number): void {
    const due = this.#pending.filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs);
    this.#pending = this.#pending.filter(({ atMs }) => atMs > untilMs);
    for (const line of due.flatMap((event) => this.#lines.next(event))) this.#print(line);
  }
}
