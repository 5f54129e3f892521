import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LiveTimeline } from '../../../lab/dashboard/page/pictures/live-timeline.ts';
import type { EventTold } from '../../../lab/dashboard/protocol.ts';
import type { TimelineData } from '../../../lab/observe/timeline.ts';
import { eventToJson } from '../../../lab/report/event-json.ts';
import { RUNS, savedRun } from '../../report/run/saved.ts';

/** A timeline whose frames come when the test says so, as events come that were sent as JSON. */
function byHand(): { live: LiveTimeline; frames: (() => void)[]; frame: () => void } {
  const frames: (() => void)[] = [];
  const live = new LiveTimeline((show) => frames.push(show));
  return {
    live,
    frames,
    frame: () => {
      for (const show of frames.splice(0)) show();
    },
  };
}

const asSent = ({ events }: TimelineData) => events.map((event) => structuredClone(eventToJson(event)));

describe('a timeline that is still written', () => {
  test.each(RUNS)('%s: in whatever order it is reported, it is what was saved', (name) => {
    const run = savedRun(name);
    fc.assert(
      fc.property(fc.infiniteStream(fc.integer({ min: 0, max: 9 })), (lateness) => {
        const { live, frame } = byHand();
        live.begin(run.header);
        const late = asSent(run).map((event, n) => ({ event, n, at: n + (lateness.next().value ?? 0) }));
        // What happened at the same instant is reported in its order.
        const moments = Map.groupBy(late, ({ event }) => event.atMs);
        for (const same of moments.values()) for (const one of same) one.at = same[0]?.at ?? one.at;
        for (const { event } of late.toSorted((a, b) => a.at - b.at || a.n - b.n)) live.add([event]);
        frame();
        expect(live.data.value).toEqual(run);
      }),
      { numRuns: 30 },
    );
  });

  test('shows what has come once a frame, however much it is', () => {
    const run = savedRun('close');
    const { live, frames, frame } = byHand();
    live.begin(run.header);
    for (const event of asSent(run)) live.add([event]);
    expect(frames).toHaveLength(1);
    expect(live.data.value).toBeUndefined();
    frame();
    expect(live.data.value?.events).toHaveLength(run.events.length);
    live.add([]);
    expect(frames).toHaveLength(0);
  });

  test('of a flood it shows a part in each frame, until all of it is there', () => {
    const run = savedRun('close');
    const { live, frames, frame } = byHand();
    live.begin(run.header);
    const times = Math.ceil(5_000 / run.events.length);
    const sent = asSent(run);
    for (let n = 0; n < times; n += 1) live.add(sent);
    let shown = 0;
    let count = 0;
    for (; frames.length > 0; count += 1) {
      frame();
      const { events } = live.data.value as TimelineData;
      expect(events.length).toBeGreaterThan(shown);
      expect(events.every(({ atMs }, n) => n === 0 || (events[n - 1]?.atMs ?? 0) <= atMs)).toBe(true);
      shown = events.length;
    }
    expect(shown).toBe(times * run.events.length);
    expect(count).toBeGreaterThan(1);
  });

  test('of a flood the earliest is shown first, and until all of it is there it is behind', () => {
    const run = savedRun('close');
    const { live, frames, frame } = byHand();
    live.begin(run.header);
    frame();
    expect(live.isBehind.value).toBe(false);
    const [event] = asSent(run);
    const flood = Array.from({ length: 5_000 }, (_, n) => ({ ...event, atMs: n }) as EventTold);
    for (const part of [flood.slice(3_000), flood.slice(0, 3_000)]) live.add(part);
    frame();
    const shown = (live.data.value as TimelineData).events;
    expect(shown.length).toBeLessThan(3_000);
    expect(shown.map(({ atMs }) => atMs)).toEqual(shown.map((_, n) => n));
    expect(live.isBehind.value).toBe(true);
    while (frames.length > 0) frame();
    expect(live.isBehind.value).toBe(false);
    expect(live.data.value?.events.map(({ atMs }) => atMs)).toEqual(flood.map((_, n) => n));
  });

  test('one that was shown never changes, and events are the same objects in the next', () => {
    const run = savedRun('close');
    const { live, frame } = byHand();
    const all = asSent(run);
    live.begin(run.header);
    live.add(all.slice(5));
    frame();
    const first = live.data.value;
    live.add(all.slice(0, 5));
    frame();
    expect(first?.events).toHaveLength(all.length - 5);
    expect(live.data.value?.events.slice(5).every((event, n) => event === first?.events[n])).toBe(true);
  });

  test('another begins without what was before, and none is none', () => {
    const { live, frame } = byHand();
    live.begin(savedRun('close').header);
    live.add(asSent(savedRun('close')));
    live.begin(savedRun('held-ack').header);
    frame();
    expect(live.data.value).toEqual({ header: savedRun('held-ack').header, events: [] });
    live.clear();
    frame();
    expect(live.data.value).toBeUndefined();
  });

  test('what is no event is refused', () => {
    const { live } = byHand();
    live.begin(savedRun('close').header);
    const [event] = asSent(savedRun('close'));
    expect(() => live.add([{ ...event, atMs: -1 } as never])).toThrow('"atMs" should be');
  });
});
