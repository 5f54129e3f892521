import { batch, signal } from '@preact/signals';
import type { ExerciseResult } from '../../exercise/result.ts';
import type { EventTold, RunStatus, Told } from '../protocol.ts';
import { type LogLine, logLine } from './log-line.ts';
import { LiveTimeline } from './pictures/live-timeline.ts';
import { type Change, nextRows, type Row, withoutFaded } from './rows.ts';

/** Lines of the log that are kept: a program that prints without end is not to fill the page up. */
const MOST_LINES = 2_000;

/** What the server has told of the lab, and of the one run that there is. Every member is a signal; `hear` moves them. */
export class Store {
  readonly lab = signal<Extract<Told, { tell: 'lab' }> | undefined>(undefined);
  /** null when there was no run yet; undefined before the server has said. */
  readonly run = signal<RunStatus | null | undefined>(undefined);
  readonly tables = signal<Readonly<Record<string, readonly Row[]>>>({});
  /** When the last of all tables was told, in milliseconds of the run: what is there was there then. */
  readonly lookedMs = signal(0);
  /** The changes of state that came last. */
  readonly changes = signal<readonly Change[]>([]);
  readonly log = signal<readonly LogLine[]>([]);
  /** While a check goes on: the steps of each check that were seen until now, by its id. */
  readonly soFar = signal<Readonly<Record<string, readonly string[]>>>({});
  readonly result = signal<ExerciseResult | undefined>(undefined);
  /** The exercise whose file was saved last, and how many saves there were. */
  readonly saved = signal<{ readonly number: number; readonly count: number } | undefined>(undefined);
  readonly timeline: LiveTimeline;
  #run = 0;

  constructor(timeline = new LiveTimeline()) {
    this.timeline = timeline;
  }

  /** Takes one message. @param nowMs the page's clock, in milliseconds */
  hear(told: Told, nowMs: number): void {
    batch(() => this.#hear(told, nowMs));
  }

  /** Takes away what has faded. @returns whether anything still fades */
  fade(nowMs: number): boolean {
    const entries = Object.entries(this.tables.value);
    const next = entries.map(([host, rows]) => [host, withoutFaded(rows, nowMs)] as const);
    if (next.some(([, rows], n) => rows !== entries[n]?.[1])) this.tables.value = Object.fromEntries(next);
    return next.some(([, rows]) => rows.some(({ goneMs }) => goneMs !== undefined));
  }

  #hear(told: Told, nowMs: number): void {
    switch (told.tell) {
      case 'lab':
        this.lab.value = told;
        return;
      case 'saved':
        this.saved.value = { number: told.number, count: (this.saved.value?.count ?? 0) + 1 };
        return;
      case 'run':
        if (told.run !== null) this.#begin(told.run.run);
        this.run.value = told.run;
        return;
      case 'header':
        this.#begin(told.run);
        this.#forget();
        this.timeline.begin(told.header);
        return;
      case 'events':
        if (told.run === this.#run) this.#add(told.events);
        return;
      case 'table':
        if (told.run === this.#run) this.#see(told, nowMs);
        return;
      case 'so-far':
        if (told.run === this.#run)
          this.soFar.value = Object.fromEntries(told.checks.map(({ id, steps }) => [id, steps]));
        return;
      case 'result':
        if (told.run === this.#run) this.result.value = told.result;
    }
  }

  /** Another run than the one before: nothing of that one stays. */
  #begin(run: number): void {
    if (run === this.#run) return;
    this.#run = run;
    this.#forget();
    this.timeline.clear();
  }

  #forget(): void {
    this.tables.value = {};
    this.lookedMs.value = 0;
    this.changes.value = [];
    this.log.value = [];
    this.soFar.value = {};
    this.result.value = undefined;
  }

  #add(events: readonly EventTold[]): void {
    this.timeline.add(events);
    const lines = events.map(logLine).filter((line) => line !== undefined);
    if (lines.length > 0) this.log.value = [...this.log.value, ...lines].slice(-MOST_LINES);
  }

  #see({ host, sockets, atMs }: Extract<Told, { tell: 'table' }>, nowMs: number): void {
    this.lookedMs.value = Math.max(this.lookedMs.value, atMs);
    const { rows, changes } = nextRows(host, this.tables.value[host] ?? [], sockets, nowMs);
    this.tables.value = { ...this.tables.value, [host]: rows };
    if (changes.length > 0) this.changes.value = changes;
  }
}
