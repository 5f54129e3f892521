import type { WalkPicture } from '../../grade/formats/walk-picture.ts';
import { figureMarkup } from '../state-diagram.ts';
import { DIAGRAM_STYLE } from '../state-diagram-style.ts';
import { waysDiagram } from './diagram.ts';
import { waysOfSeen } from './seen.ts';

/** Draws where sockets went for pages with many runs: what all of the drawings show is on the page once. */
export const WALK_PICTURE: WalkPicture = {
  style: `${DIAGRAM_STYLE}
.walk { margin: .6rem 0; }
.walk summary { cursor: pointer; color: var(--soft); }
.walk .tcplab-states { --ground: var(--paper); display: block; width: 100%; max-width: 1080px; height: auto; }
.tcplab-figure { position: absolute; }
`,
  figure: figureMarkup(),
  draw(seen) {
    const ways = waysOfSeen(seen);
    if (ways.length === 0) return null;
    return waysDiagram(Object.keys(seen), ways, { isInPage: true, isOnFigure: true });
  },
};
