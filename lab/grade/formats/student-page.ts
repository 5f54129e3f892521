import type { StudentView } from '../view.ts';
import { Html, html, page } from './html.ts';
import type { Pictures } from './pictures.ts';
import { runHtml } from './run-html.ts';
import { runPicturesHtml } from './run-pictures-html.ts';
import { timeWords } from './words.ts';

/** A page about one student: what its view shows, and nothing else. @param pictures draws the runs; nothing is drawn without it */
export function studentPage(course: string, madeAt: string, view: StudentView, pictures?: Pictures): string {
  const { student, known, entries, trouble } = view;
  const heading = known.name ?? student;
  const drawn = entries.map((entry) => (pictures === undefined ? null : runPicturesHtml(entry, pictures)));
  const isDrawn = pictures !== undefined && drawn.some((part) => part !== null);
  const withheld = entries.some((entry) => entry.withheld.length > 0);
  return page(
    `${heading}: ${course}`,
    html`<p class="soft">${course}</p>
<h1><bdi>${heading}</bdi></h1>
${known.name === undefined ? null : html`<p class="soft"><bdi>${student}</bdi></p>`}
<p class="total">${totalWords(view)}</p>
${withheld ? html`<p class="soft">That is without what is released later.</p>` : null}
${view.unscored > 0 ? html`<p class="soft">${view.unscored === 1 ? '1 exercise has' : `${view.unscored} exercises have`} no score yet, and does not count in it.</p>` : null}
${trouble.length === 0 ? null : html`<div class="box person">${trouble.map((sentence) => html`<p>${sentence}</p>`)}</div>`}
${isDrawn ? new Html(pictures.figure) : null}${entries.map((entry, n) => runHtml(entry, drawn[n] ?? null))}
<p class="soft">Judged by what the kernel showed, as handed in until ${timeWords(madeAt)}.</p>`,
    isDrawn ? pictures.style : '',
  );
}

function totalWords({ score, maxPoints, percent }: StudentView): string {
  return percent === null ? 'No score yet' : `${score} of ${maxPoints} points, ${percent} %`;
}
