import { expect, test } from 'vitest';
import { tcpSummary } from '../../lab/report/tcp-summary.ts';
import { HEADER, segment } from './hand-made.ts';

const summary = (...events: ReturnType<typeof segment>[]) => tcpSummary({ header: HEADER, events });

test('a capture in a few lines: what was sent again, and what was seen of each connection', () => {
  const open = (port: number) => [
    segment(1, 'client', 'S', { seq: 1_000, port }),
    segment(2, 'server', 'S.', { ack: 1_001, port }),
    segment(3, 'client', '.', { seq: 1_001, ack: 1, port }),
  ];
  const refused = [
    segment(4, 'client', 'S', { seq: 9_000, port: 41_000 }),
    segment(1_004, 'client', 'S', { seq: 9_000, port: 41_000 }),
    segment(1_005, 'server', 'R.', { ack: 9_001, port: 41_000 }),
  ];
  expect(summary(...open(40_000), ...open(40_001), ...refused)).toEqual([
    '9 segments: 1 retransmission, 0 duplicate ACKs, 1 reset',
    '2 connections with SYN, SYN-ACK, ACK (tcp.completeness 7)',
    '1 connection with SYN, ACK, RST (tcp.completeness 37)',
  ]);
});

test('one segment that begins nothing', () => {
  expect(summary(segment(1, 'server', '.', { ack: 1 }))).toEqual([
    '1 segment: 0 retransmissions, 0 duplicate ACKs, 0 resets',
    '1 connection with no beginning (tcp.completeness 0)',
  ]);
});

test('nothing is said where nothing was sent', () => {
  expect(summary()).toEqual([]);
});
