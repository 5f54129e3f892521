import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MOST_CHARACTERS, MOST_EVENTS, sketchOf } from '../../../lab/grade/sketch/sketch.ts';
import type { SocketEvent, TimelineData, TimelineEvent } from '../../../lab/observe/timeline.ts';
import { ladder } from '../../../lab/report/ladder/rows.ts';
import { ladderSvg } from '../../../lab/report/ladder/svg.ts';
import { livesOf } from '../../../lab/report/lives.ts';
import { PAGE_PICTURES } from '../../../lab/report/page-pictures.ts';
import { leftOutWords, readSketch } from '../../../lab/report/run/sketched.ts';
import { trackSvg } from '../../../lab/report/track/svg.ts';
import { walkDiagram } from '../../../lab/report/walk/diagram.ts';
import { HAND_MADE, HEADER, segment, socket } from '../hand-made.ts';
import { RUNS, savedRun } from './saved.ts';

const SHORT: readonly (readonly [string, TimelineData])[] = [
  ...RUNS.map((name) => [name, savedRun(name)] as const),
  ['one of every kind of event', HAND_MADE],
  ['nothing', { header: HEADER, events: [] }],
];

test.each(SHORT)('a short run is drawn of its sketch as of its whole timeline: %s', (_, run) => {
  const { timeline, leftOut } = readSketch(sketchOf(run, [100]));
  expect(leftOut).toEqual([]);
  expect(ladderSvg(timeline)).toBe(ladderSvg(run));
  expect(trackSvg(timeline)).toBe(trackSvg(run));
  expect(walkDiagram(timeline)).toBe(walkDiagram(run));
});

/** One connection whose client sends so many times, and each time gets an answer: from 100 ms on, each ms. */
function longRun(times: number): TimelineData {
  const data = Array.from({ length: times }, (_, n): TimelineEvent[] => [
    segment(100 + n, 'client', 'P.', { seq: 1 + n, ack: 1, payload: 'x' }),
    segment(100.5 + n, 'server', '.', { seq: 1, ack: 2 + n }),
  ]);
  const end = 100 + times;
  const events: TimelineEvent[] = [
    socket(10, 'server', 'LISTEN'),
    segment(20, 'client', 'S'),
    segment(20.1, 'server', 'S.', { ack: 1 }),
    segment(20.2, 'client', '.', { seq: 1, ack: 1 }),
    socket(21, 'client', 'ESTABLISHED'),
    ...data.flat(),
    segment(end, 'client', 'F.', { seq: 1 + times, ack: 1 }),
    socket(end + 1, 'client', 'FIN_WAIT_1', { was: 'ESTABLISHED' }),
    { kind: 'counter', atMs: end + 900, host: 'server', name: 'ListenDrops', value: 0 },
  ];
  return { header: HEADER, events };
}

describe('a long connection', () => {
  const run = longRun(5_000);
  const sketch = sketchOf(run, [2_600]);
  const { timeline, leftOut } = readSketch(sketch);

  test('is drawn at its beginning, at its end and around the moment that matters, with all its states', () => {
    const { rows } = ladder(timeline);
    const times = rows.flatMap((row) => (row.kind === 'segment' ? [row.atMs] : []));
    expect(times).toEqual(
      expect.arrayContaining([20, 20.1, 20.2, 100, 100.5, 2_600, 2_599.5, 2_600.5, 5_100]),
    );
    expect(livesOf(timeline)).toEqual(livesOf(run));
  });

  test('says between them how much is left out, and calls no such time idle', () => {
    expect(leftOut.map(({ fromMs, toMs }) => [fromMs < toMs, toMs < 2_600])).toEqual([
      [true, true],
      [true, false],
    ]);
    const shown = ladder(run).rows.length;
    const left = leftOut.reduce((sum, { segments, states, others }) => sum + segments + states + others, 0);
    expect(left + ladder(timeline).rows.filter(({ kind }) => kind !== 'idle').length).toBe(shown);
    const drawn = PAGE_PICTURES.run(sketch, [{ atMs: 2_600, host: 'server', words: '✘ it failed' }]);
    expect(drawn).toMatchObject({ isWhole: false });
    expect(drawn?.ladder).toContain(leftOutWords(leftOut[0] ?? expect.fail('no gap')));
    expect(drawn?.ladder).not.toContain(' nothing …');
    expect(drawn?.ladder.match(/✘ it failed/g)).toHaveLength(1);
    expect(drawn?.track).toContain('class="failing"');
  });
});

test('of many connections some are drawn, whole: those of the beginning and around the moment that matters', () => {
  const events = Array.from({ length: 500 }, (_, n): TimelineEvent[] => [
    segment(n, 'client', 'S', { port: 40_000 + n }),
    segment(n + 0.2, 'server', 'R.', { ack: 1, port: 40_000 + n }),
  ]).flat();
  const { timeline, leftOut } = readSketch(sketchOf({ header: HEADER, events }, [250]));
  const ports = timeline.events.flatMap((event) =>
    event.kind === 'segment' && event.from === 'client' ? [event.segment.source.port - 40_000] : [],
  );
  expect(timeline.events.length).toBeGreaterThan(MOST_EVENTS - 4);
  expect(ports).toEqual(expect.arrayContaining([0, 1, 2, 240, 249, 250, 251, 260]));
  expect(leftOut).toHaveLength(2);
});

test('the end of a run is known, also when what happened last is left out', () => {
  const own = (n: number, event: SocketEvent): SocketEvent => ({
    ...event,
    socket: { ...event.socket, cookie: `c${n}` },
  });
  const events = [
    ...Array.from({ length: 500 }, (_, n) => own(n, socket(n, 'client', 'SYN_SENT', { port: 40_000 + n }))),
    own(499, socket(900, 'client', 'SYN_SENT', { port: 40_499, gone: true })),
  ];
  const run = { header: HEADER, events };
  const { timeline } = readSketch(sketchOf(run, []));
  expect(timeline.events.at(-1)?.atMs).toBe(900);
  expect(livesOf(timeline)).toEqual(livesOf(run).slice(0, MOST_EVENTS));
});

/** Anything that a run could leave, also what only a hostile program would: options, addresses and texts that nothing can compress. */
const anyEvent = fc
  .record({
    atMs: fc.double({ min: 0, max: 60_000, noNaN: true }),
    host: fc.constantFrom('client' as const, 'server' as const),
    port: fc.integer({ min: 1, max: 65_535 }),
    flags: fc.constantFrom('S', 'S.', '.', 'P.', 'F.', 'R'),
    number: fc.nat({ max: 0xffff_ffff }),
    text: fc.string({ unit: 'binary', maxLength: 400 }),
    data: fc.uint8Array({ minLength: 36, maxLength: 36 }),
    kind: fc.constantFrom(...(['segment', 'state', 'gone', 'step', 'program', 'output'] as const)),
  })
  .map(({ atMs, host, port, flags, number, text, data, kind }): TimelineEvent => {
    if (kind === 'segment') {
      const options = [{ kind: 'unknown', number: 200, data }] as const;
      return segment(atMs, host, flags, { seq: number, ack: number, port, options, payload: text });
    }
    if (kind === 'state' || kind === 'gone') {
      const event = socket(atMs, host, number % 3 === 0 ? 'ESTABLISHED' : 'FIN_WAIT_1', {
        port,
        ...(kind === 'gone' ? { gone: true } : {}),
      });
      return { ...event, socket: { ...event.socket, cookie: String(number) } };
    }
    if (kind === 'program') return { kind, atMs, host, program: text, pid: 1, action: 'ended', how: text };
    if (kind === 'output') return { kind, atMs, host, program: text, stream: 'stdout', text };
    return { kind, atMs, text };
  });

test('a sketch of any run is small, can be read, and draws no socket otherwise than it was', () => {
  const runs = fc.tuple(
    fc.array(anyEvent, { maxLength: 12 }),
    fc.integer({ min: 1, max: 60 }),
    fc.double({ min: 0, max: 60_000 }),
  );
  fc.assert(
    fc.property(runs, ([some, times, moment]) => {
      // The same again and again is much faster to make than as much that is new each time.
      const events = Array.from({ length: times }, (_, n) =>
        some.map((event): TimelineEvent => ({ ...event, atMs: event.atMs + n })),
      )
        .flat()
        .sort((a, b) => a.atMs - b.atMs);
      const run = { header: HEADER, events };
      const sketch = sketchOf(run, [moment]);
      const { timeline } = readSketch(sketch);
      expect(sketch.length).toBeLessThanOrEqual(MOST_CHARACTERS);
      expect(timeline.events.length).toBeLessThanOrEqual(MOST_EVENTS + 1);
      expect(livesOf(run)).toEqual(expect.arrayContaining(livesOf(timeline)));
      expect(timeline.events.at(-1)?.atMs).toBe(events.at(-1)?.atMs);
    }),
    { numRuns: 60 },
  );
});

test('what nothing can compress is cut until it fits', () => {
  const [options] = fc.sample(
    fc.array(fc.uint8Array({ minLength: 36, maxLength: 36 }), { minLength: 400, maxLength: 400 }),
    1,
  );
  const events = (options ?? []).map((data, n) =>
    segment(n, 'client', 'S', {
      seq: n * 7_919_777,
      port: 1 + n * 131,
      options: [{ kind: 'unknown', number: 200, data }],
    }),
  );
  const { timeline, leftOut } = readSketch(sketchOf({ header: HEADER, events }, []));
  const left = leftOut.reduce((sum, { segments }) => sum + segments, 0);
  expect(timeline.events.filter((event) => event.kind === 'segment').length + left).toBeGreaterThanOrEqual(
    400,
  );
});

test.each(['', 'no sketch', Buffer.from('{}').toString('base64'), '\ud800'])(
  'what is no sketch is not drawn: %j',
  (sketch) => {
    expect(PAGE_PICTURES.run(sketch, [])).toBeNull();
  },
);
