import type { Signal } from '@preact/signals';

interface Props<T extends string> {
  readonly label: string;
  readonly tabs: readonly { readonly id: T; readonly label: string }[];
  readonly chosen: Signal<T>;
}

/** A row of tabs; the arrow keys go from one to the next. */
export function Tabs<T extends string>({ label, tabs, chosen }: Props<T>) {
  const go = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = tabs[tabs.findIndex(({ id }) => id === chosen.value) + by];
    if (by === 0 || next === undefined) return;
    chosen.value = next.id;
    (event.currentTarget as HTMLElement).querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={label} onKeyDown={go}>
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          data-tab={tab.id}
          aria-selected={chosen.value === tab.id}
          tabIndex={chosen.value === tab.id ? 0 : -1}
          onClick={() => {
            chosen.value = tab.id;
          }}
        >
          {tab.label}
        </button>
      ))}
    </div>
  );
}
