import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { trackSvg } from '../../../report/track/svg.ts';
import { adoptStyle } from './adopt-style.ts';
import type { PictureProps } from './picture.ts';
import { useDrawing, useWidth } from './use-drawing.ts';

adoptStyle();

const EVERY_MS = 500;
const LEAST_WIDTH = 560;

/** Each socket as a bar through time, drawn anew twice a second at most while the timeline grows. */
export function TrackView({ timeline, words }: PictureProps): JSX.Element {
  const element = useRef<HTMLDivElement>(null);
  const width = Math.max(useWidth(element).value, LEAST_WIDTH);
  const options = { isInPage: true, width, words: words.drawn };
  const drawn = useDrawing(timeline, (data) => trackSvg(data, options), EVERY_MS, width, words);
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
