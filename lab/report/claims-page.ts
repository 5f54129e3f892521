import type { ClaimResult } from '../claims/settle.ts';
import type { Language } from '../exercise/exercise-words.ts';
import { type Html, html, page, preformatted } from '../grade/formats/html.ts';
import { MARKS, type ToldClaims, tally, WORDS } from './claims-words.ts';

/** Claims and what became of them, as a page of its own that loads nothing and runs nothing. */
export function claimsPage(told: ToldClaims, language: Language): string {
  const words = WORDS[language];
  const body = html`<h1>${words.title}</h1>
<p>${words.settledOn(told.kernel)}</p>
<p class="total">${tally(told, language)}</p>
<p class="soft">${words.again}</p>
${told.topics.map(
  ({ title, claims }) => html`<h2>${title[language]}</h2>
${claims.map((claim) => claimPart(claim, language))}`,
)}`;
  return page(words.title, body, STYLE, language === 'zh' ? 'zh-Hans' : 'en');
}

function claimPart({ id, verdict, text, note, evidence, exercises }: ClaimResult, language: Language): Html {
  const words = WORDS[language];
  return html`<article class="claim ${verdict}" id="${id}">
<h3><a href="#${id}">${id}</a> ${text[language]}</h3>
<p><b class="verdict">${MARKS[verdict]} ${words.verdicts[verdict]}</b> <span class="soft">${words.exercises(exercises)}</span></p>
<p>${note[language]}</p>
${evidence.length === 0 ? null : html`<details><summary>${words.evidence}</summary>${preformatted(evidence.map(evidenceLine).join('\n'))}</details>`}
</article>
`;
}

function evidenceLine({ host, kind, text }: ClaimResult['evidence'][number]): string {
  return `${host.padEnd(7)} ${kind.padEnd(8)} ${text}`;
}

const STYLE = `
.claim { border-left: 3px solid var(--line); padding: .1rem 0 .1rem .9rem; margin: 1.2rem 0; }
.claim h3 { margin: 0 0 .2rem; font-size: 1.05rem; } .claim h3 a { color: var(--soft); text-decoration: none; }
.claim.true { border-color: var(--pass); } .claim.true .verdict { color: var(--pass); }
.claim.false { border-color: var(--fail); } .claim.false .verdict { color: var(--fail); }
.claim.depends, .claim.unsettled { border-color: var(--unsure); }
.claim.depends .verdict, .claim.unsettled .verdict { color: var(--unsure); }
.claim summary { cursor: pointer; color: var(--soft); } .claim p { max-width: 46rem; }
@media print { .claim { break-inside: avoid; } }
`;
