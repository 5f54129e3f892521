import { Announcer } from './announcer.tsx';
import { ExerciseList } from './exercise-list.tsx';
import { Guide } from './guide-card.tsx';
import { handlesOf } from './handles.ts';
import { Help } from './help.tsx';
import { HostCard } from './host-card.tsx';
import { Notices } from './notices.tsx';
import { runText, store, words } from './page.ts';
import { Pane } from './pane.tsx';
import { PicturesPane } from './pictures-pane.tsx';
import { Toolbar } from './toolbar.tsx';
import { TopBar } from './top-bar.tsx';
import { isListOpen, isPaneOpen } from './view.ts';

export function App() {
  const run = store.run.value;
  const names = run?.hosts.map(({ name }) => name) ?? [];
  // For the moment before it has them: those that it is going to have.
  const hosts = names.length > 0 ? names : (runText.value?.hosts ?? []);
  const shape = [isListOpen.value ? 'with-list' : '', isPaneOpen.value ? 'with-pane' : ''].join(' ');
  return (
    <>
      <TopBar />
      <div class={`page ${shape}`}>
        <ExerciseList />
        <main data-phase={run?.phase ?? 'none'}>
          <Toolbar />
          <Notices />
          <Guide />
          {run !== null && run !== undefined && (
            <>
              <div class="hosts" data-count={hosts.length}>
                {handlesOf(hosts).map((handles) => (
                  <HostCard key={handles.host} handles={handles} />
                ))}
              </div>
              <PicturesPane />
            </>
          )}
          {run === undefined && <p class="soft waiting">{words.value.connecting}</p>}
        </main>
        {isPaneOpen.value && <Pane />}
      </div>
      <Announcer />
      <Help />
    </>
  );
}
