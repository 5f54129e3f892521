import type { RunStatus, Told } from '../protocol.ts';

/** Remembers what was told of the last run, for a page that comes later or is loaded again. One run's worth, and no more. */
export class Memory {
  #run: RunStatus | null = null;
  #header: Extract<Told, { tell: 'header' }> | undefined;
  /** As JSON, message by message: as objects a flood would take several times the room. */
  #events: string[] = [];
  /** The same, by host. */
  readonly #tables = new Map<string, string>();
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
        this.#events.push(JSON.stringify(told));
        break;
      case 'table':
        this.#tables.set(told.host, JSON.stringify(told));
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
    for (const told of [...this.#events, ...this.#tables.values()]) yield JSON.parse(told) as Told;
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
