import { effect, signal } from '@preact/signals';
import { handlesOf, startKeysOf } from './handles.ts';
import { check, handsOn, open, opened, server, start, store, text, wish, words } from './page.ts';
import { toggle } from './wire.ts';

export type PaneTab = 'text' | 'questions' | 'checks' | 'hints' | 'files';
export const PANE_TABS: readonly PaneTab[] = ['text', 'questions', 'checks', 'hints', 'files'];
export type Pictures = 'both' | 'tracks' | 'log';
const PICTURES: readonly Pictures[] = ['both', 'tracks', 'log'];

const WIDE = '(min-width: 1500px)';
/** With the text beside it, as long as there is no run to look at. */
const ROOMY = '(min-width: 1100px)';
const NARROW = '(max-width: 1000px)';

/** What of the page is shown: nothing of it matters to the server. */
export const paneTab = signal<PaneTab>('text');
export const isPaneOpen = signal(matchMedia(ROOMY).matches);
export const isListOpen = signal(!matchMedia(NARROW).matches);
export const pictures = signal<Pictures>('both');
export const isHelpOpen = signal(false);

export function showPane(tab: PaneTab): void {
  paneTab.value = tab;
  isPaneOpen.value = true;
}

/** Checks the student's program; when there is none yet, shows where it is begun. */
export function checkMine(): void {
  if (text.value?.isStarted === false) {
    showPane('files');
    server.problem.value = words.value.beginFirst;
  } else check('work');
}

/** On a narrow page the list lies over the rest. */
export function putListAway(): void {
  if (matchMedia(NARROW).matches) isListOpen.value = false;
}

/** Where a page becomes narrow, the list would lie over what is being read. */
matchMedia(NARROW).addEventListener('change', ({ matches }) => {
  if (matches) isListOpen.value = false;
});

/** Shows the checks when a check begins, and puts the pane away for work by hand where there is no room for both. */
export function followRuns(): void {
  let last = 0;
  effect(() => {
    const run = store.run.value;
    if (run === null || run === undefined || run.run === last) return;
    last = run.run;
    if (run.how === 'check') showPane('checks');
    else isPaneOpen.value = matchMedia(WIDE).matches;
  });
}

const KEYS: Readonly<Record<string, () => void>> = {
  j: () => openNext(1),
  k: () => openNext(-1),
  h: handsOn,
  c: checkMine,
  r: () => check('reference'),
  e: () => wish({ do: 'end' }),
  x: stopLast,
  t: () => {
    isPaneOpen.value = !isPaneOpen.value;
  },
  p: () => {
    pictures.value = PICTURES[(PICTURES.indexOf(pictures.value) + 1) % PICTURES.length] ?? 'both';
  },
  '?': () => {
    isHelpOpen.value = !isHelpOpen.value;
  },
};

/** Takes the keys of the page, but not those of a field or of the browser. */
export function takeKeys(): void {
  window.addEventListener('keydown', (event) => {
    const isField =
      event.target instanceof Element && event.target.closest('input[type=text],textarea,select') !== null;
    if (isField || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    const act = KEYS[event.key] ?? gateKey(event.key) ?? startKey(event.key);
    const isCovered = document.querySelector('dialog[open]') !== null;
    if (act === undefined || (isCovered && event.key !== '?')) return;
    event.preventDefault();
    act();
  });
}

function startKey(key: string): (() => void) | undefined {
  const [host] = Object.entries(startKeysOf(hostNames())).find(([, each]) => each === key) ?? [];
  return host === undefined ? undefined : () => start(host);
}

function hostNames(): string[] {
  return store.run.value?.hosts.map(({ name }) => name) ?? [];
}

function gateKey(key: string): (() => void) | undefined {
  const handle = handlesOf(hostNames())
    .flatMap(({ first }) => first)
    .find((each) => String(each.key) === key);
  return handle === undefined ? undefined : () => toggle(handle);
}

function openNext(by: number): void {
  const numbers = store.lab.value?.overview.exercises.map(({ number }) => number) ?? [];
  const next = numbers[Math.min(numbers.length - 1, Math.max(0, numbers.indexOf(opened.value ?? 0) + by))];
  if (next === undefined) return;
  open(next);
}

function stopLast(): void {
  const running = store.run.value?.hosts.flatMap(({ programs }) =>
    programs.filter(({ isRunning }) => isRunning),
  );
  const last = running?.toSorted((a, b) => a.pid - b.pid).at(-1);
  if (last !== undefined) wish({ do: 'stop', pid: last.pid });
}
