import type { ReadonlySignal } from '@preact/signals';
import type { TimelineData } from '../../../observe/timeline.ts';
import type { Words } from '../words.ts';

/** What every picture is made of. */
export interface PictureProps {
  readonly timeline: ReadonlySignal<TimelineData | undefined>;
  readonly words: Words;
}
