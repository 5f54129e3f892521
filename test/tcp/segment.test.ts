import { expect, test } from 'vitest';
import { parseFlags } from '../../lab/tcp/flags.ts';
import { describeSegment, type Segment, segmentLength } from '../../lab/tcp/segment.ts';

function build(flags: string, fields: Partial<Segment> = {}): Segment {
  return {
    source: { address: '198.18.0.1', port: 40000 },
    destination: { address: '198.18.0.2', port: 80 },
    seq: 1,
    ack: 1,
    window: 64240,
    urgent: 0,
    options: [],
    payload: new Uint8Array(),
    ...fields,
    flags: parseFlags(flags),
  };
}

const hello = Buffer.from('hello');
const timestamps = { kind: 'timestamps', value: 1, echo: 0 } as const;

test.each([
  ['.', 0, 0],
  ['S', 0, 1],
  ['S.', 3, 4],
  ['F.', 0, 1],
  ['FP.', 5, 6],
  ['FS', 0, 2],
  ['R', 0, 0],
])('%s with %i bytes takes up %i sequence numbers', (flags, bytes, length) => {
  expect(segmentLength(build(flags, { payload: new Uint8Array(bytes) }))).toBe(length);
});

const syn = build('S', {
  seq: 100,
  options: [
    { kind: 'mss', mss: 1460 },
    { kind: 'sack-permitted' },
    timestamps,
    { kind: 'nop' },
    { kind: 'window-scale', shift: 7 },
  ],
});

test.each([
  [syn, 'S seq 100 win 64240 <mss 1460,sackOK,TS 1:0,wscale 7>'],
  [build('S.', { seq: 7, ack: 101 }), 'S. seq 7 ack 101 win 64240'],
  [build('.', { options: [{ kind: 'nop' }, { kind: 'nop' }, timestamps] }), '. ack 1'],
  [build('P.', { payload: hello }), 'P. seq 1:6 ack 1 len 5'],
  [build('F.'), 'F. seq 1 ack 1'],
  [build('FP.', { payload: hello }), 'FP. seq 1:6 ack 1 len 5'],
  [build('R', { seq: 9, window: 0 }), 'R seq 9'],
  [build('.', { window: 0 }), '. ack 1 win 0'],
  [build('P.U', { payload: hello, urgent: 5 }), 'P.U seq 1:6 ack 1 urg 5 len 5'],
  [build('none'), 'none'],
])('%# reads %s', (segment, text) => {
  expect(describeSegment(segment)).toBe(text);
});

test('numbers count from relativeTo, across the wrap, and SACK blocks from its ack', () => {
  const segment = build('P.', {
    seq: 2,
    ack: 0xffff_ffff,
    payload: hello,
    options: [{ kind: 'sack', blocks: [{ left: 0, right: 10 }] }],
  });
  const start = { seq: 0xffff_fffe, ack: 0xffff_fffe };
  expect(describeSegment(segment, start)).toBe('P. seq 4:9 ack 1 <sack 2:12> len 5');
  expect(describeSegment(build('P.', { seq: 0xffff_fffe, payload: hello }))).toBe(
    'P. seq 4294967294:3 ack 1 len 5',
  );
});
