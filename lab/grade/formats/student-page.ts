import type { StudentView } from '../view.ts';
import { Html, html, page } from './html.ts';
import { runHtml } from './run-html.ts';
import type { WalkPicture } from './walk-picture.ts';
import { timeWords } from './words.ts';

/** A page about one student: what its view shows, and nothing else. @param walks draws where the sockets went; nothing without it */
export function studentPage(course: string, madeAt: string, view: StudentView, walks?: WalkPicture): string {
  const { student, known, entries, trouble } = view;
  const heading = known.name ?? student;
  const ways = entries.map(({ seen }) => (seen === null ? null : (walks?.draw(seen) ?? null)));
  const isDrawn = walks !== undefined && ways.some((way) => way !== null);
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
${isDrawn ? new Html(walks.figure) : null}${entries.map((entry, n) => runHtml(entry, ways[n] ?? null))}
<p class="soft">Judged by what the kernel showed, as handed in until ${timeWords(madeAt)}.</p>`,
    isDrawn ? walks.style : '',
  );
}

function totalWords({ score, maxPoints, percent }: StudentView): string {
  return percent === null ? 'No score yet' : `${score} of ${maxPoints} points, ${percent} %`;
}
