/**
 * What the live page and its server say to each other: POST /api/do up, server-sent events down. Types only, and pure: both sides
 * import this file.
 */
import type { Language } from '../exercise/exercise-words.ts';
import type { Phrases } from '../exercise/phrases.ts';
import type { ExerciseResult } from '../exercise/result.ts';
import type { GateName } from '../gate/kinds.ts';
import type { SocketRecord } from '../observe/sock-diag.ts';
import type { TimelineHeader } from '../observe/timeline.ts';
import type { EventJson, SegmentJson } from '../report/event-json.ts';
import type { Overview } from '../workspace/overview.ts';

/** Whose programs play: the student's, from the workspace, or the references. */
export type From = 'work' | 'reference';

/** What the page asks for. The server believes none of it: every member is checked when it arrives. */
export type Wish =
  /** Plays an exercise's scenario and judges it, in place of the run that goes on. */
  | { readonly do: 'check'; readonly number: number; readonly from: From }
  /** Makes the hosts of an exercise, on which nothing runs yet: the programs are started by hand. */
  | { readonly do: 'hands-on'; readonly number: number }
  /** Ends the run, and everything in it. */
  | { readonly do: 'end' }
  /** By hand: starts a program of `ProgramChoice` on a host. One that connects, connects to another host: the usual one when not said. */
  | { readonly do: 'start'; readonly host: string; readonly program: string; readonly to?: string }
  /** By hand: stops a program. */
  | { readonly do: 'stop'; readonly pid: number }
  /** In any run: holds back a kind of segment at a host, or lets it pass again. */
  | { readonly do: 'gate'; readonly host: string; readonly gate: GateName; readonly closed: boolean }
  /** In any run: makes everything a host sends wait, in order, or lets it go. Nothing is lost. */
  | { readonly do: 'wire'; readonly host: string; readonly held: boolean }
  /** Copies the starter of an exercise into the workspace. */
  | { readonly do: 'begin'; readonly number: number }
  /** The student's answers to the exercise's questions, by the question's id: they stand once the exercise was run. */
  | { readonly do: 'predict'; readonly number: number; readonly answers: Readonly<Record<string, string>> }
  /** The next hint. The answer to the POST has it. */
  | { readonly do: 'hint'; readonly number: number };

/** What a POST is answered with: status 200, or 4xx with `problem`, a sentence that says what to do. */
export interface Answer {
  readonly problem?: string;
  readonly hint?: {
    readonly level: number;
    readonly of: number;
    readonly texts: Readonly<Record<Language, string>>;
  };
}

export type Phase = 'starting' | 'running' | 'over' | 'failed';

export interface ProgramStatus {
  readonly pid: number;
  /** `echo.ts`. */
  readonly name: string;
  readonly isRunning: boolean;
  /** How it ended, in words. */
  readonly how?: string;
}

/** A gate that was made from the page; an exercise's own are in the timeline only. */
export interface GateStatus {
  readonly gate: GateName;
  readonly isClosed: boolean;
  /** How many segments it has dropped, by the kernel's count. */
  readonly dropped: number;
}

export interface HostStatus {
  readonly name: string;
  readonly programs: readonly ProgramStatus[];
  readonly gates: readonly GateStatus[];
  /** What it sends waits. */
  readonly isHeld: boolean;
}

/** The one run that there is at a time, or the last one. */
export interface RunStatus {
  /** 1, 2, 3 … for as long as the server lives. */
  readonly run: number;
  readonly how: 'check' | 'hands-on';
  readonly number: number;
  readonly from: From;
  readonly phase: Phase;
  /** Why it failed, or was ended by the lab: a sentence. */
  readonly because?: string;
  /** Somebody has closed a gate or held the wire: whatever the verdict, it is not recorded. */
  readonly isTouched: boolean;
  /** Empty while it starts. */
  readonly hosts: readonly HostStatus[];
}

/** An event as it is saved, but that a segment is told as its packet only: thousands come in a second. */
export type EventTold = Exclude<EventJson, SegmentJson> | Omit<SegmentJson, 'segment'>;

/** What the server tells. On connecting a page is told everything about the run that there is, from its beginning. */
export type Told =
  /** On connecting, and when the student's progress has changed. */
  | {
      readonly tell: 'lab';
      readonly tool: string;
      readonly kernel: string;
      readonly backend: string;
      readonly overview: Overview;
      /** The exercises' titles, by their numbers. */
      readonly titles: Readonly<Record<Language, Readonly<Record<number, string>>>>;
    }
  /** Whenever anything of it has changed; null when there was none yet. */
  | { readonly tell: 'run'; readonly run: RunStatus | null }
  /** A timeline begins anew: forget the events of the one before. */
  | { readonly tell: 'header'; readonly run: number; readonly header: TimelineHeader }
  /** Events as they are reported, which is not always in the order of their times. */
  | { readonly tell: 'events'; readonly run: number; readonly events: readonly EventTold[] }
  /** The socket table of a host as it is now, timers included. */
  | {
      readonly tell: 'table';
      readonly run: number;
      readonly host: string;
      readonly atMs: number;
      readonly sockets: readonly SocketRecord[];
    }
  /** While a check goes on: which steps of each check were seen until now, in words. No verdict: what must not happen still can. */
  | {
      readonly tell: 'so-far';
      readonly run: number;
      readonly checks: readonly { readonly id: string; readonly steps: readonly string[] }[];
    }
  /** What came of a check. */
  | { readonly tell: 'result'; readonly run: number; readonly result: ExerciseResult }
  /** The student's files of an exercise have changed on disk; with `do: check, from: work` they are checked. */
  | { readonly tell: 'saved'; readonly number: number };

/** A program that can be started by hand. */
export interface ProgramChoice {
  /** What `do: start` names it by: `servers/echo.ts`, `clients/close.ts`, `work/client.ts`. */
  readonly id: string;
  /** On which hosts of the exercise. */
  readonly hosts: readonly string[];
  /** It is given the address of another host, not its own. */
  readonly connects: boolean;
  /** It plays a part in the exercise, or is the student's. */
  readonly isOfExercise: boolean;
  /** What it does, in a few words: the first sentence of its comment, or empty. */
  readonly about: string;
}

/** GET /api/exercise/N?language=zh. */
export interface ExerciseText {
  /** What it is in: English as well where it was not asked for, while an exercise has nothing else. */
  readonly language: Language;
  readonly number: number;
  readonly slug: string;
  readonly title: string;
  readonly points: number;
  /** Its README as HTML, made by the server from the lab's own Markdown. */
  readonly html: string;
  readonly isStarted: boolean;
  /** The student's files: name, where it is as the student would type it, and its text now (the starter's before it is begun). */
  readonly files: readonly { readonly name: string; readonly path: string; readonly text: string }[];
  readonly checks: readonly { readonly id: string; readonly title: string }[];
  readonly questions: readonly {
    readonly id: string;
    readonly ask: string;
    readonly choices: Readonly<Record<string, string>>;
  }[];
  /** The student's answers, by the question's id; they can no longer be changed when `isRun`. */
  readonly predictions: Readonly<Record<string, string>>;
  readonly isRun: boolean;
  /** How many hints the student has taken; `Answer.hint` says how many there are. */
  readonly hints: number;
  /** The hosts there are by hand, in address order. */
  readonly hosts: readonly string[];
  /** What can be started by hand, the student's own first, and by host which one to begin with. */
  readonly programs: readonly ProgramChoice[];
  readonly suggested: Readonly<Record<string, string>>;
  /** What the lab says of its runs in English, in `language`. None in English. */
  readonly sayings: Phrases;
}

/** The header of a POST that carries the token; events take it as `?token=`, as the page itself does. */
export const TOKEN_HEADER = 'x-tcplab-token';
