import { signal } from '@preact/signals';
import type { RunStatus } from '../protocol.ts';
import { SYN_ACK_TRIES } from '../syn-ack-tries.ts';
import { GUIDE_EXERCISE, GUIDE_PROGRAMS, type GuideStep, guideStep, heldSocket } from './guide.ts';
import { beginByHand, open, store, wish, words } from './page.ts';
import type { Words } from './words.ts';

const SHOWN = 'tcplab.guide';
/** No exercise has this number: the guide is beside whatever run there is, until it makes one of its own. */
export const EVERYWHERE = 0;

/** The exercise whose runs by hand the guide is beside, for as long as this tab of the browser is. */
const shownAt = signal<number | undefined>(stored());

/** Shows the guide beside the runs by hand of an exercise, and beside no others. */
export function showGuide(number: number | undefined): void {
  shownAt.value = number;
  if (number === undefined) sessionStorage.removeItem(SHOWN);
  else sessionStorage.setItem(SHOWN, String(number));
}

function isAt({ how, number }: RunStatus): boolean {
  return how === 'hands-on' && number === shownAt.value;
}

function stored(): number | undefined {
  const number = sessionStorage.getItem(SHOWN);
  return number === null ? undefined : Number(number);
}

/** For who has never seen the lab: SYN_RCVD held in three clicks. It is there before the first run, and until it is done. */
export function Guide() {
  const run = store.run.value;
  if (run === undefined) return null;
  const isHere = run === null || shownAt.value === EVERYWHERE || isAt(run);
  if (!isHere) return null;
  // Of another exercise's run nothing can be said: the guide begins with hosts of its own.
  const step = guideStep(run !== null && isAt(run) ? run : null, store.tables.value);
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
          onClick={() => showGuide(undefined)}
        >
          ✕
        </button>
      )}
    </section>
  );
}

/** Nothing is left to press but what the sentence says. */
const DONE: readonly GuideStep[] = ['waiting', 'held', 'released', 'too-late', 'given-up', 'through'];
/** Not the digits of the keys that close gates. */
const SIGNS = ['①', '②', '③'];

const STEPS: readonly {
  readonly at: readonly GuideStep[];
  readonly word: keyof Words;
  readonly act: () => void;
}[] = [
  { at: ['hosts', 'making'], word: 'guideHosts', act: () => makeHosts() },
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
            <span class="number">{now === -1 || n < now ? '✔' : SIGNS[n]}</span> {words.value[word] as string}
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
    guideTries,
    guideTooLate,
    guideRelease,
    guideReleased,
    guideGivenUp,
    guideClient,
    guideThrough,
    guideAgain,
  } = words.value;
  const held = heldSocket(store.tables.value);
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
          </button>{' '}
          <span class="soft">{guideTries(held?.retransmits ?? 0, SYN_ACK_TRIES)}</span>
        </>
      );
    case 'released':
      return <>{guideReleased(((held?.timerMs ?? 0) / 1000).toFixed(0))}</>;
    case 'too-late':
      return <>{guideTooLate}</>;
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
          <button type="button" onClick={() => makeHosts({ anew: true })}>
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

/** Makes the guide's own hosts, with a server that listens. */
function makeHosts({ anew = false } = {}): void {
  open(GUIDE_EXERCISE);
  showGuide(GUIDE_EXERCISE);
  void beginByHand(GUIDE_EXERCISE, 'server', GUIDE_PROGRAMS.server, { anew });
}

function startClient(): void {
  wish({ do: 'start', host: 'client', program: GUIDE_PROGRAMS.client });
}

function gate(closed: boolean): void {
  wish({ do: 'gate', host: 'server', gate: 'ack-of-syn-ack', closed });
}
