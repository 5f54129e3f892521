import { describe, expect, test } from 'vitest';
import { LiveTimeline } from '../../../lab/dashboard/page/pictures/live-timeline.ts';
import { FADE_MS } from '../../../lab/dashboard/page/rows.ts';
import { Store } from '../../../lab/dashboard/page/store.ts';
import { WORDS } from '../../../lab/dashboard/page/words.ts';
import type { Told } from '../../../lab/dashboard/protocol.ts';
import { recorded, statusOf, toldOf } from './recorded.ts';

/** A store whose timeline shows everything at once. */
const empty = (): Store => new Store(new LiveTimeline((show) => show()));

/** A store that was told of a recorded run, at the page's time 0. */
function told(name: string, run = 1): Store {
  const store = empty();
  for (const message of toldOf(name, run)) store.hear(message, 0);
  return store;
}

const statesIn = (store: Store, host: string): string[] =>
  (store.tables.value[host] ?? []).map(
    ({ socket, goneMs }) => `${socket.state}${goneMs === undefined ? '' : ' gone'}`,
  );

describe('a recorded run', () => {
  test('leaves the tables as its last looks were, and rows that are gone fade', () => {
    const store = told('close');
    expect(statesIn(store, 'client')).toContain('TIME_WAIT');
    expect(statesIn(store, 'server')).toContain('CLOSE_WAIT gone');
    expect(statesIn(store, 'server')).toContain('CLOSE_WAIT gone');
    expect(store.fade(FADE_MS - 1)).toBe(true);
    expect(store.fade(FADE_MS)).toBe(false);
    expect(statesIn(store, 'server')).not.toContain('CLOSE_WAIT gone');
  });

  test('is one timeline and a log of what was done', () => {
    const store = told('close');
    expect(store.timeline.data.value?.events).toHaveLength(recorded('close').events.length);
    expect(store.log.value.map(({ say }) => say(WORDS.en.drawn.events))).toContain('close.ts starts');
  });

  test('tells each change of state once', () => {
    const store = empty();
    const changes: string[] = [];
    for (const message of toldOf('close', 1)) {
      store.hear(message, 0);
      if (message.tell !== 'table') continue;
      changes.push(...store.changes.value.map(({ host, from, to }) => `${host} ${from} ${to}`));
      // The same look again is no change.
      const before = store.changes.value;
      store.hear(message, 1);
      expect(store.changes.value).toBe(before);
    }
    expect(changes).toContain('server undefined LISTEN');
    expect(changes.filter((change) => change.endsWith('TIME_WAIT'))).toHaveLength(1);
  });
});

test('a row that looks as before is the same object, so that it need not be drawn anew', () => {
  const store = told('close');
  const before = store.tables.value.client;
  const looks = toldOf('close', 1).filter(({ tell }) => tell === 'table');
  const last = looks.findLast((look) => look.tell === 'table' && look.host === 'client');
  store.hear(structuredClone(last) as Told, 1);
  expect(before?.length).toBeGreaterThan(0);
  for (const [n, row] of (store.tables.value.client ?? []).entries()) expect(row).toBe(before?.[n]);
});

test('another run forgets the one before, and what is late of that one is not taken', () => {
  const store = told('close', 1);
  const late = toldOf('close', 1);
  store.hear({ tell: 'run', run: statusOf(2) }, 0);
  for (const message of late.filter(({ tell }) => tell === 'events' || tell === 'table'))
    store.hear(message, 0);
  expect(store.tables.value).toEqual({});
  expect(store.log.value).toEqual([]);
  expect(store.timeline.data.value).toBeUndefined();
});

test('a page that connects again is told everything anew, and has it once', () => {
  const store = told('close');
  for (const message of toldOf('close', 1)) store.hear(message, 0);
  expect(store.timeline.data.value?.events).toHaveLength(recorded('close').events.length);
});

test('the result of a run is kept until the next', () => {
  const store = told('close');
  const result = { exercise: { number: 4 } } as Extract<Told, { tell: 'result' }>['result'];
  store.hear({ tell: 'result', run: 1, result }, 0);
  store.hear({ tell: 'run', run: statusOf(1, { phase: 'over' }) }, 0);
  expect(store.result.value).toBe(result);
  store.hear({ tell: 'run', run: statusOf(2) }, 0);
  expect(store.result.value).toBeUndefined();
});
