import { effect } from '@preact/signals';
import { isAuto, isOn, language, load, numberIn, open, opened, server, store, texts } from './page.ts';
import { TAGS } from './words.ts';

/** Begins to listen to the server, and keeps what is shown in step with what it tells. */
export function begin(): void {
  server.listen((told) => store.hear(told, performance.now()));
  effect(() => {
    document.documentElement.lang = TAGS[language.value];
  });
  effect(() => openFirst());
  effect(() => {
    if (opened.value !== undefined) void load(opened.value);
  });
  effect(() => {
    const wanted = language.value;
    for (const { number, language: own } of Object.values(texts.peek()))
      if (own !== wanted) void load(number);
  });
  effect(() => {
    const number = store.run.value?.number;
    if (number !== undefined && texts.peek()[number] === undefined) void load(number);
  });
  effect(() => {
    // Progress has changed: so may what can be predicted, and what was begun.
    if (store.lab.value !== undefined && opened.peek() !== undefined) void load(opened.peek() as number);
  });
  effect(() => {
    const saved = store.saved.value;
    if (saved !== undefined) void checkSaved(saved.number);
  });
  effect(() => {
    if (hasGone(store.tables.value)) requestFade();
  });
  window.addEventListener('hashchange', () => {
    const number = numberIn(location.hash);
    if (number !== undefined) opened.value = number;
  });
}

/** Opens what is run, or else the first exercise that is not passed, when the address names none. */
function openFirst(): void {
  const run = store.run.value;
  const exercises = store.lab.value?.overview.exercises;
  if (opened.peek() !== undefined || run === undefined || exercises === undefined) return;
  const first = run?.number ?? (exercises.find(({ status }) => status !== 'passed') ?? exercises[0])?.number;
  if (first !== undefined) open(first);
}

/** A file was saved: it is checked, by one page of those that are open, and not while somebody works by hand. */
async function checkSaved(number: number): Promise<void> {
  if (number !== opened.peek()) return;
  const before = store.run.peek()?.run;
  await load(number);
  const run = store.run.peek();
  if (!isAuto.peek() || (run?.how === 'hands-on' && isOn(run))) return;
  await navigator.locks.request(`tcplab.check.${number}`, { ifAvailable: true }, async (lock) => {
    // Another page that was quicker has begun a run by now.
    const isFirst = lock !== null && store.run.peek()?.run === before;
    if (isFirst) await server.ask({ do: 'check', number, from: 'work' });
  });
}

let isFading = false;

/** Looks after rows that fade, for as long as there are some. */
function requestFade(): void {
  if (isFading) return;
  isFading = true;
  setTimeout(() => {
    isFading = false;
    if (store.fade(performance.now())) requestFade();
  }, 500);
}

function hasGone(tables: typeof store.tables.value): boolean {
  return Object.values(tables).some((rows) => rows.some(({ goneMs }) => goneMs !== undefined));
}
