import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { SegmentEvent, TimelineData, TimelineEvent } from '../../../lab/observe/timeline.ts';
import { GrowingLadder } from '../../../lab/report/ladder/growing.ts';
import { layoutOf, placeRows, rowsBetween, TOP } from '../../../lab/report/ladder/place.ts';
import { LadderReader, ladder } from '../../../lab/report/ladder/rows.ts';
import { ladderEnd, ladderLegend, stretchMarkup } from '../../../lab/report/ladder/svg.ts';
import { HEADER, segment, socket } from '../hand-made.ts';
import { RUNS, savedRun } from './saved.ts';

/** What a ladder that has grown must hold, whichever way it grew. */
function whole(timeline: TimelineData, width?: number): unknown {
  const { rows, ...head } = ladder(timeline);
  return { head, rows: placeRows(rows, width) };
}

const held = ({ head, rows }: GrowingLadder): unknown => ({ head, rows: [...rows] });

/** A long run of many connections, gates and repeats: what the saved runs have, over and over, at later times and other ports. */
function longRun(): TimelineData {
  const { header, events } = savedRun('held-ack');
  const all = Array.from({ length: 25 }, (_, n) =>
    events.map((event): TimelineEvent => {
      const atMs = event.atMs + n * 700;
      if (event.kind !== 'segment') return { ...event, atMs };
      const { source, destination } = event.segment;
      const isClient = source.port > destination.port;
      const own = { ...(isClient ? source : destination), port: 40_000 + n };
      const ends = isClient ? { source: own } : { destination: own };
      return { ...event, atMs, segment: { ...event.segment, ...ends } };
    }),
  ).flat();
  return { header, events: all.toSorted((a, b) => a.atMs - b.atMs) };
}

describe('a ladder that grows', () => {
  test.each(RUNS)('%s: event by event it is what it is at once', (name) => {
    const run = savedRun(name);
    const growing = new GrowingLadder();
    for (let n = 0; n <= run.events.length; n += 1) {
      const sofar = { ...run, events: run.events.slice(0, n) };
      growing.update(sofar);
      expect(held(growing)).toEqual(whole(sofar));
    }
  });

  test('events may come in any parts, and late ones go where their time says', () => {
    const run = longRun();
    expect(run.events.length).toBeGreaterThan(600);
    const place = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 400 }));
    fc.assert(
      fc.property(
        fc.array(place, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(960, 640),
        (steps, width) => {
          const growing = new GrowingLadder(width);
          for (const [part, late] of steps) {
            // So many of the events are there, and of the last ones before them every third is still on its way.
            const there = Math.floor(part * run.events.length);
            const events = run.events.filter((_, n) => n < there && (n < there - late || n % 3 !== 0));
            growing.update({ ...run, events });
            expect(held(growing)).toEqual(whole({ ...run, events }, width));
          }
          growing.update(run);
          expect(held(growing)).toEqual(whole(run, width));
        },
      ),
      { numRuns: 40 },
    );
  });

  test('of a long one it reads again little more than what comes behind a late event', () => {
    const made = Array.from({ length: 30_000 }, (_, n) => segment(n, 'client', '.', { seq: 1, ack: 1 }));
    const events = made.filter((_, n) => n !== 20_000 && n !== 29_000);
    const growing = new GrowingLadder();
    growing.update({ header: HEADER, events });
    const read = vi.spyOn(LadderReader.prototype, 'next');
    growing.update({ header: HEADER, events: events.toSpliced(28_999, 0, made[29_000] as SegmentEvent) });
    expect(read.mock.calls.length).toBeGreaterThan(1_000);
    expect(read.mock.calls.length).toBeLessThan(1_300);
    read.mockClear();
    growing.update({ header: HEADER, events: made });
    expect(read.mock.calls.length).toBeLessThan(12_500);
    read.mockRestore();
    expect(held(growing)).toEqual(whole({ header: HEADER, events: made }));
  });

  test('it says from where on it is another than before', () => {
    const first = [segment(1, 'client', 'S'), segment(2, 'server', 'S.', { ack: 1 })];
    const growing = new GrowingLadder();
    const of = (...events: TimelineEvent[]): TimelineData => ({ header: HEADER, events });
    expect(growing.update(of(...first))).toBe(TOP);
    expect(growing.update(of(...first))).toBe(Number.POSITIVE_INFINITY);
    const end = ladderEnd(growing);
    const more = socket(3, 'client', 'ESTABLISHED');
    expect(growing.update(of(...first, more))).toBe(end);
    // With a second connection ports are told, and everything stands elsewhere.
    expect(growing.update(of(...first, more, segment(4, 'client', 'S', { port: 40_001 })))).toBe(TOP);
  });

  test('a dropped segment is marked as soon as the gate is told of, also when that was late', () => {
    const gate = { kind: 'gate', host: 'server', gate: 'syn', action: 'closed', dropped: 0 } as const;
    const syn = segment(5, 'client', 'S');
    const growing = new GrowingLadder();
    growing.update({ header: HEADER, events: [syn] });
    expect(growing.rows.map(({ row }) => row)).toMatchObject([{ kind: 'segment' }]);
    growing.update({ header: HEADER, events: [{ ...gate, atMs: 1 }, syn] });
    expect(growing.rows.map(({ row }) => row)).toMatchObject([{ kind: 'gate' }, { dropped: 'syn' }]);
    expect(growing.gates).toHaveLength(1);
  });

  test('another timeline begins anew', () => {
    const growing = new GrowingLadder();
    growing.update(savedRun('held-ack'));
    growing.update(savedRun('close'));
    expect(held(growing)).toEqual(whole(savedRun('close')));
  });
});

describe('a stretch of a ladder', () => {
  const growing = new GrowingLadder();
  growing.update(longRun());
  const layout = layoutOf(growing.head);

  test('holds the rows that reach into it, and no others', () => {
    for (const [from, to] of [
      [0, 10],
      [TOP, TOP + 300],
      [4_000, 4_800],
      [ladderEnd(growing) - 100, ladderEnd(growing) + 500],
    ] as const)
      expect(rowsBetween(growing.rows, from, to)).toEqual(
        growing.rows.filter(({ top, bottom }) => bottom >= from && top <= to),
      );
  });

  test('draws lifelines and bands to its edges only', () => {
    const markup = stretchMarkup(growing, layout, { from: 4_000, to: 4_800 }, false).join('');
    const heights = [...markup.matchAll(/class="closed" [^>]*y="([\d.]+)"[^>]*height="([\d.]+)"/g)];
    expect(heights.length).toBeGreaterThan(0);
    for (const [, y, height] of heights) {
      expect(Number(y)).toBeGreaterThanOrEqual(4_000);
      expect(Number(y) + Number(height)).toBeLessThanOrEqual(4_800);
    }
    for (const [, y1, y2] of markup.matchAll(/class="lifeline" [^>]*y1="([\d.]+)"[^>]*y2="([\d.]+)"/g))
      expect(Number(y2)).toBeGreaterThan(Number(y1));
    expect(markup.match(/data-segment=/g)?.length).toBeLessThan(30);
  });

  test('the signs that are explained are those that are there', () => {
    expect(ladderLegend(growing, false)).toContain('✕ a gate dropped it');
    const plain = new GrowingLadder();
    plain.update({ header: HEADER, events: [segment(1, 'client', 'S')] });
    expect(ladderLegend(plain, true)).toBe('Numbers as on the wire');
    // A sign is gone with the row that had it.
    const again = segment(2, 'client', 'S');
    plain.update({ header: HEADER, events: [segment(1, 'client', 'S'), again] });
    expect(ladderLegend(plain, true)).toContain('dashed');
    plain.update({ header: HEADER, events: [again] });
    expect(ladderLegend(plain, true)).toBe('Numbers as on the wire');
  });
});
