import type { CheckResult, ExerciseResult, PredictionResult } from '../exercise/result.ts';
import { wrap } from './columns.ts';
import { ssLinesBriefly } from './ss-lines.ts';

/** What a piece of text is, for colouring. */
export type CheckRole = 'heading' | 'pass' | 'fail' | 'skipped' | 'unsure' | 'note' | 'help';

export interface CheckTextOptions {
  /** Characters a line should have at most; 100 when not said. Lines of `ss` and segments are never broken. */
  readonly width?: number;
  /** Colours a piece of text; it must not change how wide it is. */
  readonly paint?: (role: CheckRole, text: string) => string;
}

const MARKS = {
  pass: { mark: '✔', role: 'pass' },
  fail: { mark: '✘', role: 'fail' },
  skipped: { mark: '–', role: 'skipped' },
  inconclusive: { mark: '?', role: 'unsure' },
  error: { mark: '!', role: 'unsure' },
} as const satisfies Record<CheckResult['verdict'], { mark: string; role: CheckRole }>;

/** The result of a check as lines for people: every check, and of the first that failed everything there is to know. */
export function checkLines(result: ExerciseResult, options: CheckTextOptions = {}): string[] {
  const { width = 100, paint = (_role, text) => text } = options;
  const { exercise, checks, predictions } = result;
  const titles = Math.max(...checks.map(({ title }) => title.length));
  const rows = checks.map((check) => {
    const { mark, role } = MARKS[check.verdict];
    const points = check.maxPoints === 0 ? '' : `${check.points} of ${check.maxPoints}`;
    return `${paint(role, mark)} ${check.title.padEnd(titles)}  ${points}`.trimEnd();
  });
  const failed = checks.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'skipped');
  return [
    paint('heading', `${exercise.number}. ${exercise.title}`),
    '',
    ...rows,
    ...failed.slice(0, 1).flatMap((check) => ['', ...failure(check, width, paint)]),
    ...predicted(predictions, result.verdict === 'fail', paint),
    '',
    paint('heading', summary(result)),
  ];
}

function failure(check: CheckResult, width: number, paint: Required<CheckTextOptions>['paint']): string[] {
  const { role } = MARKS[check.verdict];
  const lines = [
    paint('heading', check.title),
    ...wrap(check.message ?? '', width).map((line) => paint(role, line)),
  ];
  if (check.steps.length > 0) lines.push('', ...steps(check, paint));
  if (check.hosts !== undefined) lines.push('', ...hosts(check.hosts, width));
  lines.push(...evidence(check, paint));
  if (check.help !== undefined)
    lines.push('', ...wrap(`Next: ${check.help}`, width).map((line) => paint('help', line)));
  return lines;
}

function steps({ steps: all, verdict }: CheckResult, paint: Required<CheckTextOptions>['paint']): string[] {
  return all.flatMap(({ n, action, expected, observed, atMs }) => {
    const wrong = expected !== undefined;
    const mark = wrong ? paint(MARKS[verdict].role, '✘') : paint('pass', '✔');
    const time = paint('note', `${atMs.toFixed(1)} ms`.padStart(11));
    const step = `  ${String(n).padStart(2)} ${mark} ${time}  ${action}`;
    return wrong
      ? [step, `${' '.repeat(18)}expected  ${expected}`, `${' '.repeat(18)}observed  ${observed}`]
      : [step];
  });
}

/** One row a host: what was expected, and below it what the kernel showed. */
function hosts(all: Required<CheckResult>['hosts'], width: number): string[] {
  const name = Math.max(...all.map(({ host }) => host.length));
  return all.flatMap(({ host, expected, observed }) => {
    const indent = ' '.repeat(name + 4);
    const said = (label: string, text: string, first: string): string[] =>
      wrap(`${label}${text}`, width - indent.length).map((line, n) => `${n === 0 ? first : indent}${line}`);
    const kernel = said(
      'the kernel showed  ',
      observed,
      expected === undefined ? `  ${host.padEnd(name)}  ` : indent,
    );
    return expected === undefined
      ? kernel
      : [...said('expected           ', expected, `  ${host.padEnd(name)}  `), ...kernel];
  });
}

function evidence({ evidence: all }: CheckResult, paint: Required<CheckTextOptions>['paint']): string[] {
  const kinds = [
    ['ss', 'ss -tanoe, nearest to that moment'],
    ['segment', 'the segments around it, as they arrived'],
    ['trace', 'what the tracepoints told'],
  ] as const;
  return kinds.flatMap(([kind, title]) => {
    const lines = all.filter((line) => line.kind === kind);
    if (lines.length === 0) return [];
    return [
      '',
      `  ${title}`,
      ...(kind === 'ss' ? ssLinesBriefly(lines) : lines.map(({ text }) => text)).map((text) =>
        paint('note', `    ${text}`),
      ),
    ];
  });
}

/** With the hint from the first difference, when there is still something to find. */
function predicted(
  all: readonly PredictionResult[],
  failed: boolean,
  paint: Required<CheckTextOptions>['paint'],
): string[] {
  const answered = all.filter((each) => each.predicted !== null);
  if (answered.length === 0) return [];
  const hinted = failed ? answered.find((each) => each.hint !== undefined) : undefined;
  const lines = answered.flatMap((each) => {
    const { ask, choices, predicted: yours, kernel, hint } = each;
    const mark = kernel === null ? '·' : kernel === yours ? paint('pass', '✔') : paint('unsure', '≠');
    const did = kernel === null ? 'the run did not get that far' : (choices[kernel] ?? kernel);
    return [
      `${mark} ${ask}`,
      `    you said    ${choices[yours ?? ''] ?? yours}`,
      `    the kernel  ${did}`,
      ...(hint === undefined || each !== hinted ? [] : [paint('help', `    ${hint}`)]),
    ];
  });
  return ['', paint('heading', 'Predictions (they cost no points)'), ...lines];
}

function summary({ verdict, points, maxPoints, ms, trouble }: ExerciseResult): string {
  const score = `${points} of ${maxPoints} points, ${(ms / 1_000).toFixed(1)} s.`;
  if (verdict === 'pass') return `Passed: ${score}`;
  if (verdict === 'inconclusive') return `Inconclusive: this machine got in the way. Check again.`;
  return verdict === 'error' ? `The lab could not judge: ${trouble ?? ''}` : `Not yet: ${score}`;
}
