import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TimelineData } from '../../../lab/observe/timeline.ts';
import { livesOf } from '../../../lab/report/lives.ts';
import { barsOf, LEAST_BAR } from '../../../lab/report/track/bars.ts';
import { foldedScale } from '../../../lab/report/track/scale.ts';
import { trackSvg } from '../../../lab/report/track/svg.ts';
import { STATES } from '../../../lab/tcp/states.ts';
import { HEADER, socket } from '../hand-made.ts';
import { savedRun } from './saved.ts';

const moment = fc.double({ min: 0, max: 1e6, noNaN: true });
const moments = fc.array(moment, { minLength: 1, maxLength: 40 });
const texts = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text ?? '');

describe('the axis', () => {
  test('keeps the order of moments, and stays within its ends', () => {
    fc.assert(
      fc.property(moments, moment, moment, (all, other, shortest) => {
        const scale = foldedScale(all, 100, 900, shortest);
        const places = [...all, other].sort((a, b) => a - b).map((atMs) => scale.place(atMs));
        expect(places.every((place) => place >= 100 - 1e-6 && place <= 900 + 1e-6)).toBe(true);
        expect(places.every((place, n) => n === 0 || place >= (places[n - 1] ?? 0) - 1e-6)).toBe(true);
      }),
    );
  });

  test('folds the longest first, until the shortest time that matters can be seen', () => {
    const moments = [0, 10, 15, 20, 3_000, 60_000, 60_010];
    const { folds, place } = foldedScale(moments, 0, 900, 5);
    expect(folds.map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual([
      [20, 3_000],
      [3_000, 60_000],
    ]);
    expect(place(60_000) - place(20)).toBeLessThan(200);
    expect(place(10) - place(0)).toBeGreaterThan(200);
    expect(foldedScale(moments, 0, 900, 1_000).folds).toHaveLength(1);
  });

  test('leaves times that go well together as they are', () => {
    expect(foldedScale([0, 200, 800, 1_800, 3_000], 0, 900, 200).folds).toEqual([]);
  });
});

describe('the track of a saved run', () => {
  test('names every state, also where the bar is short', () => {
    const svg = trackSvg(savedRun('held-ack'));
    for (const state of ['ESTABLISHED', 'FIN_WAIT_1', 'TIME_WAIT', 'LISTEN', 'SYN_RCVD', 'CLOSE_WAIT'])
      expect(
        texts(svg).some((text) => text.startsWith(state)),
        state,
      ).toBe(true);
    expect(texts(svg)).toContain('gate ack-of-syn-ack');
    expect(svg).toContain('class="state s-SYN_RCVD"');
  });

  test('names above bars do not stand on each other', () => {
    const states = STATES.filter((state) => state !== 'CLOSED');
    const events = states.map((state, n) => {
      const was = states[n - 1];
      return { ...socket(n / 10, 'client', state, was === undefined ? {} : { was }) };
    });
    const same = events.map((event) => ({ ...event, socket: { ...event.socket, cookie: 'c1' } }));
    const run: TimelineData = {
      header: HEADER,
      events: [...same, { kind: 'step', atMs: 1_000, text: 'over' }],
    };
    const [life] = livesOf(run);
    expect(life?.stays).toHaveLength(states.length);
    const { bars, lanes } = barsOf(life as never, { folds: [], place: (atMs) => 100 + atMs * 20 }, 900);
    const above = bars.filter(({ lane }) => lane !== undefined);
    expect(above.length).toBeGreaterThan(5);
    for (const a of above)
      for (const b of above)
        if (a !== b && a.lane === b.lane)
          expect(a.labelX + a.words.length * 7 <= b.labelX || b.labelX + b.words.length * 7 <= a.labelX).toBe(
            true,
          );
    expect(Math.max(...above.map(({ lane = 0 }) => lane))).toBe(lanes - 1);
    expect(bars.every(({ width }) => width >= LEAST_BAR)).toBe(true);
  });

  test('of very many sockets the first are drawn, and the others counted', () => {
    const events = Array.from({ length: 100 }, (_, n) => {
      const event = socket(n, 'client', 'SYN_SENT', { port: 40_000 + n });
      return { ...event, socket: { ...event.socket, cookie: `c${n}` } };
    });
    expect(trackSvg({ header: HEADER, events })).toContain('60 more sockets are not drawn');
  });

  test('while a run goes on, what is there is drawn to the last look, though nothing has changed', () => {
    const events = [socket(0, 'client', 'SYN_SENT'), socket(3, 'client', 'ESTABLISHED')];
    expect(texts(trackSvg({ header: HEADER, events }))).not.toContain('ESTABLISHED 47.0 s …');
    expect(texts(trackSvg({ header: HEADER, events }, { lookedMs: 47_003 }))).toContain(
      'ESTABLISHED 47.0 s …',
    );
  });

  test('times of nothing that are side by side do not stand on each other', () => {
    const times = [0, 9_000, 9_001, 18_000, 18_001, 27_000, 27_001, 36_000, 36_001];
    const states = ['SYN_SENT', 'ESTABLISHED', 'FIN_WAIT_1', 'FIN_WAIT_2', 'CLOSING', 'TIME_WAIT'] as const;
    const events = times.map((atMs, n) => socket(atMs, 'client', states[n % states.length] ?? 'LISTEN'));
    const svg = trackSvg({ header: HEADER, events }, { width: 380 });
    const places = [...svg.matchAll(/<text x="([\d.]+)"[^>]*>9\.0 s</g)].map(([, x]) => Number(x));
    expect(places.length).toBeGreaterThan(0);
    expect(places.every((x, n) => n === 0 || x - (places[n - 1] ?? 0) > 50)).toBe(true);
  });

  test('a run without sockets says so', () => {
    expect(trackSvg({ header: HEADER, events: [] })).toContain('No socket was seen in this run.');
  });
});
