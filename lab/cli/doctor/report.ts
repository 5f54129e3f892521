import { paint } from '../paint.ts';
import { type Finding, GROUPS, isProblem, type Problem, type Result, type Step } from './check.ts';
import type { Machine } from './machine.ts';
import { type Task, tasks } from './verdict.ts';

const MARGIN = '    ';
/** Prose is broken at this column; commands never are, so that they can be copied. */
const COLUMNS = 100;

/** The report for people: groups, a line a check, and below each problem what it disables and what to do. */
export function report(results: readonly Result[], machine: Machine): string {
  const width = Math.max(...results.map(({ check }) => check.title.length));
  const groups = GROUPS.flatMap((group) => {
    const own = results.filter(({ check }) => check.group === group);
    if (own.length === 0) return [];
    return [paint('bold', group), ...own.flatMap((result) => lines(result, width)), ''];
  });
  return [...groups, ...conclusion(tasks(results, machine), results)].join('\n');
}

function lines({ check, finding }: Result, width: number): string[] {
  const detail = finding.status === 'untried' ? paint('dim', `not tried: ${finding.detail}`) : finding.detail;
  const line = `  ${mark(finding)} ${check.title.padEnd(width)}  ${detail}`;
  if (isProblem(finding)) return [line, ...problem(finding)];
  return finding.status === 'optional' ? [line, ...hint(finding.remedy)] : [line];
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

/** What would bring something optional is said in one line when one command does it. */
function hint(remedy: readonly Step[] | undefined): string[] {
  return (remedy ?? []).flatMap(step).map((line) => paint('dim', `${MARGIN}  ${line}`));
}

function step(one: Step): string[] {
  return typeof one === 'string' ? wrap(one) : [`  ${paint('cyan', one.run)}`];
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

function conclusion(todo: readonly Task[], results: readonly Result[]): string[] {
  if (todo.length === 0) return [paint('green', 'Everything the tour needs works.')];
  const untried = results.filter(({ finding }) => finding.status === 'untried').length;
  const then = untried === 0 ? '' : ` Then ask again: ${untried} checks had to wait for that.`;
  if (todo.length === 1)
    return [`${paint('red', 'One thing stops the tour')}: ${told(todo[0] as Task)}.${then}`];
  return [
    `${paint('red', `${todo.length} things stop the tour`)}; mend them in this order:`,
    ...todo.map((task, n) => `  ${n + 1}. ${told(task)}`),
    ...(then === '' ? [] : [then.trim()]),
  ];
}

function told({ mends, step: one }: Task): string {
  return `${mends}: ${typeof one === 'string' ? one : paint('cyan', one.run)}`;
}
