import type { Step } from '../../exercise/judge/step.ts';
import type { CheckResult, EvidenceLine, HostComparison, PredictionResult } from '../../exercise/result.ts';
import type { EntryView } from '../view.ts';
import { type Html, html, preformatted } from './html.ts';
import { lateSentence, MARKS, outcomeWords, statusSentence, timeWords } from './words.ts';

/**
 * One exercise on a student's page: every check, and of each that failed all there is to know, as ./tcplab check says it.
 * @param pictures of the run; null when nothing is drawn
 */
export function runHtml(entry: EntryView, pictures: Html | null): Html {
  const { exercise, checks, withheld, forPerson, row } = entry;
  const { number, title } = exercise;
  const failed = checks.flatMap(({ verdict, result }) =>
    result === null || verdict === 'pass' || verdict === 'skipped' ? [] : [failure(result)],
  );
  return html`<section>
<h2>${number}. ${title}</h2>
<p><b>${outcomeWords(entry)}</b>${times(entry)}</p>
${paragraphs([statusSentence(entry), lateSentence(entry)])}${forPerson.length === 0 ? null : html`<div class="box person">${paragraphs(['For a person to look at:', ...forPerson])}</div>`}
${checks.length === 0 || entry.state !== 'judged' ? null : html`<ul class="checks">${checks.map(checkRow)}</ul>`}
${withheld.map((sentence) => html`<p class="soft">${sentence}</p>`)}
${failed}
${pictures}${predictions(entry.predictions)}
${row === null ? null : html`<p class="soft">${runWords(row)}</p>`}
</section>
`;
}

function times({ submittedAt, due }: EntryView): Html | null {
  const words = [
    ...(submittedAt === null ? [] : [`handed in ${timeWords(submittedAt)}`]),
    ...(due === null ? [] : [`due ${timeWords(due)}`]),
  ];
  return words.length === 0 ? null : html` <span class="soft">(${words.join(', ')})</span>`;
}

function paragraphs(sentences: readonly (string | null)[]): Html[] {
  return sentences.flatMap((sentence) => (sentence === null ? [] : [html`<p>${sentence}</p>`]));
}

function checkRow({ title, verdict, points, maxPoints }: EntryView['checks'][number]): Html {
  const mark = verdict === null ? '·' : MARKS[verdict];
  const score = maxPoints === 0 ? '' : `${points} of ${maxPoints}`;
  return html`<li><span class="${verdict ?? 'skipped'}" title="${verdict ?? 'not judged'}">${mark}</span><span class="title">${title}</span><span class="points">${score}</span></li>`;
}

function failure({ title, verdict, message, steps, hosts, evidence, help }: CheckResult): Html {
  return html`<div class="box ${verdict}">
<h3>${title}</h3>
${paragraphs([message ?? null])}${steps.length === 0 ? null : preformatted(steps.flatMap((step) => stepLines(step, verdict)).join('\n'))}
${hosts === undefined || hosts.length === 0 ? null : html`<table>${hosts.map(hostRow)}</table>`}
${evidencePart(evidence, 'ss', 'ss -tanoe, nearest to that moment')}${evidencePart(evidence, 'segment', 'the segments around it, as they arrived')}${evidencePart(evidence, 'trace', 'what the tracepoints told')}${help === undefined ? null : html`<p><b>Next:</b> ${help}</p>`}
</div>
`;
}

function stepLines({ n, action, expected, observed, atMs }: Step, verdict: CheckResult['verdict']): string[] {
  const mark = expected === undefined ? MARKS.pass : MARKS[verdict];
  const step = `${String(n).padStart(2)} ${mark} ${`${atMs.toFixed(1)} ms`.padStart(11)}  ${action}`;
  const indent = ' '.repeat(18);
  return expected === undefined
    ? [step]
    : [step, `${indent}expected  ${expected}`, `${indent}observed  ${observed ?? ''}`];
}

function hostRow({ host, expected, observed }: HostComparison): Html {
  return html`<tr><th>${host}</th><td>${expected === undefined ? null : html`expected ${expected}<br>`}the kernel showed ${observed}</td></tr>`;
}

function evidencePart(all: readonly EvidenceLine[], kind: EvidenceLine['kind'], title: string): Html | null {
  const lines = all.filter((line) => line.kind === kind);
  if (lines.length === 0) return null;
  const texts = lines.map(({ host, text }) =>
    kind === 'ss' ? `${host}  ${text === '' ? '(no socket)' : text}` : text,
  );
  return html`<p class="soft">${title}</p>${preformatted(texts.join('\n'))}`;
}

function predictions(all: readonly PredictionResult[]): Html | null {
  const answered = all.filter(({ predicted }) => predicted !== null);
  if (answered.length === 0) return null;
  return html`<h3>Predictions (they cost no points)</h3>${answered.map(
    ({ ask, choices, predicted, kernel }) =>
      html`<p>${ask}<br><span class="soft">said</span> ${choiceWords(choices, predicted ?? '')}<br><span class="soft">the kernel</span> ${kernel === null ? 'the run did not get that far' : choiceWords(choices, kernel)}</p>`,
  )}`;
}

function choiceWords(choices: Readonly<Record<string, string>>, key: string): string {
  return Object.hasOwn(choices, key) ? (choices[key] ?? key) : key;
}

/** Where and how it was run, for who looks for trouble. */
function runWords({
  status,
  limit,
  attempt,
  rerun,
  confinement,
  worker,
  startedAt,
  ms,
  seed,
  digest,
  result,
}: NonNullable<EntryView['row']>): string {
  return [
    limit === undefined ? status : `${status}(${limit})`,
    `run ${attempt}${rerun === undefined ? '' : `, asked for anew ${rerun} times`}`,
    `${timeWords(startedAt)}, ${(ms / 1_000).toFixed(1)} s`,
    `${confinement.by}, uid ${confinement.uid}, ${worker}`,
    `seed ${seed}`,
    `files ${digest.slice(0, 12)}`,
    ...(result === null ? ['nothing was judged'] : [`Linux ${result.kernel}, ${result.backend}`]),
  ].join(' · ');
}
