import type { ExerciseText } from '../../protocol.ts';
import { change, words } from '../page.ts';
import { Auto } from './auto.tsx';

/** The student's files as they are on disk now. */
export function Files({ text: { number, files, isStarted } }: { readonly text: ExerciseText }) {
  const { editThem, beginIt, beginTitle, notBegun } = words.value;
  return (
    <>
      {isStarted ? (
        <>
          <p>{editThem}</p>
          <Auto />
        </>
      ) : (
        <p>
          {notBegun}{' '}
          <button
            type="button"
            class="main"
            data-action="begin"
            title={beginTitle}
            onClick={() => void change({ do: 'begin', number })}
          >
            {beginIt}
          </button>
        </p>
      )}
      {files.map(({ name, path, text }) => (
        <section key={name} data-file={name}>
          <h3>
            <code>{path}</code>
          </h3>
          <pre class="scroll">{text}</pre>
        </section>
      ))}
    </>
  );
}
