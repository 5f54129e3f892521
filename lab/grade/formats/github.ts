import type { EntryView, StudentView } from '../view.ts';
import { escaped } from './escaped.ts';
import type { OutputFile } from './file.ts';
import { manyLines, oneLine } from './plain-text.ts';
import { runText } from './run-text.ts';
import { adjustment, lateSentence, MARKS, outcomeWords, statusSentence } from './words.ts';

/** A job summary may have 1 MiB; this leaves room for what stands around it. docs.github.com, workflow commands. */
const MOST_BYTES = 1_000_000;
const TOO_LONG = '\n\n_There is more than fits here: see the page of the gradebook._\n';

/**
 * For GitHub: a student's results in the form of the reporter of GitHub Classroom, one "runner" an exercise (`exercise_04.json`),
 * `results.env` with all of them as that action wants them in its environment (append it to `$GITHUB_ENV`, and give the reporter
 * the runners in `runners.txt`), and `summary.md` for `$GITHUB_STEP_SUMMARY`. A student sees all of these, so they are made of the
 * student's view. An exercise without a score is an error and has no points, also none possible; one that is not due is left out.
 * github.com/github-education-resources/autograding-grading-reporter, src/main.js, src/notify-classroom.js
 */
export function githubFiles(title: string, view: StudentView, folder: string): OutputFile[] {
  const due = view.entries.filter(({ state }) => state !== 'open');
  const runners = due.map((entry) => ({
    name: `exercise_${String(entry.exercise.number).padStart(2, '0')}`,
    json: runnerJson(entry),
  }));
  return [
    ...runners.map(({ name, json }) => ({ path: `${folder}/${name}.json`, text: json })),
    {
      path: `${folder}/results.env`,
      text: runners
        .map(({ name, json }) => `${name.toUpperCase()}_RESULTS=${Buffer.from(json).toString('base64')}\n`)
        .join(''),
    },
    { path: `${folder}/runners.txt`, text: `${runners.map(({ name }) => name).join(',')}\n` },
    { path: `${folder}/summary.md`, text: summary(title, view) },
  ];
}

function runnerJson(entry: EntryView): string {
  const { points, maxPoints, checks } = entry;
  const tests = checks.map(({ title, verdict, points: earned, result }) => ({
    name: oneLine(title),
    status: verdict === 'pass' ? 'pass' : points === null ? 'error' : 'fail',
    score: points === null ? 0 : earned,
    // One line: the reporter prints it, and a line that begins with :: is a command to the runner.
    message: oneLine(result?.message ?? statusSentence(entry) ?? outcomeWords(entry)),
    line_no: 0,
    execution_time: `${((result?.ms ?? 0) / 1_000).toFixed(3)}s`,
  }));
  const adjusted = adjustment(entry);
  const adjusting = (adjusted === null ? [] : [adjusted]).map(({ name, points: more, sentence }) => ({
    name,
    status: more < 0 ? 'fail' : 'pass',
    score: more,
    message: oneLine(sentence),
    line_no: 0,
  }));
  const document = {
    version: 1,
    status: points === null ? 'error' : points === maxPoints ? 'pass' : 'fail',
    max_score: points === null ? 0 : maxPoints,
    tests: [...tests, ...adjusting],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function summary(title: string, view: StudentView): string {
  const total =
    view.percent === null ? 'No score yet' : `${view.score} of ${view.maxPoints} points, ${view.percent} %`;
  const parts = [
    `## ${words(title)}\n\n**${total}**\n`,
    ...view.trouble.map((sentence) => `\n${words(sentence)}\n`),
    ...view.entries.map(section),
  ];
  let text = '';
  for (const part of parts) {
    if (Buffer.byteLength(text + part) > MOST_BYTES) return text + TOO_LONG;
    text += part;
  }
  return text;
}

function section(entry: EntryView): string {
  const { exercise, checks, withheld } = entry;
  const sentences = [statusSentence(entry), lateSentence(entry), ...withheld].filter((each) => each !== null);
  const rows = checks.map(({ title, verdict, points, maxPoints }) => {
    const mark = verdict === null ? '·' : MARKS[verdict];
    return `| ${mark} | ${words(title)} | ${maxPoints === 0 ? '' : `${points} of ${maxPoints}`} |\n`;
  });
  const failed = checks.flatMap(({ title, verdict, result }) =>
    result === null || verdict === 'pass' || verdict === 'skipped'
      ? []
      : [`\n${words(title)}\n\n<pre>${escaped(manyLines(runText(result)))}</pre>\n`],
  );
  return [
    `\n### ${exercise.number}. ${words(exercise.title)}: ${words(outcomeWords(entry))}\n`,
    ...sentences.map((sentence) => `\n${words(sentence)}\n`),
    ...(rows.length === 0 || entry.state !== 'judged'
      ? []
      : ['\n| | check | points |\n| --- | --- | --- |\n', ...rows]),
    ...failed,
  ].join('');
}

/** Text as Markdown: each sign that could mean something becomes a character reference, which never does. CommonMark, 2.5. */
function words(text: string): string {
  return oneLine(text).replaceAll(/[!-/:-@[-`{-~]/g, (sign) =>
    PLAIN_SIGNS.has(sign) ? sign : `&#${sign.charCodeAt(0)};`,
  );
}

/** Signs that mean nothing to Markdown within a line that begins with something else. */
const PLAIN_SIGNS = new Set([',', ';', '?', '/', '%', "'"]);
