import { describe, expect, test } from 'vitest';
import { FAREWELL_MS, Farewells } from '../../../lab/dashboard/page/pictures/farewells.ts';
import { tokenPlaces } from '../../../lab/dashboard/page/pictures/token-places.ts';
import { tokensOf } from '../../../lab/dashboard/page/pictures/tokens.ts';
import type { SocketEvent, TimelineData } from '../../../lab/observe/timeline.ts';
import { END, PLACES } from '../../../lab/report/state-diagram-places.ts';
import type { State } from '../../../lab/tcp/states.ts';
import { HEADER, socket } from '../../report/hand-made.ts';
import { savedRun } from '../../report/run/saved.ts';

const ALL = (): boolean => true;
const NONE = (): boolean => false;

/** A saved run up to a moment. */
function until(name: 'close' | 'held-ack' | 'withhold-ack', atMs: number): TimelineData {
  const { header, events } = savedRun(name);
  return { header, events: events.filter((event) => event.atMs <= atMs) };
}

const shown = (timeline: TimelineData, isShown = NONE): string[] =>
  tokensOf(timeline, isShown).map(({ label, state }) => `${label} ${state}`);

/** So many sockets of the client in a state. */
function many(count: number, state: State): TimelineData {
  const events = Array.from({ length: count }, (_, n): SocketEvent => {
    const event = socket(n, 'client', state, { port: 40_000 + n });
    return { ...event, socket: { ...event.socket, cookie: `c${n}` } };
  });
  return { header: HEADER, events };
}

describe('tokens', () => {
  test('a held handshake: the listener, the half-open connection and the client, each on its state', () => {
    const client = expect.stringMatching(/^client :\d+ FIN_WAIT_1$/);
    expect(shown(until('held-ack', 1_200))).toEqual([client, 'server :8080 LISTEN', 'server :8080 SYN_RCVD']);
  });

  test('a socket is the same token through all its states', () => {
    const times = [700, 1_200, 2_338, 9_999];
    const keys = times.map((atMs) => tokensOf(until('held-ack', atMs), NONE).find(({ host }) => host === 0));
    expect(keys.map((token) => token?.state)).toEqual([
      'FIN_WAIT_1',
      'FIN_WAIT_1',
      'FIN_WAIT_1',
      'TIME_WAIT',
    ]);
    expect(new Set(keys.map((token) => token?.key)).size).toBe(1);
  });

  test('a socket that is gone is at CLOSED as long as it is to be seen', () => {
    expect(shown(savedRun('held-ack'))).toHaveLength(1);
    expect(shown(savedRun('held-ack'), ALL)).toContain('server :8080 CLOSED');
  });

  test('a connection ends at the lower CLOSED, a listener at the upper one', () => {
    const places = tokenPlaces(tokensOf(savedRun('held-ack'), ALL)).filter(({ state }) => state === 'CLOSED');
    expect(places.map(({ x, left }) => [left, x])).toEqual([
      ['LISTEN', PLACES.CLOSED.x],
      ['CLOSE_WAIT', END.x],
    ]);
  });

  test('some in one state are stacked, more than five are one token a host', () => {
    const five = tokenPlaces(tokensOf(many(5, 'ESTABLISHED'), NONE));
    expect(new Set(five.map(({ x }) => x))).toEqual(new Set([PLACES.ESTABLISHED.x]));
    expect(new Set(five.map(({ y }) => y)).size).toBe(5);
    expect(tokensOf(many(12, 'ESTABLISHED'), NONE)).toMatchObject([
      { label: 'client ×12', count: 12, state: 'ESTABLISHED' },
    ]);
  });
});

describe('a farewell', () => {
  test('lasts a moment from when it was heard of, and comes once', () => {
    const farewells = new Farewells();
    expect(farewells.isShown('a', 900, 1_000, 50)).toBe(true);
    expect(farewells.isWaiting(50)).toBe(true);
    expect(farewells.isShown('a', 900, 1_000, 50 + FAREWELL_MS - 1)).toBe(true);
    expect(farewells.isShown('a', 900, 1_000, 50 + FAREWELL_MS)).toBe(false);
    expect(farewells.isWaiting(50 + FAREWELL_MS)).toBe(false);
  });

  test('is not for what went long ago', () => {
    expect(new Farewells().isShown('a', 900, 900 + FAREWELL_MS + 1, 50)).toBe(false);
  });
});
