import { wrap } from '../../report/columns.ts';
import type { ListedExercise, Overview, Reached } from '../../workspace/overview.ts';
import { paint } from '../paint.ts';

const WIDTH = 100;

/** The overview for people. */
export function listLines({ exercises, map }: Overview): string[] {
  const titles = Math.max(...exercises.map(({ title }) => title.length), 0);
  const got = exercises.reduce((sum, { bestPoints }) => sum + bestPoints, 0);
  const all = exercises.reduce((sum, { points }) => sum + points, 0);
  const passed = exercises.filter(({ status }) => status === 'passed').length;
  return [
    ...exercises.map((exercise) => row(exercise, titles)),
    '',
    paint('bold', `${passed} of ${exercises.length} exercises passed, ${got} of ${all} points.`),
    '',
    ...group('states', map.states, ({ state }) => state),
    '',
    ...group('transitions of RFC 9293', map.transitions, ({ from, to }) => `${from} → ${to}`),
    '',
    next(exercises),
  ];
}

const MARKS = { 'not-started': ' ', started: '·', attempted: '✘', passed: '✔' } as const;

function row(exercise: ListedExercise, titles: number): string {
  const { number, title, points, status } = exercise;
  const mark = status === 'passed' ? paint('green', '✔') : MARKS[status];
  return `${mark} ${String(number).padStart(2)}  ${title.padEnd(titles)}  ${String(points).padStart(3)} points  ${paint('dim', words(exercise))}`.trimEnd();
}

function words({ status, attempts, bestPoints, points, gaveUp }: ListedExercise): string {
  const times = attempts === 1 ? 'once' : attempts === 2 ? 'twice' : `${attempts} times`;
  const peeked = gaveUp ? ', solution taken' : '';
  if (status === 'passed')
    return `passed${bestPoints < points ? ` with ${bestPoints}` : ''}, checked ${times}${peeked}`;
  if (status === 'attempted') return `checked ${times}, best ${bestPoints}${peeked}`;
  return `${status === 'started' ? 'started' : ''}${peeked}`;
}

/** What was seen in one paragraph, and below it each that was not, with the exercises that reach it. */
function group<T extends Reached>(what: string, all: readonly T[], name: (each: T) => string): string[] {
  const seen = all.filter((each) => each.seen);
  const missing = all.filter((each) => !each.seen);
  const width = Math.max(...missing.map((each) => name(each).length), 0);
  return [
    paint('bold', `Your kernel has passed through ${seen.length} of the ${all.length} ${what}.`),
    ...(seen.length === 0 ? [] : wrap(`  ${seen.map(name).join(', ')}`, WIDTH)),
    ...(missing.length === 0 ? [] : [seen.length === 0 ? '  Where they are reached:' : '  Still to come:']),
    ...missing.map((each) => `    ${name(each).padEnd(width)}  ${paint('dim', where(each))}`),
  ];
}

const FEW = 4;

function where({ exercises }: Reached): string {
  const [first] = exercises;
  if (first === undefined) return 'in no exercise';
  if (exercises.length === 1) return `exercise ${first}`;
  const more = exercises.length > FEW ? ' …' : '';
  return `exercises ${exercises.slice(0, FEW).join(', ')}${more}`;
}

function next(exercises: readonly ListedExercise[]): string {
  const open = exercises.find(({ status }) => status !== 'passed');
  if (open === undefined) return 'All exercises are passed.';
  const verb = open.status === 'not-started' ? 'start' : 'check';
  return `Next: ./tcplab ${verb} ${open.number}`;
}
