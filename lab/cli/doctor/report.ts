import type { Backend } from '../../host/backend.ts';
import { paint } from '../paint.ts';
import { type Finding, GROUPS, isProblem, type Problem, type Result, type Step, wordsOf } from './check.ts';
import type { Machine } from './machine.ts';
import { type Task, tasks } from './verdict.ts';

const MARGIN = '    ';
/** Prose is broken at this column; commands never are, so that they can be copied. */
const COLUMNS = 100;

/** The report for people: groups, a line a check, and below each problem what it disables and what to do. */
export function report(results: readonly Result[], machine: Machine, backends: readonly Backend[]): string {
  const width = Math.max(...results.map(({ check }) => check.title.length));
  const groups = GROUPS.flatMap((group) => {
    const own = results.filter(({ check }) => check.group === group);
    if (own.length === 0) return [];
    const waiting = own.filter(({ finding }) => finding.status === 'untried');
    const tried = own.filter((result) => !waiting.includes(result));
    return [
      paint('bold', group),
      ...tried.flatMap((result) => lines(result, width)),
      ...untried(waiting),
      '',
    ];
  });
  return [...groups, ...conclusion(tasks(results, machine), results, backends)].join('\n');
}

function lines({ check, finding }: Result, width: number): string[] {
  const line = `  ${mark(finding)} ${check.title.padEnd(width)}  ${finding.detail}`;
  if (isProblem(finding)) return [line, ...problem(finding)];
  return finding.status === 'untried' ? [line] : [line, ...hint(finding.remedy)];
}

/** What could not be tried, a line for each reason. */
function untried(results: readonly Result[]): string[] {
  const titles = Map.groupBy(results, ({ finding }) => finding.detail);
  return [...titles].flatMap(([reason, ones]) =>
    wrap(`· not tried, ${reason}: ${ones.map(({ check }) => check.title).join(', ')}`).map((line, n) =>
      paint('dim', `  ${n === 0 ? '' : '  '}${line}`),
    ),
  );
}

function mark({ status }: Finding): string {
  switch (status) {
    case 'works':
      return paint('green', '✔');
    case 'missing':
    case 'broken':
      return paint('red', '✘');
    case 'optional':
      return paint('yellow', '–');
    case 'untried':
      return paint('dim', '·');
  }
}

function problem({ disables, remedy }: Problem): string[] {
  return [
    ...wrap(`Without it: ${disables}`).map((line) => `${MARGIN}  ${line}`),
    ...remedy.flatMap(step).map((line) => `${MARGIN}  ${line}`),
  ];
}

/** What would bring something optional, or tidy up. */
function hint(remedy: readonly Step[] | undefined): string[] {
  return (remedy ?? []).flatMap(step).map((line) => paint('dim', `${MARGIN}  ${line}`));
}

function step(one: Step): string[] {
  return typeof one === 'string' ? wrap(one) : [`  ${paint('cyan', wordsOf(one))}`];
}

/** Breaks prose between words. */
function wrap(text: string): string[] {
  const broken: string[] = [];
  for (const word of text.split(' ')) {
    const line = broken.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= COLUMNS - 2 * MARGIN.length) {
      broken[broken.length - 1] = `${line} ${word}`;
    } else {
      broken.push(word);
    }
  }
  return broken;
}

function conclusion(
  todo: readonly Task[],
  results: readonly Result[],
  backends: readonly Backend[],
): string[] {
  if (todo.length === 0) {
    const where = backends.includes('namespaces') ? '' : ', with hosts in containers: --backend docker';
    return [paint('green', `Everything the tour needs works${where}.`)];
  }
  const waiting = results.filter(({ finding }) => finding.status === 'untried').length;
  const again = waiting === 0 ? [] : [`Then ask again: ${waiting} checks had to wait for that.`];
  const [first] = todo;
  if (todo.length === 1 && first !== undefined) {
    const fix =
      first.command === undefined
        ? 'Do what the ✘ above says.'
        : `Fix it with: ${paint('cyan', first.command)}`;
    return [`${paint('red', 'One thing stops the tour')}: ${first.mends}. ${fix}`, ...again];
  }
  return [
    `${paint('red', `${todo.length} things stop the tour`)}; fix them in this order:`,
    ...todo.map(({ mends, command }, n) => {
      const fix = command === undefined ? 'do what the ✘ above says' : paint('cyan', command);
      return `  ${n + 1}. ${mends}: ${fix}`;
    }),
    ...again,
  ];
}
