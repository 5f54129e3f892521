import { stripVTControlCharacters } from 'node:util';
import type { Phase, StageResult } from '../../exercise/tour/stage-run.ts';
import type { TourResult } from '../../exercise/tour/tour.ts';
import { STATES, type State } from '../../tcp/states.ts';
import { paint } from '../paint.ts';

interface ViewOptions {
  readonly json: boolean;
  readonly verbose: boolean;
  readonly holdMs: number;
}

const WIDTH = Math.max(...STATES.map((state) => state.length));

/**
 * Shows a tour while it runs: on a terminal a table that fills in place, otherwise a line for each state. With
 * `--json` the lines go to standard error and the document to standard output.
 */
export class TourView {
  readonly #options: ViewOptions;
  readonly #live: boolean;
  readonly #phases = new Map<State, Phase>();
  readonly #results = new Map<State, StageResult>();
  #drawn = 0;
  #printed = 0;

  constructor(options: ViewOptions) {
    this.#options = options;
    this.#live = !options.json && process.stdout.isTTY && (process.stdout.rows ?? 24) > STATES.length + 3;
    if (!options.json)
      console.log(
        `Holding each of the 11 TCP states for ${options.holdMs} ms, on this machine's own kernel.\n`,
      );
  }

  reached(state: State, phase: Phase): void {
    this.#phases.set(state, phase);
    if (this.#live) this.#draw();
  }

  finished(result: StageResult): void {
    this.#results.set(result.state, result);
    if (this.#live) this.#draw();
    else this.#printInOrder();
  }

  done(tour: TourResult): void {
    if (this.#options.json) {
      console.log(JSON.stringify(tour, null, 2));
      return;
    }
    for (const state of tour.states) {
      if (this.#options.verbose || state.problems.length > 0) console.log(detail(state));
    }
    const good = tour.states.filter(({ held, released }) => held && released).length;
    console.log(
      `\n${good} of 11 states held and released in ${(tour.elapsedMs / 1000).toFixed(2)} s, Linux ${tour.kernel}. ` +
        (good === 11
          ? 'Every one was seen by sock_diag and ss, for the right segments.'
          : 'What went wrong is above.'),
    );
  }

  /** Prints what is finished, up to the first state that is not: plain lines come in the order of the states. */
  #printInOrder(): void {
    for (let state = STATES[this.#printed]; state !== undefined; state = STATES[this.#printed]) {
      const result = this.#results.get(state);
      if (result === undefined) return;
      (this.#options.json ? console.error : console.log)(row(result, false));
      this.#printed += 1;
    }
  }

  #draw(): void {
    const lines = STATES.map((state) => {
      const result = this.#results.get(state);
      if (result !== undefined) return row(result, true);
      const phase = this.#phases.get(state);
      return phase === undefined ? `  ${state}` : `… ${state.padEnd(WIDTH)}  ${phase}`;
    });
    const columns = process.stdout.columns ?? 80;
    const up = this.#drawn === 0 ? '' : `\x1b[${this.#drawn}A`;
    process.stdout.write(`${up}${lines.map((line) => `\x1b[2K${clip(line, columns)}`).join('\n')}\n`);
    this.#drawn = lines.length;
  }
}

/** A state in one line: whether it was held and released, where, for how long, what followed, and the line of ss. */
function row(result: StageResult, colour: boolean): string {
  const good = result.held && result.released;
  const mark = good ? '✔' : '✘';
  const held = `${result.heldMs.toFixed(0)} ms`.padStart(8);
  const next = `→ ${result.next ?? '?'}`.padEnd(WIDTH + 2);
  const evidence = result.ss ?? (result.state === 'CLOSED' && good ? 'no socket; a SYN earns RST' : '');
  const shown = colour && process.stdout.isTTY ? paint(good ? 'green' : 'red', mark) : mark;
  return `${shown} ${result.state.padEnd(WIDTH)}  ${result.host}  held ${held}  ${next}  ${shortSs(evidence)}`;
}

/** The parts of an ss line that identify the socket: state, queues, addresses, timer and cookie. */
function shortSs(line: string): string {
  return line
    .replace(/ uid:\d+/, '')
    .replace(/ ino:\d+/, '')
    .replace(/ cgroup:\S*/, '')
    .replace(/ [<-]-[->]$/, '');
}

function detail(result: StageResult): string {
  const segments = result.segments.length === 0 ? ['no segments'] : result.segments;
  return [
    `\n${result.state} on the ${result.host}`,
    ...segments.map((line) => `  ${line}`),
    ...(result.trace ?? []).map((line) => `  traced  ${line}`),
    ...result.problems.map((problem) => `  ✘ ${problem.replaceAll('\n', '\n    ')}`),
    `  ${result.looks} looks, widest gap ${result.widestGapMs.toFixed(1)} ms`,
  ].join('\n');
}

/** Cuts a line to a terminal's width; colour codes do not count. */
function clip(line: string, columns: number): string {
  const extra = line.length - stripVTControlCharacters(line).length;
  return line.length - extra <= columns ? line : `${line.slice(0, columns + extra - 1)}…`;
}
