import { useLayoutEffect, useRef } from 'preact/hooks';
import { runWords, store, words } from './page.ts';

/** So many of the last lines are drawn. */
const SHOWN = 400;

/** What the lab does and what programs print, in order; it follows its end until somebody scrolls up. */
export function Log() {
  const element = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const lines = store.log.value;
  useLayoutEffect(() => {
    const log = element.current;
    if (log !== null && follows.current) log.scrollTop = log.scrollHeight;
  }, [lines]);
  return (
    <div
      class="scroll log"
      role="tabpanel"
      ref={element}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        follows.current = scrollHeight - scrollTop - clientHeight < 8;
      }}
    >
      {lines.length === 0 && <p class="soft">{words.value.logEmpty}</p>}
      {lines.slice(-SHOWN).map(({ kind, atMs, host, say }, n) => (
        <p key={`${n} ${atMs}`} class={kind}>
          <span class="soft number">{(atMs / 1000).toFixed(3)} s</span> <span class="soft">{host}</span>{' '}
          {say(runWords.value.drawn.events)}
        </p>
      ))}
    </div>
  );
}
