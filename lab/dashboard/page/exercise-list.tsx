import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ListedExercise, Status } from '../../workspace/overview.ts';
import { open, opened, store, titleOf, words } from './page.ts';
import { isListOpen, putListAway, showPane } from './view.ts';

const MARKS: Readonly<Record<Status, string>> = {
  'not-started': '',
  started: '◔',
  attempted: '◑',
  passed: '✔',
};

export function ExerciseList() {
  const lab = store.lab.value;
  const exercises = lab?.overview.exercises ?? [];
  const got = exercises.reduce((sum, { bestPoints }) => sum + bestPoints, 0);
  const of = exercises.reduce((sum, { points }) => sum + points, 0);
  return (
    <nav class="list" aria-label={words.value.exercises} hidden={!isListOpen.value}>
      <p class="soft">{words.value.points(got, of)}</p>
      <ul>
        {exercises.map((exercise) => (
          <li key={exercise.number}>
            <Entry exercise={exercise} />
          </li>
        ))}
      </ul>
      <p class="soft">{lab === undefined ? '' : `${lab.tool}, Linux ${lab.kernel}, ${lab.backend}`}</p>
    </nav>
  );
}

function Entry({ exercise }: { readonly exercise: ListedExercise }) {
  const { number, status, points, bestPoints } = exercise;
  const title = titleOf(number);
  const button = useRef<HTMLButtonElement>(null);
  const [isOpened, isShown] = [opened.value === number, isListOpen.value];
  // One that is opened by its address or by a key may be out of sight.
  useLayoutEffect(() => {
    if (isOpened && isShown) button.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpened, isShown]);
  return (
    <button
      ref={button}
      type="button"
      data-exercise={number}
      data-status={status}
      aria-current={isOpened ? 'true' : undefined}
      title={`${title}: ${words.value.status[status]}, ${words.value.points(bestPoints, points)}`}
      onClick={() => {
        open(number);
        showPane('text');
        putListAway();
      }}
    >
      <span class="number">{number}</span>
      <span class="title">{title}</span>
      <span class="mark" role="img" aria-label={words.value.status[status]}>
        {MARKS[status]}
      </span>
    </button>
  );
}
