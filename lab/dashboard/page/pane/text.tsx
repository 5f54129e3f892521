import type { ExerciseText } from '../../protocol.ts';
import { TAGS } from '../words.ts';

/** The exercise's own text: the server has made it from the lab's Markdown. */
export function Text({ text }: { readonly text: ExerciseText }) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a link that is followed by a key is clicked, too
    // biome-ignore lint/a11y/noStaticElementInteractions: the links in it are what is clicked
    <div
      class="text"
      lang={TAGS[text.language]}
      onClick={followLink}
      dangerouslySetInnerHTML={{ __html: text.html }}
    />
  );
}

/** Links go to a page of their own: the run on this one goes on. */
function followLink(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (link === null || link.getAttribute('href')?.startsWith('#') === true) return;
  event.preventDefault();
  if (/^https?:/.test(link.getAttribute('href') ?? ''))
    window.open(link.href, '_blank', 'noopener,noreferrer');
}
