import { Html, html, page, preformatted } from '../../grade/formats/html.ts';
import type { TimelineData } from '../../observe/timeline.ts';
import { DRAWING_STYLE } from '../drawing-style.ts';
import { ladderSvg } from '../ladder/svg.ts';
import { DIAGRAM_STYLE } from '../state-diagram-style.ts';
import { renderText } from '../text.ts';
import { trackSvg } from '../track/svg.ts';
import { walkDiagram } from '../walk/diagram.ts';
import type { Table } from './evidence-tables.ts';
import { runFacts } from './facts.ts';

/** A run as one page that loads nothing and runs nothing: ladder, state track and state diagram, and the evidence in tables. */
export function runPage(timeline: TimelineData): string {
  const { title, about, wire, tables } = runFacts(timeline);
  const inPage = { isInPage: true };
  const body = html`<main class="run">
<h1>${title}</h1>
${about.map((line) => html`<p class="soft">${line}</p>`)}
<ul>${wire.map((line) => html`<li>${line}</li>`)}</ul>
<nav><a href="#ladder">Ladder</a> <a href="#track">States through time</a> <a href="#diagram">State diagram</a> ${tables.map(
    ({ title: name }) => html`<a href="#${anchor(name)}">${name}</a> `,
  )}<a href="#text">Everything as text</a></nav>
<h2 id="ladder">Ladder</h2>
<div class="scroll">${new Html(ladderSvg(timeline, inPage))}</div>
<h2 id="track">States through time</h2>
<div class="scroll">${new Html(trackSvg(timeline, inPage))}</div>
<h2 id="diagram">On the state diagram</h2>
<div class="scroll">${new Html(walkDiagram(timeline, inPage))}</div>
${tables.map(tablePart)}<h2 id="text">Everything as text</h2>
<details><summary>Every event, what programs printed included</summary>${preformatted(renderText(timeline))}</details>
</main>`;
  return page(title, body, STYLE);
}

function tablePart({ title, about, head, rows }: Table): Html {
  return html`<h2 id="${anchor(title)}">${title}</h2>
<p class="soft">${about}</p>
<div class="scroll"><table>
<thead><tr>${head.map((cell) => html`<th>${cell}</th>`)}</tr></thead>
<tbody>${rows.map(
    (cells) => html`<tr>${cells.map((cell, n) => cellPart(cell, head[n] ?? ''))}</tr>
`,
  )}</tbody>
</table></div>
`;
}

function cellPart(cell: string, head: string): Html {
  return /^(ms|port|seq|ack)\b/.test(head) ? html`<td class="number">${cell}</td>` : html`<td>${cell}</td>`;
}

function anchor(title: string): string {
  return title.toLowerCase();
}

const STYLE = `${DIAGRAM_STYLE}
${DRAWING_STYLE}
.run svg { display: block; max-width: 100%; height: auto; margin: .6rem auto; }
.run .tcplab-states { width: 100%; max-width: 1080px; }
.run .tcplab-drawing, .run .tcplab-states { --ground: var(--paper); }
.run .scroll th, .run .scroll td, .run .scroll td:first-child { overflow-wrap: break-word; }
.run nav a { margin-right: .8rem; }
.run summary { cursor: pointer; color: var(--soft); }
@media (max-width: 40rem) { .run .scroll svg { max-width: none; width: 960px; } }
@media print { .run svg { max-height: 95vh; } details { display: none; } }
`;
