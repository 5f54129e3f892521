import { language, opened, say, titleOf, words } from './page.ts';
import { isHelpOpen, isListOpen, isPaneOpen } from './view.ts';
import { TAGS } from './words.ts';

export function TopBar() {
  const { otherLanguage, keys, showPane, hidePane, showList, hideList, exercises, pane } = words.value;
  const title = opened.value === undefined ? '' : titleOf(opened.value);
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
      <h1 class="grow clip" title={title}>
        {title === '' ? (
          'tcplab'
        ) : (
          <>
            <span class="number">{opened.value}</span> {title}
          </>
        )}
      </h1>
      <button
        type="button"
        lang={language.value === 'en' ? TAGS.zh : TAGS.en}
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
