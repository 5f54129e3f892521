import { isAuto, words } from '../page.ts';

/** Whether a save is checked. */
export function Auto() {
  return (
    <label class="auto">
      <input
        type="checkbox"
        data-auto
        checked={isAuto.value}
        onChange={({ currentTarget }) => {
          isAuto.value = currentTarget.checked;
        }}
      />
      {words.value.auto}
    </label>
  );
}
