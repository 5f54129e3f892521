import type { EdgeResult } from '../atlas/provoke.ts';
import type { AtlasResult } from '../atlas/run-atlas.ts';
import { Html, html, page } from '../grade/formats/html.ts';
import { atlasDiagram } from './atlas-diagram.ts';
import { MARKS, witnesses } from './atlas-text.ts';
import { DIAGRAM_STYLE } from './state-diagram-style.ts';

const STYLE = `${DIAGRAM_STYLE}
.tcplab-states{width:100%;height:auto;max-width:1080px}
td:first-child{white-space:nowrap}
.evidence{overflow-x:auto;white-space:pre;font:12px/1.5 ui-monospace,monospace}`;

/** The atlas as one page that loads nothing: the diagram, and below it each transition with its evidence. */
export function atlasPage(atlas: AtlasResult): string {
  const { kernel, backend, ip, transitions } = atlas;
  const title = `Every TCP transition, on Linux ${kernel}`;
  const body = html`<main>
<h1>${title}</h1>
<p>RFC 9293 figure 5 and every end by RST, provoked over IPv${ip} (${backend}) and settled by the kernel.</p>
${new Html(atlasDiagram(atlas, { isInPage: true }))}
<table>
<thead><tr><th>verdict</th><th>from</th><th>to</th><th>event</th><th>seen by</th></tr></thead>
<tbody>${transitions.map(rows)}</tbody>
</table>
</main>`;
  return page(title, body, STYLE);
}

function rows(result: EdgeResult): Html {
  const { verdict, from, to, event, by, note, missing = [] } = result;
  const what = by === undefined ? event : `${event}, ${by}`;
  const lines = result.evidence.map(
    ({ kind, host, text }) => html`<div>${`${kind}  ${host}  ${text}`}</div>`,
  );
  return html`<tr><td>${MARKS[verdict]} ${verdict}</td><td>${from}</td><td>${to}</td><td>${what}</td><td>${witnesses(result).join(', ')}</td></tr>
<tr><td></td><td colspan="4">${note === undefined ? null : html`<p>${note}</p>`}${missing.map((sentence) => html`<p>${sentence}</p>`)}
<details><summary>evidence</summary><div class="evidence">${lines}</div></details></td></tr>`;
}
