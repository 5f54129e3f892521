import { check, handsOn, isGoingOn, opened, store, wish, words } from './page.ts';
import { checkMine as checkOwn } from './view.ts';

/** The exercise that is open, and what can be run of it. */
export function Toolbar() {
  const { byHand, byHandTitle, checkMine, checkReference, end, endTitle, run } = words.value;
  const isThere = opened.value !== undefined;
  return (
    <section class="toolbar" aria-label={run}>
      <div class="buttons">
        <button
          type="button"
          data-action="hands-on"
          title={byHandTitle}
          disabled={!isThere}
          onClick={handsOn}
        >
          {byHand} <kbd>h</kbd>
        </button>
        <button
          type="button"
          class="main"
          data-action="check"
          data-from="work"
          disabled={!isThere}
          onClick={checkOwn}
        >
          {checkMine} <kbd>c</kbd>
        </button>
        <button
          type="button"
          data-action="check"
          data-from="reference"
          disabled={!isThere}
          onClick={() => check('reference')}
        >
          {checkReference} <kbd>r</kbd>
        </button>
        <button
          type="button"
          data-action="end"
          title={endTitle}
          disabled={!isGoingOn.value}
          onClick={() => wish({ do: 'end' })}
        >
          {end} <kbd>e</kbd>
        </button>
        <RunLine />
      </div>
    </section>
  );
}

function RunLine() {
  const run = store.run.value;
  const { noRun, ofNumber, runIs, phase, verdict } = words.value;
  if (run === null || run === undefined) return <p class="run-line soft">{noRun}</p>;
  const result = store.result.value;
  return (
    <p class="run-line" role="status">
      <span class={`dot phase-${run.phase}`} /> {runIs(run.how, run.from)}
      {run.number === opened.value ? '' : ofNumber(run.number)}:{' '}
      <strong class={result === undefined ? undefined : `verdict ${result.verdict}`}>
        {result === undefined ? phase[run.phase] : verdict[result.verdict]}
      </strong>
    </p>
  );
}
