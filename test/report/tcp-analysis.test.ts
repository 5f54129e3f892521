import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SegmentEvent } from '../../lab/observe/timeline.ts';
import { toPcapng } from '../../lab/report/pcapng.ts';
import { analyseTcp } from '../../lab/report/tcp-analysis.ts';
import { parseFlags } from '../../lab/tcp/flags.ts';
import { describeSegment } from '../../lab/tcp/segment.ts';
import { arrival, HEADER, segment } from './hand-made.ts';
import { comparable, needs, tsharkSays } from './tshark.ts';
import { weSay } from './we-say.ts';

const said = (...events: SegmentEvent[]): string[] =>
  weSay({ header: HEADER, events }).map(({ flags, reset, completeness }) =>
    [...flags, ...(reset ? ['reset'] : []), completeness].join(' '),
  );

const HANDSHAKE = [
  segment(1, 'client', 'S'),
  segment(2, 'server', 'S.', { ack: 1 }),
  segment(3, 'client', '.', { seq: 1, ack: 1 }),
];

test('a connection that was captured whole has SYN, SYN-ACK, ACK, data and FIN: 31 beside each of its segments', () => {
  const data = segment(4, 'client', 'P.', { seq: 1, ack: 1, payload: 'hi' });
  const fins = [
    segment(5, 'server', 'F.', { seq: 1, ack: 3 }),
    segment(6, 'client', 'F.', { seq: 3, ack: 2 }),
    segment(7, 'server', '.', { seq: 2, ack: 4 }),
  ];
  expect(said(...HANDSHAKE, data, ...fins)).toEqual(Array.from({ length: 7 }, () => '31'));
});

test('a SYN that nobody answers is sent again, and nothing else is there: 1', () => {
  const syn = (atMs: number) => segment(atMs, 'client', 'S', { seq: 1_000 });
  expect(said(syn(1), syn(1_001))).toEqual(['1', 'retransmission 1']);
});

test('to tshark a next sequence number of 0 is none: it does not see that such a SYN is sent again', () => {
  expect(said(segment(1, 'client', 'S'), segment(1_001, 'client', 'S'))).toEqual(['1', '1']);
});

test('an RST with ACK counts as an ACK, too: SYN, ACK and RST are 37', () => {
  const refusal = segment(2, 'server', 'R.', { ack: 1 });
  expect(said(segment(1, 'client', 'S'), refusal)).toEqual(['37', 'reset 37']);
});

test('a FIN that is acknowledged already is a retransmission, bytes that are acknowledged already a spurious one', () => {
  const bytes = (atMs: number) => segment(atMs, 'client', 'P.', { seq: 1, ack: 1, payload: 'hi' });
  const fin = (atMs: number) => segment(atMs, 'client', 'F.', { seq: 3, ack: 1 });
  const ack = segment(6, 'server', '.', { seq: 1, ack: 4 });
  expect(said(...HANDSHAKE, bytes(4), fin(5), ack, bytes(300), fin(301)).slice(3)).toEqual([
    '31',
    '31',
    '31',
    'retransmission spurious_retransmission 31',
    'retransmission 31',
  ]);
});

test('what comes within 20 ms of the second duplicate ACK is a fast retransmission', () => {
  const bytes = (atMs: number, seq: number) => segment(atMs, 'client', '.', { seq, ack: 1, payload: 'hi' });
  const ack = (atMs: number) => segment(atMs, 'server', '.', { seq: 1, ack: 1 });
  const lost = [...HANDSHAKE, bytes(4, 1), bytes(5, 3), bytes(6, 5), ack(7), ack(8), ack(9)];
  expect(said(...lost, bytes(20, 1)).slice(7)).toEqual([
    'duplicate_ack 15',
    'duplicate_ack 15',
    'retransmission fast_retransmission 15',
  ]);
  expect(said(...lost, bytes(200, 1)).at(-1)).toBe('retransmission 15');
});

test('a SYN with another number begins another conversation on the same ports', () => {
  const again = segment(50, 'client', 'S', { seq: 90_000 });
  const analysed = analyseTcp({ header: HEADER, events: [...HANDSHAKE, again] });
  expect(analysed.map(({ stream }) => stream)).toEqual([0, 0, 0, 1]);
  expect(analysed.map(({ completeness }) => completeness)).toEqual([7, 7, 7, 1]);
});

/** Few numbers, close together: segments that overlap, repeat, leave holes and wrap. */
const near = fc.constantFrom(0, 1, 2, 3, 5, 10, 11, 20);

const anySegment = fc.record({
  from: fc.constantFrom('client' as const, 'server' as const),
  flags: fc.constantFrom('S', 'S.', '.', '.', '.', '.', 'P.', 'F.', 'R.', 'R', 'F'),
  seq: near,
  ack: near,
  bytes: fc.constantFrom(0, 0, 0, 1, 2, 5, 10),
  window: fc.constantFrom(0, 500, 500, 500, 501),
  gapMs: fc.constantFrom(0.1, 1, 10, 100),
});

const anyConversation = fc.record({
  bases: fc.constantFrom({ client: 1_000, server: 7_000 }, { client: 2 ** 32 - 8, server: 0 }),
  segments: fc.array(anySegment, { minLength: 1, maxLength: 15, size: 'max' }),
});

/** Whatever two ends might send each other, as often as is asked, each time on another port. */
function anyCapture(count: number): SegmentEvent[] {
  let atMs = 0;
  return fc.sample(anyConversation, count).flatMap(({ bases, segments }, n) =>
    segments.map(({ from, flags, seq, ack, bytes, window, gapMs }) => {
      atMs += gapMs;
      const other = from === 'client' ? 'server' : 'client';
      const ends = {
        client: { address: '198.18.0.1', port: 10_000 + n },
        server: { address: '198.18.0.2', port: 8_080 },
      };
      return arrival(atMs, from, {
        source: ends[from],
        destination: ends[other],
        seq: (bases[from] + seq) % 2 ** 32,
        ack: flags.includes('.') ? (bases[other] + ack) % 2 ** 32 : 0,
        flags: parseFlags(flags),
        window,
        urgent: 0,
        options: [],
        payload: new Uint8Array(/[SR]/.test(flags) ? 0 : bytes),
      });
    }),
  );
}

test.skipIf(!comparable)(
  `tshark says the same of 500 conversations that nobody would have ${needs}`,
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tcplab-tshark-'));
    try {
      const events = anyCapture(500);
      const timeline = { header: HEADER, events };
      await writeFile(join(folder, 'any.pcapng'), toPcapng(timeline));
      const theirs = await tsharkSays(join(folder, 'any.pcapng'));
      const ours = weSay(timeline);
      expect(ours).toHaveLength(theirs.length);
      const at = ours.findIndex((each, n) => JSON.stringify(each) !== JSON.stringify(theirs[n]));
      const before = events.slice(0, at + 1).filter((_, n) => ours[n]?.stream === ours[at]?.stream);
      const story = before.map(({ atMs, from, segment }) => `${atMs} ms ${from} ${describeSegment(segment)}`);
      expect({ story, said: ours[at] }).toEqual({ story, said: theirs[at] });
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);
