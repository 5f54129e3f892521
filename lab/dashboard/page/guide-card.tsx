import { signal } from '@preact/signals';
import { GUIDE_EXERCISE, GUIDE_PROGRAMS, type GuideStep, guideStep } from './guide.ts';
import { beginByHand, open, store, text, wish, words } from './page.ts';
import type { Words } from './words.ts';

const SHOWN = 'tcplab.guide';

/** Whether the guide is there beside a run, for as long as this tab of the browser is. */
const isShown = signal(sessionStorage.getItem(SHOWN) !== null);

export function showGuide(shown: boolean): void {
  isShown.value = shown;
  if (shown) sessionStorage.setItem(SHOWN, 'yes');
  else sessionStorage.removeItem(SHOWN);
}

/** For who has never seen the lab: SYN_RCVD held in three clicks. It is there before the first run, and until it is done. */
export function Guide() {
  const run = store.run.value;
  if (run === undefined) return null;
  if (run !== null && !isShown.value) return null;
  const step = guideStep(run, store.tables.value);
  const { guideTitle, guideWhy, guideClose } = words.value;
  return (
    <section class={`guide ${run === null ? 'card' : 'strip'}`} aria-label={guideTitle} data-guide={step}>
      {run === null && <h2>{guideTitle}</h2>}
      {run === null && <p>{guideWhy}</p>}
      {!DONE.includes(step) && <Steps step={step} />}
      <p class="guide-says" aria-live="polite">
        <Says step={step} />
      </p>
      {run !== null && (
        <button
          type="button"
          class="plain close"
          aria-label={guideClose}
          title={guideClose}
          onClick={() => showGuide(false)}
        >
          ✕
        </button>
      )}
    </section>
  );
}

/** Nothing is left to press but what the sentence says. */
const DONE: readonly GuideStep[] = ['waiting', 'held', 'released', 'given-up', 'through'];

const STEPS: readonly {
  readonly at: readonly GuideStep[];
  readonly word: keyof Words;
  readonly act: () => void;
}[] = [
  { at: ['hosts', 'making'], word: 'guideHosts', act: makeHosts },
  { at: ['gate'], word: 'guideGate', act: () => gate(true) },
  { at: ['client'], word: 'guideClient', act: startClient },
];

function Steps({ step }: { readonly step: GuideStep }) {
  const now = STEPS.findIndex(({ at }) => at.includes(step));
  return (
    <ol>
      {STEPS.map(({ word, act }, n) => (
        <li key={word} class={now === -1 || n < now ? 'done' : n === now ? 'now' : ''}>
          <button
            type="button"
            class={n === now ? 'main' : undefined}
            disabled={n !== now || step === 'making'}
            onClick={act}
          >
            <span class="number">{now === -1 || n < now ? '✔' : n + 1}</span> {words.value[word] as string}
          </button>
        </li>
      ))}
    </ol>
  );
}

function Says({ step }: { readonly step: GuideStep }) {
  const {
    guideMaking,
    guideWaiting,
    guideHeld,
    guideRelease,
    guideReleased,
    guideGivenUp,
    guideClient,
    guideThrough,
    guideAgain,
  } = words.value;
  switch (step) {
    case 'making':
      return <>{guideMaking}</>;
    case 'waiting':
      return <>{guideWaiting}</>;
    case 'held':
      return (
        <>
          <strong>{guideHeld}</strong>{' '}
          <button type="button" class="main" data-guide-release onClick={() => gate(false)}>
            {guideRelease}
          </button>
        </>
      );
    case 'released':
      return <>{guideReleased}</>;
    case 'given-up':
      return (
        <>
          {guideGivenUp}{' '}
          <button type="button" class="main" onClick={startClient}>
            {guideClient}
          </button>
        </>
      );
    case 'through':
      return (
        <>
          <strong>{guideThrough}</strong>{' '}
          <button type="button" onClick={again}>
            {guideAgain}
          </button>
        </>
      );
    case 'hosts':
    case 'gate':
    case 'client':
      return null;
  }
}

function makeHosts(): void {
  const isFit = Object.keys(GUIDE_PROGRAMS).every((host) => text.value?.hosts.includes(host) === true);
  const number = isFit && text.value !== undefined ? text.value.number : GUIDE_EXERCISE;
  open(number);
  showGuide(true);
  void beginByHand(number, 'server', GUIDE_PROGRAMS.server);
}

function startClient(): void {
  wish({ do: 'start', host: 'client', program: GUIDE_PROGRAMS.client });
}

function gate(closed: boolean): void {
  wish({ do: 'gate', host: 'server', gate: 'ack-of-syn-ack', closed });
}

/** Ends the run, so that the first of the three buttons is next. */
function again(): void {
  wish({ do: 'end' });
}
