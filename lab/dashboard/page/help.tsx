import { useEffect, useRef } from 'preact/hooks';
import { EVERYWHERE, showGuide } from './guide-card.tsx';
import { words } from './page.ts';
import { isHelpOpen } from './view.ts';

/** The keys of the page, by `?`. */
export function Help() {
  const dialog = useRef<HTMLDialogElement>(null);
  const isOpen = isHelpOpen.value;
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  const { title, close, ...keys } = words.value.help;
  const shut = (): void => {
    isHelpOpen.value = false;
  };
  return (
    <dialog ref={dialog} class="help" aria-label={title} onClose={shut}>
      <h2>{title}</h2>
      <dl>
        {Object.entries(keys).map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <button
        type="button"
        onClick={() => {
          showGuide(EVERYWHERE);
          shut();
        }}
      >
        {words.value.guideTitle}
      </button>{' '}
      <button type="button" onClick={shut}>
        {close}
      </button>
    </dialog>
  );
}
