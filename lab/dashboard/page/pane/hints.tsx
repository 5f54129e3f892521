import { signal } from '@preact/signals';
import type { Answer, ExerciseText } from '../../protocol.ts';
import { language, server, words } from '../page.ts';

type Hint = NonNullable<Answer['hint']>;

/** The hints that were shown since the page is open, by exercise. */
const shown = signal<Readonly<Record<number, readonly Hint[]>>>({});

/** Hints come one at a time, and only when asked for. */
export function Hints({ text: { number } }: { readonly text: ExerciseText }) {
  const { firstHint, nextHint, noHint, hintOf } = words.value;
  const here = shown.value[number] ?? [];
  const last = here.at(-1);
  const left = last === undefined ? undefined : last.of - last.level;
  return (
    <>
      {here.map(({ level, of, texts }) => (
        <section key={level} data-hint={level}>
          <h3>{hintOf(level, of)}</h3>
          <p>{texts[language.value]}</p>
        </section>
      ))}
      {left === 0 ? (
        <p class="soft">{noHint}</p>
      ) : (
        <button type="button" data-action="hint" onClick={() => void show(number)}>
          {left === undefined ? firstHint : nextHint(left)}
        </button>
      )}
    </>
  );
}

async function show(number: number): Promise<void> {
  const hint = (await server.ask({ do: 'hint', number }))?.hint;
  if (hint === undefined) return;
  const others = (shown.value[number] ?? []).filter(({ level }) => level !== hint.level);
  shown.value = { ...shown.value, [number]: [...others, hint].toSorted((a, b) => a.level - b.level) };
}
