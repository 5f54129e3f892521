import { store, words } from './page.ts';

/** So many changes at once are said: of a flood, the first tell enough. */
const MOST = 4;

/** Changes of state for those who do not see them, in RFC 9293's words. */
export function Announcer() {
  const { changed } = words.value;
  return (
    <p class="unseen" aria-live="polite">
      {store.changes.value
        .slice(0, MOST)
        .map(({ host, from, to }) => changed(host, from, to))
        .join('. ')}
    </p>
  );
}
