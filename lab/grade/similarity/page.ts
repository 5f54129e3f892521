import type { OutputFile } from '../formats/file.ts';
import { type Html, html, page } from '../formats/html.ts';
import type { IntakeReport } from '../intake/report.ts';
import { givenFor, handedIn } from './from-store.ts';
import { type Pair, similarity } from './similarity.ts';

/** The similarity report of what intake has taken: `similarity.html` for a person, `similarity.json` for a program. */
export function similarityFiles(store: string, report: IntakeReport): OutputFile[] {
  const pairs = similarity(handedIn(store, report), givenFor);
  return [
    { path: 'similarity.html', text: similarityPage(pairs) },
    {
      path: 'similarity.json',
      text: `${JSON.stringify({ schema: 'tcplab/similarity/1', pairs }, null, 2)}\n`,
    },
  ];
}

/** For the instructor alone: what programs have in common, and nothing about why. */
function similarityPage(pairs: readonly Pair[]): string {
  const body = html`<h1>Programs with much in common</h1>
<p>Comments, names and literals do not count here, nor does what the exercise gave to everybody. A pair is a reason to look, and never
a verdict: short programs that do one thing are alike by nature, and students may work from the same page of a book.</p>
${pairs.length === 0 ? html`<p>There is no such pair.</p>` : pairs.map(section)}`;
  return page('Programs with much in common', body);
}

function section({ exercise, students, shares, passages, hint }: Pair): Html {
  const [one, other] = students;
  return html`<section>
<h2>${exercise}: ${one} and ${other}</h2>
<p>${hint}</p>
<table>
<thead><tr><th>${one} (${percent(shares[0])})</th><th>${other} (${percent(shares[1])})</th><th>tokens</th></tr></thead>
<tbody>${passages.map(
    ({ first, second, tokens }) =>
      html`<tr><td>${lines(first)}</td><td>${lines(second)}</td><td>${tokens}</td></tr>`,
  )}</tbody>
</table>
</section>
`;
}

function lines({ file, from, to }: Pair['passages'][number]['first']): string {
  return from === to ? `${file}, line ${from}` : `${file}, lines ${from} to ${to}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
