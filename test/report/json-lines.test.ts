import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GATE_NAMES } from '../../lab/gate/kinds.ts';
import type { TimelineData, TimelineEvent } from '../../lab/observe/timeline.ts';
import { TIMER_KINDS } from '../../lab/observe/timer-kinds.ts';
import { parseJsonLines, TimelineFormatError, toJsonLines } from '../../lab/report/json-lines.ts';
import { STATES } from '../../lab/tcp/states.ts';
import { segment as anySegment } from '../tcp/arbitraries.ts';
import { arrival, HAND_MADE, HEADER } from './hand-made.ts';

const text = fc.string({ unit: 'binary', maxLength: 20 });
const count = fc.nat();
const state = fc.constantFrom(...STATES);
const host = fc.constantFrom('client', 'server');
const atMs = fc.double({ min: 0, max: 1e7, noNaN: true }).map((value) => value + 0);
const port = fc.integer({ min: 0, max: 65_535 });
const endpoint = fc.record({ address: fc.oneof(fc.ipV4(), fc.constant('2001:db8::1')), port });

const socketRecord = fc.record({
  cookie: fc.stringMatching(/^[0-9a-f]{1,16}$/),
  state,
  local: endpoint,
  remote: endpoint,
  receiveQueue: count,
  sendQueue: count,
  timer: fc.constantFrom(...TIMER_KINDS),
  timerMs: count,
  retransmits: count,
  uid: count,
  inode: count,
});

const event: fc.Arbitrary<TimelineEvent> = fc.oneof(
  fc.record(
    {
      kind: fc.constant('socket' as const),
      atMs,
      host,
      change: fc.constantFrom('appeared' as const, 'changed' as const, 'gone' as const),
      socket: socketRecord,
      was: state,
    },
    { requiredKeys: ['kind', 'atMs', 'host', 'change', 'socket'] },
  ),
  fc
    .tuple(atMs, fc.constantFrom('client' as const, 'server' as const), anySegment)
    .map(([at, from, segment]) => arrival(at, from, segment)),
  fc.record(
    {
      kind: fc.constant('gate' as const),
      atMs,
      host,
      gate: fc.constantFrom(...GATE_NAMES),
      port: fc.nat(65_535),
      action: fc.constantFrom('closed' as const, 'opened' as const),
      dropped: count,
    },
    { requiredKeys: ['kind', 'atMs', 'host', 'gate', 'action', 'dropped'] },
  ),
  fc.record(
    {
      kind: fc.constant('program' as const),
      atMs,
      host,
      program: text,
      pid: count,
      action: fc.constantFrom('started' as const, 'ended' as const),
      how: text,
    },
    { requiredKeys: ['kind', 'atMs', 'host', 'program', 'pid', 'action'] },
  ),
  fc.record({ kind: fc.constant('file' as const), atMs, name: text, text }),
  fc.record({
    kind: fc.constant('output' as const),
    atMs,
    host,
    program: text,
    stream: fc.constantFrom('stdout' as const, 'stderr' as const),
    text,
  }),
  fc.record(
    { kind: fc.constant('step' as const), atMs, host, text },
    { requiredKeys: ['kind', 'atMs', 'text'] },
  ),
  fc.record({ kind: fc.constant('ss' as const), atMs, host, text }),
  fc.record({ kind: fc.constant('loss' as const), atMs, host, segments: count }),
);

const traced = {
  kind: fc.constant('trace' as const),
  atMs,
  host,
  cookie: text,
  local: endpoint,
  remote: endpoint,
};
const trace: fc.Arbitrary<TimelineEvent> = fc.oneof(
  fc.record({ ...traced, tracepoint: fc.constant('inet_sock_set_state' as const), from: state, to: state }),
  fc.record({ ...traced, tracepoint: fc.constant('tcp_send_reset' as const), reason: text }),
  fc.record({
    ...traced,
    tracepoint: fc.constantFrom(
      'tcp_send_reset' as const,
      'tcp_receive_reset' as const,
      'tcp_retransmit_skb' as const,
      'tcp_retransmit_synack' as const,
    ),
  }),
);

/** An event with the same members, without the null prototype that generated objects may have. */
const plain = (timeline: TimelineData): TimelineData => structuredClone(timeline);

test('what is written is read back, for every kind of event', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(event, trace), { maxLength: 12 }), (events) => {
      const header = { ...HEADER, trace: { leftOut: 1, lost: 2, mistaken: 3 } };
      const timeline = plain({ header, events });
      expect(parseJsonLines(toJsonLines(timeline))).toEqual(timeline);
    }),
  );
});

test('the hand-made timeline has every kind of event but the trace, and survives', () => {
  const kinds = new Set(HAND_MADE.events.map(({ kind }) => kind));
  expect([...kinds].sort()).toEqual(['gate', 'loss', 'output', 'program', 'segment', 'socket', 'ss', 'step']);
  expect(parseJsonLines(toJsonLines(HAND_MADE))).toEqual(HAND_MADE);
});

test('the header is the first line, then an event a line', () => {
  const lines = toJsonLines(HAND_MADE).trimEnd().split('\n');
  expect(JSON.parse(lines[0] ?? '')).toEqual(HEADER);
  expect(lines).toHaveLength(HAND_MADE.events.length + 1);
  expect(JSON.parse(lines.find((line) => line.includes('"segment"')) ?? '')).toMatchObject({
    kind: 'segment',
    segment: { source: ['198.18.0.1', 40_000], flags: 'S', seq: 2 ** 32 - 1, payload: 0 },
  });
});

describe('what is no timeline is refused, with its line', () => {
  const saved = toJsonLines(HAND_MADE).split('\n');
  const withLine = (n: number, change: (line: string) => string): string =>
    saved.map((line, index) => (index === n - 1 ? change(line) : line)).join('\n');
  const eventLine = (kind: string): number =>
    saved.findIndex((line) => line.startsWith(`{"kind":"${kind}"`)) + 1;
  const socketLine = eventLine('socket');
  const segmentLine = eventLine('segment');

  test.each<[string, string, string, number, string]>([
    ['nothing', '\n\n', 'empty', 1, 'there is no header'],
    ['no JSON', withLine(3, () => '{"kind":'), 'not-json', 3, 'no JSON: '],
    ['a list', withLine(3, () => '[]'), 'event', 3, '"the line" should be an object, not []'],
    [
      'another schema',
      withLine(1, (line) => line.replace('timeline/1', 'timeline/2')),
      'header',
      1,
      '"schema" should be one of tcplab/timeline/1, not "tcplab/timeline/2"',
    ],
    [
      'a start in words',
      withLine(1, (line) => line.replace('1767323045678000999', 'now')),
      'header',
      1,
      '"startedAtNs" should be nanoseconds in digits, not "now"',
    ],
    [
      'another kind',
      withLine(2, (line) => line.replace('"gate"', '"wish"')),
      'event',
      2,
      '"kind" should be one of socket, ',
    ],
    [
      'no time',
      withLine(2, (line) => line.replace('"atMs":1,', '')),
      'event',
      2,
      '"atMs" should be a number of at least 0, not nothing',
    ],
    [
      'another state',
      withLine(socketLine, (line) => line.replace('"LISTEN"', '"LISTENING"')),
      'event',
      socketLine,
      '"socket.state" should be one of CLOSED, ',
    ],
    [
      'a port too high',
      withLine(socketLine, (line) => line.replace('"port":8080', '"port":80800')),
      'event',
      socketLine,
      '"socket.local.port" should be a whole number from 0 to 65535, not 80800',
    ],
    [
      'an address that is none',
      withLine(socketLine, (line) => line.replace('198.18.0.2', '198.18.0.300')),
      'event',
      socketLine,
      "'198.18.0.300' is not an IP address",
    ],
    [
      'a packet that is no base64',
      withLine(segmentLine, (line) => line.replace(/"packet":"..../, '"packet":"!!!!')),
      'event',
      segmentLine,
      '"packet" should be bytes in base64',
    ],
    [
      'a packet that is no packet',
      withLine(segmentLine, (line) => line.replace(/"packet":"[^"]+"/, '"packet":"AAAA"')),
      'event',
      segmentLine,
      '',
    ],
  ])('%s', (_what, broken, code, line, sentence) => {
    let error: unknown;
    try {
      parseJsonLines(broken);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(TimelineFormatError);
    expect(error).toMatchObject({ code, line });
    expect((error as Error).message).toContain(`line ${line} of the timeline: ${sentence}`);
  });
});
