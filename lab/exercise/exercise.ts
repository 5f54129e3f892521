import type { State } from '../tcp/states.ts';
import type { Evidence } from './judge/evidence.ts';
import type { Judge } from './judge/judge.ts';
import type { Plan } from './plan.ts';
import type { Scene } from './scene.ts';

/** Who plays a part: a file of the student's, or a reference program that the lab provides. */
export type Role =
  | {
      readonly host: string;
      /** The student's file, such as `client.ts`; `starter/` has one of the same name. */
      readonly student: string;
      /** The reference program, such as `clients/withhold-ack.ts`. */
      readonly reference: string;
      /**
       * For a file that is no program, such as `answers.json`: what it should say with a plan. It is never started: a run takes
       * its text into the timeline, where checks find it. `reference` is then the text that explains the way to it.
       */
      readonly answers?: (plan: Plan) => string;
    }
  | {
      readonly host: string;
      /** A reference program that plays this part for everybody. */
      readonly provided: string;
    };

/** One requirement in words, with its share of the points. */
export interface Check {
  /** Short, for machines: `held`, `no-reset`. */
  readonly id: string;
  /** The requirement: "The server holds SYN_RCVD for three seconds". */
  readonly title: string;
  /** Its share of the exercise's points, relative to the other checks. */
  readonly weight: number;
  /** Checks that must pass first; when one of them does not, this one is skipped. */
  readonly needs?: readonly string[];
  /** By host: what the kernel shows there when the check passes. */
  readonly expects: Readonly<Record<string, string>>;
  /** What to try next when it fails. One thing. */
  readonly help: string;
  /** Holds the evidence against the requirement. A pure function of the timeline. */
  readonly judge: (judge: Judge, plan: Plan) => void;
}

/** A question that is answered before the first run. It never costs points. */
export interface Question {
  readonly id: string;
  readonly ask: string;
  /** By key (`a`, `b` …): the answers to choose from. */
  readonly choices: Readonly<Record<string, string>>;
  /** What the kernel did in this run, as one of the keys; undefined when the run did not get that far. */
  readonly kernel: (evidence: Evidence, plan: Plan) => string | undefined;
  /** By key: the hint for who chose this and saw the kernel do something else. */
  readonly hints: Readonly<Record<string, string>>;
}

/** A program that shows one misconception, and what it must earn. */
export interface WrongProgram {
  /** Its file below `wrong/`. */
  readonly file: string;
  /** The student's file that it stands in for; the only one when not said. The others are then the reference. */
  readonly as?: string;
  /** The misconception, in words. */
  readonly believes: string;
  /** The check that it must fail at: the first one that fails. */
  readonly fails: string;
  /** What the message of that check must contain. */
  readonly says: string;
}

/** A second part of an exercise that takes as long as a timer of the kernel does: only `./tcplab check N --slow` runs it. */
export interface SlowPart {
  /** How much longer a run with an honest program takes at most, in milliseconds. */
  readonly lastsMs: number;
  /** Goes on where the exercise's scenario has ended. */
  readonly scenario: (scene: Scene) => Promise<void>;
  /** Judged after the exercise's own checks; they cost and give no points, so their weight is 0. */
  readonly checks: readonly Check[];
}

/** A numbered exercise. */
export interface Exercise {
  readonly number: number;
  /** Its identity, and the name of its folder behind the number. */
  readonly slug: string;
  readonly title: string;
  /** All points of it; a course part has 100. */
  readonly points: number;
  /** The states that a connection of this exercise passes through on each host, from CLOSED on. */
  readonly paths: Readonly<Record<string, readonly State[]>>;
  /** The hosts there are, in address order; `client` and `server` when not said. */
  readonly hosts?: readonly string[];
  /** The hosts have IPv6 addresses beside the IPv4 ones in every run, also in one that is not about IPv6. */
  readonly ipv6?: boolean;
  /** The server's ports that clients are sent to beside the plan's, so that no message takes them for strange. */
  readonly ports?: (plan: Plan) => readonly number[];
  /** Sysctls for all hosts, beyond the pinned ones. */
  readonly knobs?: Readonly<Record<string, string>>;
  /** By name: the parts that programs play. */
  readonly cast: Readonly<Record<string, Role>>;
  /** Errors, such as `EADDRINUSE`, that end a right program, too: such an end is no clue to what went wrong. */
  readonly mayEndWith?: readonly string[];
  /** How long a run with an honest program takes at most, in milliseconds; a run that takes much longer is ended. */
  readonly lastsMs: number;
  /** It waits for a timer of the kernel, so that it cannot be done within a second. */
  readonly waitsForTimer?: boolean;
  /** Brings the states about: starts programs, opens and closes gates, waits for what the kernel shows. Judges nothing. */
  readonly scenario: (scene: Scene) => Promise<void>;
  readonly checks: readonly Check[];
  readonly slow?: SlowPart;
  readonly questions: readonly Question[];
  /** A question, the mechanism, a command. */
  readonly hints: readonly [string, string, string];
  readonly wrong: readonly WrongProgram[];
}

/** The files that a student writes. */
export function studentFiles({ cast }: Pick<Exercise, 'cast'>): string[] {
  const files = Object.values(cast).flatMap((role) => ('student' in role ? [role.student] : []));
  return [...new Set(files)];
}

/** The student's files that are no programs. */
export function dataFiles({ cast }: Pick<Exercise, 'cast'>): string[] {
  return Object.values(cast).flatMap((role) =>
    'student' in role && role.answers !== undefined ? [role.student] : [],
  );
}

/** The name of an exercise's folder: `04-syn-rcvd`. */
export function folderName({ number, slug }: Pick<Exercise, 'number' | 'slug'>): string {
  return `${String(number).padStart(2, '0')}-${slug}`;
}
