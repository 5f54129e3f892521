import { formatEndpoint } from '../tcp/address.ts';
import type { State } from '../tcp/states.ts';
import type { SocketRecord } from './sock-diag.ts';

/** One socket, seen in one state in look after look. Times in milliseconds on the timeline. */
export interface Span {
  readonly socket: SocketRecord;
  readonly state: State;
  readonly fromMs: number;
  readonly toMs: number;
  readonly looks: number;
}

type Growing = { -readonly [K in keyof Span]: Span[K] };

/** The samples of one host, kept so that a failed wait can show what was seen instead. */
export class Spans {
  readonly #all: Growing[] = [];
  readonly #current = new Map<string, Growing>();
  #looks = 0;
  #lastLookMs = 0;

  /** How many looks there were, and when the last one was. */
  get looks(): number {
    return this.#looks;
  }

  get lastLookMs(): number {
    return this.#lastLookMs;
  }

  get all(): readonly Span[] {
    return this.#all;
  }

  add(look: { readonly atMs: number; readonly sockets: readonly SocketRecord[] }): void {
    this.#looks += 1;
    this.#lastLookMs = look.atMs;
    for (const socket of look.sockets) {
      const span = this.#current.get(socket.cookie);
      if (span !== undefined && span.state === socket.state) {
        span.toMs = look.atMs;
        span.looks += 1;
        span.socket = socket;
        continue;
      }
      const begun = { socket, state: socket.state, fromMs: look.atMs, toMs: look.atMs, looks: 1 };
      this.#current.set(socket.cookie, begun);
      this.#all.push(begun);
    }
  }

  /** One line a span that touches [fromMs, now], oldest first; at most `limit` of the latest. */
  describe(fromMs: number, limit = 12): string[] {
    const lines = this.#all
      .filter((span) => span.toMs >= fromMs)
      .map(
        ({ socket, state, fromMs: from, toMs, looks }) =>
          `${from.toFixed(1)}–${toMs.toFixed(1)} ms  ${state.padEnd(11)}  ` +
          `${formatEndpoint(socket.local)} ↔ ${formatEndpoint(socket.remote)}  sk:${socket.cookie}  ` +
          `(${looks} ${looks === 1 ? 'look' : 'looks'})`,
      );
    const hidden = lines.length - limit;
    return hidden > 0 ? [`… ${hidden} earlier`, ...lines.slice(-limit)] : lines;
  }
}
