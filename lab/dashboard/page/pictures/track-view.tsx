import { type ReadonlySignal, useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { trackSvg } from '../../../report/track/svg.ts';
import { adoptStyle } from './adopt-style.ts';
import type { PictureProps } from './picture.ts';
import { useDrawing, useWidth } from './use-drawing.ts';

adoptStyle();

const EVERY_MS = 500;
const LEAST_WIDTH = 560;

interface Props extends PictureProps {
  readonly lookedMs: ReadonlySignal<number>;
}

/** Each socket as a bar through time, drawn anew twice a second at most while the timeline grows. */
export function TrackView({ timeline, words, lookedMs }: Props): JSX.Element {
  const element = useRef<HTMLDivElement>(null);
  const width = Math.max(useWidth(element).value, LEAST_WIDTH);
  const options = { isInPage: true, width, words: words.drawn };
  const seen = useComputed(() => {
    const data = timeline.value;
    return data === undefined ? undefined : { data, lookedMs: lookedMs.value };
  });
  const drawn = useDrawing(
    seen,
    ({ data, ...now }) => trackSvg(data, { ...options, ...now }),
    EVERY_MS,
    width,
    words,
  );
  return (
    <div class="track-view" ref={element}>
      {drawn.value === '' ? (
        <p class="picture-empty">{words.noPicture}</p>
      ) : (
        <div dangerouslySetInnerHTML={{ __html: drawn.value }} />
      )}
    </div>
  );
}
