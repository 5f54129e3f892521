import type { RunningProgram } from '../host/program.ts';
import type { SocketRecord } from '../observe/sock-diag.ts';
import type { PlayHost, PlayOptions } from './play-options.ts';

/** Why a play ended. */
export interface PlayEnding {
  readonly reason:
    | 'quiet'
    | 'idle'
    | 'time'
    | 'interrupted'
    | 'ended'
    | 'listens-elsewhere'
    | 'never-listens'
    | 'never-connects';
  /** In a sentence. */
  readonly text: string;
  /** On the timeline. */
  readonly atMs: number;
}

/** What decides whether a play is over. Times in milliseconds on the timeline. */
export interface PlayStage {
  readonly nowMs: number;
  readonly startedMs: number;
  readonly programs: ReadonlyMap<PlayHost, RunningProgram>;
  /** Every socket of both hosts. */
  readonly sockets: readonly SocketRecord[];
}

/** With a server that goes on listening, what might still happen has this long to begin. */
const SETTLE_MS = 500;

/** Tells at each look whether the play is over. */
export class EndOfPlay {
  readonly #options: Pick<PlayOptions, 'forMs' | 'forGiven'>;
  #idleSinceMs: number | undefined;

  constructor(options: Pick<PlayOptions, 'forMs' | 'forGiven'>) {
    this.#options = options;
  }

  /** The end, or undefined while it goes on. */
  judge({ nowMs, startedMs, programs, sockets }: PlayStage): PlayEnding | undefined {
    const { forMs, forGiven } = this.#options;
    const running = [...programs.values()].filter(({ exit }) => exit === undefined);
    const busy = sockets.filter(({ state }) => state !== 'TIME_WAIT');
    if (running.length === 0 && busy.length === 0) {
      const who = programs.size === 1 ? 'the program has' : 'both programs have';
      return { reason: 'quiet', text: `${who} ended and no socket is left${waiting(sockets)}`, atMs: nowMs };
    }
    const client = programs.get('client');
    const idle = client?.exit !== undefined && busy.every(({ state }) => state === 'LISTEN');
    this.#idleSinceMs = idle ? (this.#idleSinceMs ?? nowMs) : undefined;
    if (!forGiven && nowMs - (this.#idleSinceMs ?? nowMs) >= SETTLE_MS) {
      const left = busy.length === 0 ? `has no connection` : 'only listens';
      const text = `${client?.name} has ended and the server ${left}${waiting(sockets)} ; --for MS plays on`;
      return { reason: 'idle', text, atMs: nowMs };
    }
    if (nowMs - startedMs < forMs) return undefined;
    return {
      reason: 'time',
      text: `its time is over, ${forMs / 1000} s after the start (--for MS)`,
      atMs: nowMs,
    };
  }
}

function waiting(sockets: readonly SocketRecord[]): string {
  return sockets.some(({ state }) => state === 'TIME_WAIT') ? ', but for TIME_WAIT' : '';
}
