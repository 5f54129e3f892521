import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { TimelineData, TimelineEvent } from '../../../lab/observe/timeline.ts';
import { ladder } from '../../../lab/report/ladder/rows.ts';
import { ladderSvg } from '../../../lab/report/ladder/svg.ts';
import { ladderText } from '../../../lab/report/ladder/terminal.ts';
import { ENGLISH } from '../../../lab/report/picture-words.ts';
import { renderText } from '../../../lab/report/text.ts';
import { HAND_MADE, HEADER, segment, socket } from '../hand-made.ts';
import { RUNS, runFolder, savedRun } from './saved.ts';

const of = (...events: TimelineEvent[]): TimelineData => ({ header: HEADER, events });
const texts = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text ?? '');

describe('the ladder of a saved run', () => {
  test.each(RUNS)('%s reads as it should', async (name) => {
    const golden = join(runFolder(name), 'ladder.txt');
    await expect(ladderText(savedRun(name), { width: 80 })).toMatchFileSnapshot(golden);
  });

  test.each([80, 81, 100, 137, 200])(
    'no line is longer than %i characters, whatever the numbers',
    (width) => {
      for (const run of [...RUNS.map(savedRun), HAND_MADE])
        for (const isAbsolute of [false, true]) {
          const lines = ladderText(run, { width, isAbsolute }).split('\n');
          expect(lines.filter((line) => line.length > width)).toEqual([]);
        }
    },
  );

  test('a narrower page than 80 characters is taken for one of 80', () => {
    expect(ladderText(savedRun('close'), { width: 20 })).toBe(ladderText(savedRun('close'), { width: 80 }));
  });

  test('marks as many dropped segments as the kernel counted', () => {
    const { rows } = ladder(savedRun('held-ack'));
    const dropped = rows.filter((row) => row.kind === 'segment' && row.dropped === 'ack-of-syn-ack');
    expect(dropped).toHaveLength(6);
    expect(rows.flatMap((row) => (row.kind === 'gate' ? [row.words] : []))).toEqual([
      'gate ack-of-syn-ack closed',
      'gate ack-of-syn-ack opened, it dropped 6',
    ]);
  });

  test('says so when its marks do not add up to what the kernel counted', () => {
    const run = savedRun('held-ack');
    const events = run.events.map((event) =>
      event.kind === 'gate' && event.dropped === 6 ? { ...event, dropped: 7 } : event,
    );
    expect(ladderText({ ...run, events })).toContain('opened, it dropped 7, 6 of them marked');
  });
});

test('a long idle time is one line, however long it was', () => {
  const busy = [segment(1, 'client', 'S'), segment(2, 'server', 'S.', { ack: 1 })];
  const short = ladderText(of(...busy, segment(400, 'client', '.', { seq: 1, ack: 1 })));
  const long = ladderText(of(...busy, segment(3_600_002, 'client', '.', { seq: 1, ack: 1 })));
  expect(short).not.toContain('nothing');
  expect(long).toContain('… 3600.0 s nothing …');
  expect(long.split('\n')).toHaveLength(short.split('\n').length + 1);
});

test('numbers as on the wire, when asked for', () => {
  const run = of(segment(1, 'client', 'S'), segment(2, 'server', 'S.', { ack: 1 }));
  expect(ladderText(run)).toContain('SYN+ACK seq 0 ack 1 ');
  expect(ladderText(run, { isAbsolute: true })).toContain('SYN+ACK seq 7000 ack 0 ');
});

test('a segment that does not fit beside its arrow stands above it, in full', () => {
  const long = { seq: 4_000_000_000, ack: 3_999_993_000, payload: 'x'.repeat(1_000) };
  const text = ladderText(of(segment(1, 'client', 'P.', long)), { width: 80, isAbsolute: true });
  expect(text).toContain('│ PSH+ACK seq 3999999999 ack 4000000000 len   │');
  expect(text).toContain(`│ 1000${' '.repeat(40)}│`);
  expect(text).toContain(`│${'─'.repeat(44)}▶│`);
});

test('ports are told as soon as there are two connections', () => {
  const one = of(segment(1, 'client', 'S'), socket(2, 'client', 'SYN_SENT'));
  const two = of(...one.events, segment(3, 'client', 'S', { port: 40_001 }));
  expect(ladderText(one)).not.toContain('40000');
  expect(ladderText(two)).toContain('40000');
  expect(ladderText(two)).toContain('40001');
});

test('what came over the own loopback, or from nobody here, is no arrow between the hosts', () => {
  const own = { ...segment(1, 'client', 'S'), from: 'server', to: 'server', loopback: true as const };
  const foreign = { ...segment(2, 'client', 'S', { port: 40_002 }), from: '203.0.113.9' };
  const text = ladderText(of(own, foreign));
  expect(text).toContain('↺ SYN seq 0');
  expect(text).toContain('↺ from 203.0.113.9: SYN seq 0');
  expect(text).not.toContain('▶');
});

test('a run of three hosts has no ladder of two lines: it is told as text, and drawn with three', () => {
  const hosts = [...HEADER.hosts, { name: 'north', addresses: ['198.18.0.3'] }];
  const run = { header: { ...HEADER, hosts }, events: HAND_MADE.events };
  expect(ladderText(run)).toBe(renderText(run));
  expect(texts(ladderSvg(run))).toContain('north');
});

test('the drawing tells in text what the ladder tells', () => {
  const svg = ladderSvg(savedRun('held-ack'));
  const shown = texts(svg);
  expect(shown).toContain('FIN+ACK seq 1 ack 1 (again)');
  expect(shown).toContain('gate ack-of-syn-ack opened, it dropped 6');
  expect(shown).toContain('… 2.0 s nothing …');
  for (const state of ['SYN_RCVD', 'FIN_WAIT_1', 'TIME_WAIT']) expect(shown).toContain(state);
  expect(svg.split('class="segment again dropped"')).toHaveLength(4);
  expect(svg).toContain('prefers-color-scheme:dark');
});

test('a legend that is too long for one line stands in two, within the drawing', () => {
  const words = { ...ENGLISH, ladder: { ...ENGLISH.ladder, relative: 'a word '.repeat(20).trim() } };
  const svg = ladderSvg(savedRun('held-ack'), { words });
  const legend = texts(svg).filter((text) => text.startsWith('a word') || text.includes('✕'));
  expect(legend).toHaveLength(2);
  expect(legend.every((line) => line.length <= 130)).toBe(true);
  const places = [...svg.matchAll(/<text[^>]* y="([\d.]+)"/g)].map(([, y]) => Number(y));
  expect(Math.max(...places)).toBeLessThan(Number(/height="(\d+)"/.exec(svg)?.[1]));
});
