import type { EventJson } from '../../report/event-json.ts';
import type { RunStatus, Told } from '../protocol.ts';

/** So many events go to a page in one message. */
const CHUNK = 500;

/** Remembers what was told of the last run, for a page that comes later or is loaded again. One run's worth, and no more. */
export class Memory {
  #run: RunStatus | null = null;
  #header: Extract<Told, { tell: 'header' }> | undefined;
  #events: EventJson[] = [];
  readonly #tables = new Map<string, Extract<Told, { tell: 'table' }>>();
  #soFar: Extract<Told, { tell: 'so-far' }> | undefined;
  #result: Extract<Told, { tell: 'result' }> | undefined;

  get run(): RunStatus | null {
    return this.#run;
  }

  /** Takes what is told. */
  keep(told: Told): void {
    switch (told.tell) {
      case 'run':
        if (told.run?.run !== this.#run?.run) this.#forget();
        this.#run = told.run;
        break;
      case 'header':
        this.#header = told;
        break;
      case 'events':
        this.#events.push(...told.events);
        break;
      case 'table':
        this.#tables.set(told.host, told);
        break;
      case 'so-far':
        this.#soFar = told;
        break;
      case 'result':
        this.#result = told;
        break;
      case 'lab':
      case 'saved':
    }
  }

  /** Everything again, in an order that makes sense to who knows nothing yet. */
  *again(): Generator<Told> {
    yield { tell: 'run', run: this.#run };
    const run = this.#run?.run;
    if (run === undefined) return;
    if (this.#header !== undefined) yield this.#header;
    for (let n = 0; n < this.#events.length; n += CHUNK)
      yield { tell: 'events', run, events: this.#events.slice(n, n + CHUNK) };
    yield* this.#tables.values();
    if (this.#soFar !== undefined) yield this.#soFar;
    if (this.#result !== undefined) yield this.#result;
  }

  #forget(): void {
    this.#header = undefined;
    this.#events = [];
    this.#tables.clear();
    this.#soFar = undefined;
    this.#result = undefined;
  }
}
