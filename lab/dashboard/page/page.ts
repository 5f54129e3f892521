import { computed, effect, signal } from '@preact/signals';
import type { Language } from '../../exercise/exercise-words.ts';
import type { ExerciseText, From, RunStatus, Wish } from '../protocol.ts';
import { targetsOf } from '../targets.ts';
import { sayingOf } from './sayings.ts';
import { Server } from './server.ts';
import { Store } from './store.ts';
import { firstLanguage, WORDS, type Words } from './words.ts';

const LANGUAGE = 'tcplab.language';
/** Hosts are made within this time, in milliseconds, or not at all. */
const HOSTS_MS = 60_000;

export const store = new Store();
export const server = new Server(
  new URLSearchParams(location.search).get('token') ?? '',
  () => words.value.unreached,
);

export const language = signal<Language>(firstLanguage(localStorage.getItem(LANGUAGE), navigator.language));
export const words = computed(() => WORDS[language.value]);

/** The number of the exercise that is open; it is the page's fragment, so that a reload opens it again. */
export const opened = signal<number | undefined>(numberIn(location.hash));
/** Exercises' texts as far as they were asked for. */
export const texts = signal<Readonly<Record<number, ExerciseText>>>({});
export const text = computed(() => (opened.value === undefined ? undefined : texts.value[opened.value]));
/** An exercise's title in the page's language. */
export function titleOf(number: number): string {
  return store.lab.value?.titles[language.value][number] ?? '';
}
/** The text of the exercise that is run, which may be another one than the one that is open. */
export const runText = computed(() => {
  const number = store.run.value?.number;
  return number === undefined ? undefined : texts.value[number];
});
/** The page's words, with those of the exercise that is run for what the lab says of it. */
export const runWords = computed((): Words => {
  const { drawn, ...others } = words.value;
  const text = runText.value;
  const says = (english: string): string => sayingOf(text, english) ?? english;
  return { ...others, drawn: { ...drawn, events: { ...drawn.events, says } } };
});
/** Whether a save of the exercise that is open is checked. */
export const isAuto = signal(true);
/** The program that is chosen to be started by hand, by host. */
export const chosen = signal<Readonly<Record<string, string>>>({});

/** The host that a program on a host connects to, by that host, where it is not the usual one. */
export const target = signal<Readonly<Record<string, string>>>({});

/** Whether the run still goes on. */
export const isGoingOn = computed(() => isOn(store.run.value));
/** Whether the hand can be on the wire. */
export const isRunning = computed(() => store.run.value?.phase === 'running');
export const isByHand = computed(() => isRunning.value && store.run.value?.how === 'hands-on');

export function say(next: Language): void {
  language.value = next;
  localStorage.setItem(LANGUAGE, next);
}

export function open(number: number): void {
  opened.value = number;
  history.replaceState(null, '', `#${number}`);
}

/** Asks the server for something about the exercise that is open. */
export function check(from: From): void {
  if (opened.value !== undefined) void server.ask({ do: 'check', number: opened.value, from });
}

export function handsOn(): void {
  if (opened.value !== undefined) void server.ask({ do: 'hands-on', number: opened.value });
}

/** Asks for something, and nothing is to be done with the answer. */
export function wish(what: Wish): void {
  void server.ask(what);
}

/** Asks for something that changes what the server says of an exercise, and reads that anew. */
export async function change(what: Extract<Wish, { do: 'begin' | 'predict' }>): Promise<void> {
  if ((await server.ask(what)) !== undefined) await load(what.number);
}

/** The program that Start starts on a host. */
export function programOf(host: string): string | undefined {
  const here = (runText.value?.programs ?? []).filter(({ hosts }) => hosts.includes(host));
  const wanted = [chosen.value[host], runText.value?.suggested[host]];
  return wanted.find((id) => here.some((program) => program.id === id)) ?? here[0]?.id;
}

/** The host that a program on a host connects to; undefined when there is none. */
export function targetOf(host: string): string | undefined {
  const targets = targetsOf(host, runText.value?.hosts ?? []);
  return targets.find((each) => each === target.value[host]) ?? targets[0];
}

export function start(host: string): void {
  const program = programOf(host);
  if (program === undefined || !isByHand.value) return;
  const to = targetOf(host);
  wish({ do: 'start', host, program, ...(to === undefined ? {} : { to }) });
}

/**
 * Starts a program in the run by hand of that exercise, if one goes on that has the host; else, or when it is to be begun anew, begins one and starts
 * the program in it as soon as its hosts are there.
 */
export async function beginByHand(
  number: number,
  host: string,
  program: string,
  { anew = false } = {},
): Promise<void> {
  const before = store.run.value?.run;
  const isThere = store.run.value?.hosts.some(({ name }) => name === host) === true;
  if (!anew && isByHand.value && isThere && store.run.value?.number === number)
    return wish({ do: 'start', host, program });
  if ((await server.ask({ do: 'hands-on', number })) === undefined) return;
  const run = await nextRun((now) => now.run !== before && now.phase !== 'starting');
  if (run?.phase === 'running') wish({ do: 'start', host, program });
}

/** Asks for an exercise's text anew, in the page's language. */
export async function load(number: number): Promise<void> {
  const wanted = language.peek();
  const loaded = await server.exercise(number, wanted);
  // Another language may have been chosen meanwhile.
  if (wanted !== language.peek()) return await load(number);
  if (loaded !== undefined) texts.value = { ...texts.peek(), [number]: loaded };
}

export function isOn(run: RunStatus | null | undefined): boolean {
  return run?.phase === 'starting' || run?.phase === 'running';
}

/** The run when it is as wanted, or undefined when it was not within a minute. */
async function nextRun(isWanted: (run: RunStatus) => boolean): Promise<RunStatus | undefined> {
  const { promise, resolve } = Promise.withResolvers<RunStatus | undefined>();
  const late = setTimeout(() => resolve(undefined), HOSTS_MS);
  const stop = effect(() => {
    const run = store.run.value;
    if (run !== null && run !== undefined && isWanted(run)) resolve(run);
  });
  return await promise.finally(() => {
    clearTimeout(late);
    stop();
  });
}

export function numberIn(hash: string): number | undefined {
  return /^#\d{1,2}$/.test(hash) ? Number(hash.slice(1)) : undefined;
}
