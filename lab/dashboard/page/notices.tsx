import { runText, server, store, text, words } from './page.ts';
import { Said } from './pane/said.tsx';

/** What somebody has to know now: the lab is gone, something could not be done, a run has failed. */
export function Notices() {
  const run = store.run.value;
  const problem = server.problem.value;
  const { gone, goneMore, dismiss } = words.value;
  return (
    <div class="notices" role="alert">
      {server.isThere.value === false && (
        <p class="notice bad" data-gone>
          {gone} <span class="soft">{goneMore}</span>
        </p>
      )}
      {problem !== undefined && (
        <p class="notice bad" data-problem>
          <Said of={text.value}>{problem}</Said>
          <button
            type="button"
            class="plain"
            aria-label={dismiss}
            onClick={() => {
              server.problem.value = undefined;
            }}
          >
            ✕
          </button>
        </p>
      )}
      {run?.because !== undefined && (
        <p class="notice">
          <Said of={runText.value}>{run.because}</Said>
        </p>
      )}
    </div>
  );
}
