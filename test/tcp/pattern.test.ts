import { expect, test } from 'vitest';
import { formatFlags, parseFlags } from '../../lab/tcp/flags.ts';
import { describePattern, matchesSegment, type SegmentPattern } from '../../lab/tcp/pattern.ts';
import type { Segment } from '../../lab/tcp/segment.ts';

function build(flags: string, payload = ''): Segment {
  return {
    source: { address: '198.18.0.1', port: 40000 },
    destination: { address: '198.18.0.2', port: 80 },
    seq: 5,
    ack: 9,
    flags: parseFlags(flags),
    window: 1000,
    urgent: 0,
    options: [],
    payload: Buffer.from(payload),
  };
}

const every = Array.from({ length: 256 }, (_, mask) => formatFlags(mask));
const fitting = (pattern: SegmentPattern) => every.filter((flags) => matchesSegment(pattern, build(flags)));

test('flags are exact, and a ? frees the flag before it', () => {
  expect(fitting({ flags: 'S.' })).toEqual(['S.']);
  expect(fitting({ flags: 'none' })).toEqual(['none']);
  expect(fitting({ flags: 'P?.' }).sort()).toEqual(['.', 'P.']);
  expect(fitting({ flags: 'SE?W?' }).sort()).toEqual(['S', 'SE', 'SEW', 'SW']);
  expect(fitting({ flags: 'S?' }).sort()).toEqual(['S', 'none']);
});

test('has and not look at their flags only, and all three together', () => {
  expect(fitting({ has: 'F.' })).toEqual(every.filter((flags) => flags.includes('F') && flags.includes('.')));
  expect(fitting({ has: 'S', not: '.' })).toEqual(
    every.filter((flags) => flags.includes('S') && !flags.includes('.')),
  );
  expect(fitting({ flags: 'F?P?.', has: 'F', not: 'P' })).toEqual(['F.']);
  expect(fitting({ has: 'S', not: 'S' })).toEqual([]);
  expect(fitting({})).toHaveLength(256);
});

test.each<[SegmentPattern, boolean]>([
  [{ source: { port: 40000 } }, true],
  [{ source: { port: 80 } }, false],
  [{ source: {} }, true],
  [{ destination: { address: '198.18.0.2', port: 80 } }, true],
  [{ destination: { address: '::ffff:198.18.0.2' } }, true],
  [{ destination: { address: '198.18.0.1', port: 80 } }, false],
  [{ seq: 5 }, true],
  [{ seq: 9 }, false],
  [{ ack: 9 }, true],
  [{ ack: 0 }, false],
  [{ payload: 'some' }, true],
  [{ payload: 'none' }, false],
  [{ flags: 'P.', seq: 5, ack: 9, payload: 'some', source: { address: '198.18.0.1' } }, true],
  [{ flags: 'P.', seq: 5, ack: 8, payload: 'some', source: { address: '198.18.0.1' } }, false],
])('%j on a data segment: %s', (pattern, fits) => {
  expect(matchesSegment(pattern, build('P.', 'hello'))).toBe(fits);
});

test('a segment without payload fits none and not some', () => {
  expect(matchesSegment({ payload: 'none' }, build('.'))).toBe(true);
  expect(matchesSegment({ payload: 'some' }, build('.'))).toBe(false);
});

test('ack fits no segment without the ACK flag', () => {
  expect(matchesSegment({ ack: 9 }, build('S'))).toBe(false);
});

test.each(['', 'SA', '?S', 'S??', 'SS?', 'X?', 'none?'])(
  "flags '%s' are refused by both functions",
  (flags) => {
    expect(() => matchesSegment({ flags }, build('S'))).toThrow(RangeError);
    expect(() => describePattern({ flags })).toThrow(RangeError);
  },
);

test.each<[SegmentPattern, string]>([
  [{}, 'a segment'],
  [{ flags: 'S' }, 'a SYN'],
  [{ has: 'S', not: '.' }, 'a SYN'],
  [{ flags: 'SE?W?' }, 'a SYN'],
  [{ flags: 'S.', source: { port: 80 } }, 'a SYN-ACK from port 80'],
  [{ flags: '.' }, 'an ACK'],
  [{ flags: 'P?.', payload: 'none' }, 'an ACK without data'],
  [{ has: '.', not: 'SFR', ack: 6 }, 'an ACK with ack 6'],
  [{ flags: 'P.' }, 'a PSH-ACK'],
  [{ has: 'F' }, 'a FIN'],
  [{ flags: 'FP?.' }, 'a FIN'],
  [{ flags: 'F' }, 'a FIN without ACK'],
  [{ has: 'F', payload: 'some' }, 'a FIN with data'],
  [{ has: 'R' }, 'an RST'],
  [{ flags: 'R.' }, 'an RST-ACK'],
  [{ has: 'R', not: '.' }, 'an RST with ACK clear'],
  [{ payload: 'some' }, 'data'],
  [{ payload: 'some', destination: { address: '198.18.0.2', port: 80 } }, 'data to 198.18.0.2:80'],
  [{ flags: 'P?.', payload: 'some', seq: 1 }, 'data with seq 1'],
  [{ has: 'S', not: 'R' }, 'a segment with SYN set and RST clear'],
  [{ has: 'S' }, 'a segment with SYN set'],
  [{ has: 'SE', not: 'FR' }, 'a segment with SYN and ECE set and FIN and RST clear'],
  [{ flags: 'SEW' }, 'a segment with flags SEW'],
  [{ flags: 'S?.', seq: 1, ack: 2 }, 'a segment with flags S?., seq 1 and ack 2'],
  [{ source: { address: '2001:DB8::1' }, destination: {} }, 'a segment from 2001:db8::1'],
  [{ source: { address: '::1', port: 9 }, payload: 'none' }, 'a segment without data from [::1]:9'],
])('%j is %s', (pattern, words) => {
  expect(describePattern(pattern)).toBe(words);
});
