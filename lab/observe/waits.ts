import { describeExit } from '../host/describe-exit.ts';
import type { RunningProgram } from '../host/program.ts';
import { describePattern, matchesSegment, type SegmentPattern } from '../tcp/pattern.ts';
import type { State } from '../tcp/states.ts';
import { canReach } from '../tcp/transitions.ts';
import { segmentLine } from './lines.ts';
import { rawSocketAsker } from './raw-sockets.ts';
import type { Recorder } from './recorder.ts';
import { describeSelector, type SocketSelector, selects } from './selector.ts';
import type { SocketRecord } from './sock-diag.ts';
import type { SegmentEvent } from './timeline.ts';
import { WaitError, type WaitFailure } from './wait-error.ts';
import type { Look, Witness } from './witness.ts';

export interface WaitOptions extends SocketSelector {
  /** How long to wait, in milliseconds. */
  readonly deadlineMs?: number;
  /**
   * The programs that should bring it about. When one of them fails, or all of them have ended and what they left behind
   * has had half a second, the wait fails and says so.
   */
  readonly programs?: readonly RunningProgram[];
  /**
   * Of `reaches`: it gives up when for so many milliseconds every socket that fits, listeners apart, has been past the state:
   * no way leads back to it. Without it, it waits on.
   */
  readonly hopelessMs?: number;
}

/** How well a state was watched while it was held. */
export interface Hold {
  readonly socket: SocketRecord | undefined;
  readonly heldMs: number;
  readonly looks: number;
  /** The longest time between two looks, in milliseconds. */
  readonly widestGapMs: number;
}

const DEADLINE_MS = 5_000;
const SEGMENTS_SHOWN = 8;

/** What the kernel goes on with after a program's end shows within this time, unless it waits for a timer. */
const AFTERMATH_MS = 500;

/** The waits of one host. Each ends with what the kernel showed, or with a WaitError that shows the samples. */
export class Waits {
  readonly #witness: Witness;
  readonly #recorder: Recorder;

  constructor(witness: Witness, recorder: Recorder) {
    this.#witness = witness;
    this.#recorder = recorder;
  }

  /**
   * Waits until a socket is in `state`, and gives its row. CLOSED is reached when no socket fits any more: the kernel keeps
   * no row for it, and undefined is given.
   * @throws WaitError 'deadline' or 'program-ended'.
   */
  async reaches(state: State, options: WaitOptions = {}): Promise<SocketRecord | undefined> {
    let pastSinceMs: number | undefined;
    const fromMs = this.#recorder.milliseconds();
    const found = await this.#until(options, `to reach ${state}`, ({ sockets, atMs }) => {
      const fitting = sockets.filter((socket) => selects(options, socket));
      pastSinceMs = isPast(state, fitting) ? (pastSinceMs ?? atMs) : undefined;
      if (
        pastSinceMs !== undefined &&
        atMs - pastSinceMs >= (options.hopelessMs ?? Number.POSITIVE_INFINITY)
      ) {
        const states = [...new Set(fitting.map((socket) => socket.state))].join(' and ');
        const sentence = `${this.#witness.host} cannot reach ${state}${describeSelector(options)} any more: it is in ${states}.`;
        throw this.#failure('missed', sentence, fromMs);
      }
      if (state === 'CLOSED') return fitting.length === 0 ? { socket: undefined } : undefined;
      const socket = fitting.find((candidate) => candidate.state === state);
      return socket === undefined ? undefined : { socket };
    });
    return found.socket;
  }

  /**
   * Watches a state for `ms` milliseconds: in every look there must be a socket in that state (for CLOSED: none at all).
   * A socket never comes back to a state it has left (RFC 9293 figure 5 has no circle), so the same cookie in the same state
   * at both ends of a gap between looks was in it all the time. At least two looks are taken, even for 0 ms, and it goes on until the promise `until` has settled.
   * @throws WaitError 'left' when a look shows otherwise, 'program-ended'.
   */
  async holds(
    state: State,
    ms: number,
    options: WaitOptions & { readonly until?: Promise<unknown> } = {},
  ): Promise<Hold> {
    let mayEnd = options.until === undefined;
    const ended = (): void => {
      mayEnd = true;
    };
    options.until?.then(ended, ended);
    const fromMs = this.#recorder.milliseconds();
    let looks = 0;
    let widestGapMs = 0;
    let lastMs = fromMs;
    return await this.#until(
      { ...options, programs: [], deadlineMs: ms + DEADLINE_MS },
      `to hold ${state}`,
      (look) => {
        const fitting = look.sockets.filter((socket) => selects(options, socket));
        const socket = fitting.find((candidate) => candidate.state === state);
        const asClaimed = state === 'CLOSED' ? fitting.length === 0 : socket !== undefined;
        if (!asClaimed) {
          const instead = fitting.length === 0 ? 'the socket is gone' : `it is in ${fitting[0]?.state}`;
          throw this.#failure(
            'left',
            `${this.#witness.host} left ${state}${describeSelector(options)} ` +
              `${(look.atMs - fromMs).toFixed(1)} ms into a hold of ${ms} ms: ${instead}.`,
            fromMs,
          );
        }
        looks += 1;
        widestGapMs = Math.max(widestGapMs, look.atMs - lastMs);
        lastMs = look.atMs;
        const heldMs = look.atMs - fromMs;
        return mayEnd && looks >= 2 && heldMs >= ms ? { socket, heldMs, looks, widestGapMs } : undefined;
      },
    );
  }

  /**
   * Waits until no socket that fits is in `state` any more.
   * @returns the state that followed, or CLOSED when the socket is gone. @throws WaitError 'deadline'.
   */
  async leaves(state: State, options: WaitOptions = {}): Promise<State> {
    return await this.#until(options, `to leave ${state}`, ({ sockets }) => {
      const fitting = sockets.filter((socket) => selects(options, socket));
      if (state === 'CLOSED') return fitting[0]?.state;
      if (fitting.some((socket) => socket.state === state)) return undefined;
      return fitting[0]?.state ?? 'CLOSED';
    });
  }

  /** Watches for `ms` milliseconds that no socket is ever in `state`. @throws WaitError 'appeared'. */
  async never(state: State, ms: number, options: WaitOptions = {}): Promise<void> {
    const fromMs = this.#recorder.milliseconds();
    await this.#until(
      { ...options, programs: [], deadlineMs: ms + DEADLINE_MS },
      `never to reach ${state}`,
      (look) => {
        if (look.sockets.some((socket) => socket.state === state && selects(options, socket))) {
          const after = (look.atMs - fromMs).toFixed(1);
          const sentence = `${this.#witness.host} reached ${state}${describeSelector(options)} after ${after} ms, and never should.`;
          throw this.#failure('appeared', sentence, fromMs);
        }
        return look.atMs - fromMs >= ms ? true : undefined;
      },
    );
  }

  /**
   * Waits for a segment that fits `pattern` and arrived at this host. One that came since `sinceMs` counts too.
   * @throws WaitError 'deadline' or 'program-ended'.
   */
  async saw(
    pattern: SegmentPattern,
    options: WaitOptions & { readonly sinceMs?: number } = {},
  ): Promise<SegmentEvent> {
    const sinceMs = options.sinceMs ?? 0;
    return await this.#until(options, `to see ${describePattern(pattern)}`, () =>
      this.#segments(sinceMs).find((event) => matchesSegment(pattern, event.segment)),
    );
  }

  /** Waits until `count` segments that fit `pattern` have arrived at this host. @throws WaitError. */
  async sawAll(
    count: number,
    pattern: SegmentPattern,
    options: WaitOptions & { readonly sinceMs?: number } = {},
  ): Promise<SegmentEvent[]> {
    const wish = `to see ${describePattern(pattern)} ${count} times`;
    return await this.#until(options, wish, () => {
      const fitting = this.#segments(options.sinceMs ?? 0).filter(({ segment }) =>
        matchesSegment(pattern, segment),
      );
      return fitting.length >= count ? fitting : undefined;
    });
  }

  /** Waits until the socket table is as `satisfied` wants it. `wish` completes "waiting for server …". @throws WaitError. */
  async until(
    wish: string,
    satisfied: (sockets: readonly SocketRecord[]) => boolean,
    options: WaitOptions = {},
  ): Promise<void> {
    await this.#until(options, wish, ({ sockets }) => (satisfied(sockets) ? true : undefined));
  }

  /** Waits until a program on this host has opened a raw TCP socket: a raw program's way of being ready. */
  async opensRawSocket(options: WaitOptions = {}): Promise<void> {
    const isOpen = rawSocketAsker(this.#witness.observer);
    await this.#until(options, 'to open a raw socket', () => (isOpen() ? true : undefined));
  }

  #segments(sinceMs: number): SegmentEvent[] {
    return this.#recorder.events.filter(
      (event): event is SegmentEvent =>
        event.kind === 'segment' && event.to === this.#witness.host && event.atMs >= sinceMs,
    );
  }

  async #until<T>(options: WaitOptions, wish: string, satisfied: (look: Look) => T | undefined): Promise<T> {
    const fromMs = this.#recorder.milliseconds();
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const check = (look: Look): void => {
      // A look that was under way when the wait began shows what was before it.
      if (look.beganMs < fromMs) return;
      try {
        const result = satisfied(look);
        if (result !== undefined) resolve(result);
        else this.#mayGoOn(wish, options, fromMs, look);
      } catch (error) {
        reject(error);
      }
    };
    const stop = this.#witness.watch(check, reject);
    try {
      this.#witness.look().catch(reject);
      return await promise;
    } finally {
      stop();
    }
  }

  /** @throws WaitError when there is no point in waiting on, or no time left. */
  #mayGoOn(wish: string, options: WaitOptions, fromMs: number, { atMs, beganMs }: Look): void {
    // What a program did before its end shows in the looks that begin after it; the news of an earlier look may come later than that of the end.
    const lookedAgoMs = this.#recorder.milliseconds() - beganMs;
    const ended = untimelyEnd(options.programs ?? [], lookedAgoMs);
    if (ended !== undefined) {
      const sentence = `${describeExit(ended)}, while waiting for ${this.#witness.host} ${wish}.`;
      throw this.#failure('program-ended', sentence, fromMs);
    }
    const deadlineMs = options.deadlineMs ?? DEADLINE_MS;
    if (atMs - fromMs >= deadlineMs) throw this.#late(wish, options, fromMs, deadlineMs);
  }

  #late(wish: string, options: WaitOptions, fromMs: number, deadlineMs: number): WaitError {
    const last = this.#witness.spans.all.filter(
      ({ socket, toMs }) => selects(options, socket) && toMs >= this.#witness.spans.lastLookMs,
    );
    const states = [...new Set(last.map(({ state }) => state))];
    const instead = states.length === 0 ? 'there is no such socket' : `it stayed ${states.join(' and ')}`;
    const waited = deadlineMs < 1_000 ? `${deadlineMs} ms` : `${(deadlineMs / 1_000).toFixed(1)} s`;
    const about = / (reach|leave) /.test(wish) ? `${describeSelector(options)}; ${instead}` : '';
    const sentence = `Timed out after ${waited} waiting for ${this.#witness.host} ${wish}${about}.`;
    return this.#failure('deadline', sentence, fromMs);
  }

  #failure(code: WaitFailure, sentence: string, fromMs: number): WaitError {
    const segments = this.#recorder.events.filter((event) => event.kind === 'segment').slice(-SEGMENTS_SHOWN);
    return new WaitError(
      code,
      sentence,
      this.#witness.spans.describe(fromMs),
      segments.map((event) => segmentLine(event)),
    );
  }
}

/** Whether a connection exists and none can get to `state` any more. */
function isPast(state: State, sockets: readonly SocketRecord[]): boolean {
  const connections = sockets.filter((socket) => socket.state !== 'LISTEN');
  return connections.length > 0 && connections.every((socket) => !canReach(socket.state, state));
}

function untimelyEnd(programs: readonly RunningProgram[], lookedAgoMs: number): RunningProgram | undefined {
  const ended = programs.filter(
    ({ exit, stopping, endedForMs }) => exit !== undefined && !stopping && endedForMs >= lookedAgoMs,
  );
  const failed = ended.find(({ exit }) => exit?.code !== 0);
  if (failed !== undefined || ended.length === 0 || ended.length < programs.length) return failed;
  return ended.every(({ endedForMs }) => endedForMs >= AFTERMATH_MS) ? ended.at(-1) : undefined;
}
