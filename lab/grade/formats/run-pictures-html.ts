import type { CheckResult } from '../../exercise/result.ts';
import type { EntryView } from '../view.ts';
import { Html, html } from './html.ts';
import type { FailedMoment, Pictures } from './pictures.ts';
import { MARKS } from './words.ts';

/** A ladder of more events than this is folded away until it is asked for. */
const SHORT = 40;
/** Characters of what a failed check is called on a drawing. */
const MOST_WORDS = 160;

/** One run of a student's page in pictures: its ladder and its states through time when it has a sketch, and the state diagram. */
export function runPicturesHtml({ sketch, seen, checks }: EntryView, pictures: Pictures): Html | null {
  const failed = checks.flatMap(({ result }) => (result === null ? [] : failedMoment(result)));
  const run = sketch === null ? null : pictures.run(sketch, failed);
  const way = seen === null ? null : pictures.way(seen);
  if (sketch === null && way === null) return null;
  return html`${sketch !== null && run === null ? html`<p class="soft">The row of this run has a sketch that cannot be read, so no ladder is drawn.</p>` : null}${
    run === null
      ? null
      : html`<details class="drawn"${new Html(run.events <= SHORT ? ' open' : '')}><summary>The ladder of this run</summary>
<p class="soft">What passed between the hosts, and the states of their sockets. ✘ stands where a check failed.${run.isWhole ? '' : ' It was a long run: what is left out is told where it was, and what repeats it is not marked as sent again.'}</p>
<div class="scroll">${new Html(run.ladder)}</div></details>
<details class="drawn"><summary>The states of its sockets through time</summary>
${run.isWhole ? null : html`<p class="soft">It was a long run: sockets that are not on its ladder are not here, either.</p>`}
<div class="scroll">${new Html(run.track)}</div></details>
`
  }${
    way === null
      ? null
      : html`<details class="drawn"><summary>Where its sockets went, on the state diagram</summary>
<p class="soft">What looks at the kernel's table showed. How a connection left the table is not drawn.</p>
<div class="scroll">${new Html(way)}</div></details>
`
  }`;
}

/** When a check failed, and at what; nothing when it did not. */
function failedMoment({ verdict, title, steps, ms }: CheckResult): FailedMoment[] {
  if (verdict === 'pass' || verdict === 'skipped') return [];
  const step = steps.at(-1);
  const expected = step?.expected === undefined ? '' : `: expected ${step.expected}`;
  const words = `${MARKS[verdict]} ${title}${expected}`;
  return [
    {
      atMs: ms,
      ...(step?.host === undefined ? {} : { host: step.host }),
      words: words.length <= MOST_WORDS ? words : `${words.slice(0, MOST_WORDS - 1)}…`,
    },
  ];
}
