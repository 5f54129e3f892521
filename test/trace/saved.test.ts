import { expect, test } from 'vitest';
import type { TimelineData, TraceEvent } from '../../lab/observe/timeline.ts';
import { parseJsonLines, TimelineFormatError, toJsonLines } from '../../lab/report/json-lines.ts';

const socket = {
  kind: 'trace',
  host: 'server',
  cookie: 'a1',
  local: { address: '198.18.0.2', port: 8_080 },
  remote: { address: '198.18.0.1', port: 40_000 },
} as const;

const EVENTS: readonly TraceEvent[] = [
  { atMs: 1, ...socket, tracepoint: 'inet_sock_set_state', from: 'CLOSE_WAIT', to: 'LAST_ACK' },
  { atMs: 2, ...socket, tracepoint: 'inet_sock_set_state', from: 'LAST_ACK', to: 'LAST_ACK' },
  { atMs: 3, ...socket, tracepoint: 'tcp_retransmit_skb' },
  { atMs: 4, ...socket, tracepoint: 'tcp_send_reset', reason: 'TCP_ABORT_ON_CLOSE' },
  { atMs: 5, ...socket, tracepoint: 'tcp_send_reset' },
  { atMs: 6, ...socket, tracepoint: 'tcp_receive_reset' },
];

const TIMELINE: TimelineData = {
  header: {
    schema: 'tcplab/timeline/1',
    startedAt: '2025-01-01T00:00:00.000Z',
    startedAtNs: '1735689600000000000',
    kernel: '6.18.0',
    hosts: [
      { name: 'client', addresses: ['198.18.0.1'] },
      { name: 'server', addresses: ['198.18.0.2'] },
    ],
    knobs: {},
    trace: { leftOut: 2, lost: 1, mistaken: 0 },
  },
  events: EVENTS,
};

test('what was traced is saved and read back as it was', () => {
  expect(parseJsonLines(toJsonLines(TIMELINE))).toEqual(TIMELINE);
});

test('a tracepoint that is none of ours is refused when read', () => {
  const text = toJsonLines(TIMELINE).replace('tcp_receive_reset', 'tcp_probe');
  expect(() => parseJsonLines(text)).toThrow(TimelineFormatError);
});
