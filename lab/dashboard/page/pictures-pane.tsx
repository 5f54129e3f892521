import { HEIGHT, WIDTH } from '../../report/state-diagram-places.ts';
import { Log } from './log.tsx';
import { runWords, store, words } from './page.ts';
import { DiagramView } from './pictures/diagram-view.tsx';
import { LadderView } from './pictures/ladder-view.tsx';
import { TrackView } from './pictures/track-view.tsx';
import { Tabs } from './tabs.tsx';
import { pictures } from './view.ts';

/** The run drawn: the ladder beside the diagram, each state in time, and what was said. */
export function PicturesPane() {
  const { pictures: label, ladderAndDiagram, tracks, log } = words.value;
  const tabs = [
    { id: 'both', label: ladderAndDiagram },
    { id: 'tracks', label: tracks },
    { id: 'log', label: log },
  ] as const;
  const props = { timeline: store.timeline.data, words: runWords.value };
  return (
    <section class="pictures" aria-label={label} aria-busy={store.timeline.isBehind.value}>
      <Tabs label={label} tabs={tabs} chosen={pictures} />
      {pictures.value === 'both' && (
        <div class="both" role="tabpanel">
          <div class="picture">
            <LadderView {...props} />
          </div>
          <div class="picture whole" style={{ '--shape': WIDTH / HEIGHT }}>
            <DiagramView {...props} />
          </div>
        </div>
      )}
      {pictures.value === 'tracks' && (
        <div class="picture" role="tabpanel">
          <TrackView {...props} lookedMs={store.lookedMs} />
        </div>
      )}
      {pictures.value === 'log' && <Log />}
    </section>
  );
}
