import type { FailedMoment, Pictures, RunPictures } from '../grade/formats/pictures.ts';
import { DRAWING_STYLE } from './drawing-style.ts';
import type { Aside } from './ladder/aside.ts';
import { ladderSvg } from './ladder/svg.ts';
import { leftOutWords, readSketch, type Sketched } from './run/sketched.ts';
import { figureMarkup } from './state-diagram.ts';
import { DIAGRAM_STYLE } from './state-diagram-style.ts';
import { trackSvg } from './track/svg.ts';
import { waysDiagram } from './walk/diagram.ts';
import { waysOfSeen } from './walk/seen.ts';

/** Draws runs for pages with many of them: what all drawings of ways show is on the page once. */
export const PAGE_PICTURES: Pictures = {
  style: `${DIAGRAM_STYLE}
${DRAWING_STYLE}
.drawn { margin: .6rem 0; }
.drawn summary { cursor: pointer; color: var(--soft); }
.drawn svg { --ground: var(--paper); display: block; width: 100%; max-width: 1080px; height: auto; }
.drawn .tcplab-drawing { max-width: 960px; }
.tcplab-figure { position: absolute; }
@media (max-width: 40rem) { .drawn .tcplab-drawing { width: 960px; max-width: none; } }
`,
  figure: figureMarkup(),
  way(seen) {
    const ways = waysOfSeen(seen);
    if (ways.length === 0) return null;
    return waysDiagram(Object.keys(seen), ways, { isInPage: true, isOnFigure: true });
  },
  run(sketch, failed) {
    const sketched = sketchOrNull(sketch);
    return sketched === null ? null : drawnRun(sketched, failed);
  },
};

function drawnRun({ timeline, leftOut }: Sketched, failed: readonly FailedMoment[]): RunPictures {
  const gaps = leftOut.map(
    (gap): Aside => ({ atMs: gap.fromMs, untilMs: gap.toMs, words: leftOutWords(gap) }),
  );
  const asides = [...gaps, ...failed.map((moment): Aside => ({ ...moment, isFailure: true }))];
  return {
    ladder: ladderSvg(timeline, { isInPage: true, asides }),
    track: trackSvg(timeline, { isInPage: true, failedMs: failed.map(({ atMs }) => atMs) }),
    events: timeline.events.length,
    isWhole: leftOut.length === 0,
  };
}

/** A row that came from elsewhere may hold anything; whatever it is, the rest of the page is drawn. */
function sketchOrNull(sketch: string): Sketched | null {
  try {
    return readSketch(sketch);
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}
