import type { ComponentType } from 'preact';
import type { ExerciseText } from '../protocol.ts';
import { text, words } from './page.ts';
import { Checks } from './pane/checks.tsx';
import { Files } from './pane/files.tsx';
import { Hints } from './pane/hints.tsx';
import { Questions } from './pane/questions.tsx';
import { Text } from './pane/text.tsx';
import { Tabs } from './tabs.tsx';
import { PANE_TABS, type PaneTab, paneTab } from './view.ts';

const VIEWS: Readonly<Record<PaneTab, ComponentType<{ readonly text: ExerciseText }>>> = {
  text: Text,
  questions: Questions,
  checks: Checks,
  hints: Hints,
  files: Files,
};

/** The exercise that is open: what it says, asks and checks. */
export function Pane() {
  const exercise = text.value;
  const View = VIEWS[paneTab.value];
  return (
    <aside class="pane" aria-label={words.value.pane}>
      <Tabs
        label={words.value.pane}
        tabs={PANE_TABS.map((id) => ({ id, label: words.value[id] }))}
        chosen={paneTab}
      />
      <div class="scroll pane-body" role="tabpanel">
        {exercise === undefined ? (
          <p class="soft">{words.value.loading}</p>
        ) : (
          <View key={exercise.number} text={exercise} />
        )}
      </div>
    </aside>
  );
}
