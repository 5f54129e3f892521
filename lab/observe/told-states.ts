import type { State } from '../tcp/states.ts';
import type { SegmentEvent, SocketEvent, TimelineEvent, TraceEvent } from './timeline.ts';

/** An event that happened on a host rather than between two. */
export type LocalEvent = Exclude<TimelineEvent, SegmentEvent>;

/**
 * Two witnesses tell of states: the tracepoint of every one, sock_diag of those that lasted until a look. This keeps a reader
 * from being told of the same change twice. Feed it events in order.
 */
export class ToldStates {
  readonly #told: Map<string, State>;

  constructor(told: ReadonlyMap<string, State> = new Map()) {
    this.#told = new Map(told);
  }

  /** The same, to go on from here another way. */
  copy(): ToldStates {
    return new ToldStates(this.#told);
  }

  /** The event as it is to be told, or undefined when it was told before. */
  next(event: LocalEvent): LocalEvent | undefined {
    if (event.kind === 'socket') return this.#socket(event);
    if (event.kind === 'trace' && event.tracepoint === 'inet_sock_set_state')
      return this.#trace(event, event.to);
    return event;
  }

  #socket(event: SocketEvent): SocketEvent | undefined {
    const key = `${event.host} ${event.socket.cookie}`;
    const told = this.#told.get(key);
    if (event.change === 'gone') {
      this.#told.delete(key);
      return { ...event, socket: { ...event.socket, state: told ?? event.socket.state } };
    }
    if (told === event.socket.state) return undefined;
    this.#told.set(key, event.socket.state);
    return told === undefined ? event : { ...event, change: 'changed', was: told };
  }

  /**
   * A program that closes what it has shut down sets LAST_ACK once more: nothing to tell. To the tracepoint a socket that goes on
   * in TIME_WAIT is closed: whether one is, sock_diag tells.
   */
  #trace(event: TraceEvent, to: State): TraceEvent | undefined {
    const key = `${event.host} ${event.cookie}`;
    if (to === 'CLOSED' || this.#told.get(key) === to) return undefined;
    this.#told.set(key, to);
    return event;
  }
}
