import type { CheckVerdict } from '../../exercise/result.ts';
import { hundredths } from '../points.ts';
import type { LimitKind } from '../row.ts';
import type { EntryView } from '../view.ts';

export const MARKS: Readonly<Record<CheckVerdict, string>> = {
  pass: '✔',
  fail: '✘',
  skipped: '–',
  inconclusive: '?',
  error: '!',
};

const LIMITS: Readonly<Record<LimitKind, string>> = {
  cpu: 'more processor time than allowed',
  wall: 'more time than allowed',
  mem: 'more memory than allowed',
  pids: 'more processes than allowed',
  disk: 'more disk than allowed',
  output: 'more output than allowed',
  fds: 'more open files than allowed',
};

/** What became of a piece of work, in a word or a few: `4 of 14`, `not handed in`. */
export function outcomeWords(entry: EntryView): string {
  switch (entry.state) {
    case 'open':
      return 'not due yet';
    case 'missing':
      return 'not handed in';
    case 'waiting':
      return 'not judged yet';
    case 'judged':
      return entry.points === null ? 'no score' : `${entry.score} of ${entry.maxPoints}`;
  }
}

/** How the run ended, in one sentence for the student; nothing when it ended as it should. */
export function statusSentence({ status, limit, because, decided }: EntryView): string | null {
  if (decided !== null) return `Decided by a person: ${decided.because}`;
  const said = because === null ? '' : ` ${because}`;
  switch (status) {
    case null:
    case 'ok':
      return because;
    case 'student_error':
      return `The program did not get as far as TCP.${said}`;
    case 'timeout':
      return `The program did not end in time.${said}`;
    case 'limit':
      return `The program took ${limit === null ? 'more than allowed' : LIMITS[limit]}.${said}`;
    case 'tamper':
      return `A person looks at this run before its points are final.${said}`;
    case 'infra':
      return `The lab could not judge this. Nothing is held against the program.${said}`;
  }
}

/** `limit(mem)`, for columns. */
export function statusWord({ state, status, limit, decided }: EntryView): string {
  if (decided !== null) return 'decided';
  if (state !== 'judged' || status === null) return state;
  return limit === null ? status : `${status}(${limit})`;
}

/** What lateness costs, in a sentence. */
export function lateSentence({ late, points, score }: EntryView): string | null {
  if (late === null) return null;
  const days = late.days === 1 ? 'a day' : `${late.days} days`;
  if (late.percent === 0) return `Handed in up to ${days} late; that costs nothing.`;
  const left = points === null ? '' : `: ${points} points become ${score}`;
  return `Handed in up to ${days} late; that costs ${late.percent} %${left}.`;
}

/** A change of the points, with its reason. */
export interface Adjustment {
  readonly id: 'late' | 'decided';
  readonly name: string;
  readonly points: number;
  readonly sentence: string;
}

/** What the score is beyond the points of the checks, and why: lateness takes away, a person decides. Null when it is just the points. */
export function adjustment(entry: EntryView): Adjustment | null {
  const points = hundredths((entry.score ?? 0) - (entry.points ?? 0));
  if (points === 0) return null;
  return entry.decided === null
    ? { id: 'late', name: 'Handed in late', points, sentence: lateSentence(entry) ?? '' }
    : { id: 'decided', name: 'Decided by a person', points, sentence: entry.decided.because };
}

/** A time for people: `2026-11-18 19:00 UTC`. */
export function timeWords(iso: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
