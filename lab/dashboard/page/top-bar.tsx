import { language, opened, say, store, words } from './page.ts';
import { isHelpOpen, isListOpen, isPaneOpen } from './view.ts';

export function TopBar() {
  const { otherLanguage, keys, showPane, hidePane, showList, hideList, exercises, pane } = words.value;
  const exercise = store.lab.value?.overview.exercises.find(({ number }) => number === opened.value);
  return (
    <header class="top">
      <button
        type="button"
        aria-expanded={isListOpen.value}
        title={isListOpen.value ? hideList : showList}
        onClick={() => {
          isListOpen.value = !isListOpen.value;
        }}
      >
        ☰ {exercises}
      </button>
      <h1 class="grow clip" title={exercise?.title}>
        {exercise === undefined ? (
          'tcplab'
        ) : (
          <>
            <span class="number">{exercise.number}</span> {exercise.title}
          </>
        )}
      </h1>
      <button
        type="button"
        lang={language.value === 'en' ? 'zh' : 'en'}
        onClick={() => say(language.value === 'en' ? 'zh' : 'en')}
      >
        {otherLanguage}
      </button>
      <button
        type="button"
        onClick={() => {
          isHelpOpen.value = true;
        }}
      >
        {keys} <kbd>?</kbd>
      </button>
      <button
        type="button"
        aria-expanded={isPaneOpen.value}
        title={isPaneOpen.value ? hidePane : showPane}
        onClick={() => {
          isPaneOpen.value = !isPaneOpen.value;
        }}
      >
        {pane} <kbd>t</kbd>
      </button>
    </header>
  );
}
