import type { RunningProgram } from '../../host/program.ts';
import type { SocketRecord } from '../../observe/sock-diag.ts';
import type { PlayHost, PlayOptions } from './options.ts';

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

/** Whether a play that ended so was one: both programs got as far as TCP. */
export function isPlayed(reason: PlayEnding['reason']): boolean {
  return reason === 'quiet' || reason === 'idle' || reason === 'time' || reason === 'interrupted';
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
    if (running.length === 0 && sockets.every(({ state }) => state === 'TIME_WAIT')) {
      const who = programs.size === 1 ? 'the program has ended' : 'both programs have ended';
      return { reason: 'quiet', text: `${who}, and ${whatIsLeft(sockets)}`, atMs: nowMs };
    }
    const client = programs.get('client');
    const idle =
      client?.exit !== undefined && sockets.every(({ state }) => state === 'TIME_WAIT' || state === 'LISTEN');
    this.#idleSinceMs = idle ? (this.#idleSinceMs ?? nowMs) : undefined;
    if (!forGiven && nowMs - (this.#idleSinceMs ?? nowMs) >= SETTLE_MS) {
      const text = `${client?.name} has ended, and ${whatIsLeft(sockets)} (with --for MS it would go on)`;
      return { reason: 'idle', text, atMs: nowMs };
    }
    if (nowMs - startedMs < forMs) return undefined;
    const text = `the time is over, ${forMs / 1000} s after the start (see --for MS)`;
    return { reason: 'time', text, atMs: nowMs };
  }
}

function whatIsLeft(sockets: readonly SocketRecord[]): string {
  const states = [...new Set(sockets.map(({ state }) => state))].sort();
  if (states.length === 0) return 'no socket is left';
  return `only ${states.join(' and ')} ${states.length === 1 ? 'is' : 'are'} left`;
}
