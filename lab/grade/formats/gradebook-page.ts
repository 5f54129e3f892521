import type { Gradebook } from '../gradebook.ts';
import type { EntryView, StudentView } from '../view.ts';
import { fileName } from './file-name.ts';
import { type Html, html, page } from './html.ts';
import { outcomeWords, statusWord, timeWords } from './words.ts';

const DECIDED = '"decided": { "4": { "points": 7, "because": "We have talked about it." } }';

/** The instructor's page: everybody, what a person should look at, and a link to each student's page in `folder`. */
export function gradebookPage(book: Gradebook, views: readonly StudentView[], folder: string): string {
  const attention = views.flatMap((view) =>
    view.entries.flatMap((entry) => entry.forPerson.map((sentence) => ({ view, entry, sentence }))),
  );
  return page(
    book.title,
    html`<h1>${book.title}</h1>
<p class="soft">${views.length} students, ${book.exercises.length} exercises; planned ${timeWords(book.madeAt)}; checks of version ${book.suite.slice(0, 12)}.</p>
${statuses(views)}
${book.duplicates === 0 ? null : html`<p class="soft">Left out, because there was a verdict already: ${book.duplicates}.</p>`}
${
  attention.length === 0
    ? null
    : html`<h2>For a person to look at</h2><ul>${attention.map(({ view, entry, sentence }) => html`<li>${link(view, folder)}, exercise ${entry.exercise.number}: ${sentence}</li>`)}</ul>
<p class="soft">What you decide goes into course.json, at the student: <code>${DECIDED}</code>. Then make the book again with the same command.</p>`
}
<h2>Everybody</h2>
<div class="scroll"><table>
<thead><tr><th>Student</th><th>Total</th>${book.exercises.map(({ number, title }) => html`<th title="${title}">${number}</th>`)}</tr></thead>
<tbody>
${views.map(
  (
    view,
  ) => html`<tr><td>${link(view, folder)}</td><td class="number">${view.percent === null ? '–' : `${view.percent} %`}</td>${view.entries.map(cell)}</tr>
`,
)}</tbody>
</table></div>
${oddities(views, folder)}<h2>The exercises</h2>
<ul>${book.exercises.map(({ number, title, points, weight }) => html`<li>${number}. ${title} <span class="soft">(${points} points, weight ${weight})</span></li>`)}</ul>`,
  );
}

/** What was odd about submissions, and what was not taken of them. */
function oddities(views: readonly StudentView[], folder: string): Html | null {
  const all = views.flatMap((view) => view.trouble.map((sentence) => ({ view, sentence })));
  if (all.length === 0) return null;
  return html`<h2>Odd about submissions</h2><ul>${all.map(({ view, sentence }) => html`<li>${link(view, folder)}: ${sentence}</li>`)}</ul>
`;
}

function link({ student, known }: StudentView, folder: string): Html {
  return html`<a href="${folder}/${fileName(student)}.html"><bdi>${known.name ?? student}</bdi></a>`;
}

function cell(entry: EntryView): Html {
  const { score, maxPoints, late, forPerson, state, decided } = entry;
  const points = decided === null ? entry.points : score;
  const kind =
    forPerson.length > 0 ? 'person' : state !== 'judged' ? 'soft' : points === maxPoints ? 'pass' : 'fail';
  const words = state === 'judged' && score !== null ? String(score) : outcomeWords(entry);
  const status =
    state === 'judged' && statusWord(entry) !== 'ok'
      ? html`<br><span class="soft">${statusWord(entry)}</span>`
      : null;
  return html`<td class="number ${kind}" title="${outcomeWords(entry)}">${words}${late === null ? null : ' late'}${status}</td>`;
}

/** How many runs ended how. */
function statuses(views: readonly StudentView[]): Html {
  const counts = new Map<string, number>();
  for (const entry of views.flatMap(({ entries }) => entries)) {
    const word = statusWord(entry);
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const words = [...counts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([word, count]) => `${word} ${count}`);
  return html`<p class="soft">${words.join(' · ')}</p>`;
}
