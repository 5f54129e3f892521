import { describe, expect, test } from 'vitest';
import { exerciseNamed } from '../../lab/exercises/catalog.ts';
import { disagreements } from '../../lab/grade/slots/disagreements.ts';
import { tamperSigns } from '../../lab/grade/slots/tamper.ts';
import type { SegmentEvent, TimelineData, TimelineEvent } from '../../lab/observe/timeline.ts';
import { HEADER, segment, socket } from '../report/hand-made.ts';

/** The client connects, and there is no raw program. */
const HANDSHAKE = exerciseNamed('2');
/** The client makes its segments itself. */
const WITHHOLD = exerciseNamed('17');

const end: TimelineEvent = { kind: 'step', atMs: 2_000, text: 'the run is over' };

function seen(...events: TimelineEvent[]): TimelineData {
  return { header: HEADER, events: [...events, end] };
}

const opening: TimelineEvent[] = [
  segment(10, 'client', 'S'),
  segment(11, 'server', 'S.', { ack: 1 }),
  segment(12, 'client', '.', { seq: 1, ack: 1 }),
];
const clientIsThere = socket(13, 'client', 'ESTABLISHED');
const serverIsThere = socket(13, 'server', 'ESTABLISHED');

describe('the three witnesses', () => {
  test('agree when both kernels have the socket, and the segments for it came over the link', () => {
    expect(disagreements(HANDSHAKE, seen(...opening, clientIsThere, serverIsThere))).toEqual([]);
  });

  test('disagree when a kernel shows a connection that nothing on the wire has brought about', () => {
    const [syn] = opening as [SegmentEvent];
    expect(disagreements(HANDSHAKE, seen(syn, clientIsThere))).toEqual([
      expect.stringMatching(/^The client's kernel shows ESTABLISHED .* nothing came from the server/),
    ]);
  });

  test('disagree when what brought it about was made on the host itself', () => {
    const [syn, answer] = opening as [SegmentEvent, SegmentEvent];
    expect(disagreements(HANDSHAKE, seen(syn, { ...answer, loopback: true }, clientIsThere))).toHaveLength(1);
  });

  test("disagree when the peer's kernel never had its end, unless a program there makes segments itself", () => {
    const events = [...opening, serverIsThere];
    expect(disagreements(HANDSHAKE, seen(...events))).toEqual([
      expect.stringMatching(/^The server's kernel shows .* the client's kernel never had a socket for it\.$/),
    ]);
    expect(disagreements(WITHHOLD, seen(...events))).toEqual([]);
  });

  test('agree when the other end has a listener, which may have answered and remembered nothing', () => {
    const listener = socket(5, 'server', 'LISTEN');
    expect(disagreements(exerciseNamed('11'), seen(listener, ...opening, clientIsThere))).toEqual([]);
    expect(disagreements(exerciseNamed('11'), seen(...opening, clientIsThere))).toHaveLength(1);
  });

  test('are not asked about a socket so short that the other end may have been missed', () => {
    const short = [...opening, serverIsThere, socket(200, 'server', 'CLOSE_WAIT', { was: 'ESTABLISHED' })];
    expect(disagreements(HANDSHAKE, seen(...short))).toEqual([]);
  });
});

describe('signs of tampering', () => {
  const syn = segment(10, 'client', 'S');

  test('there are none in what a host says to itself', () => {
    const own: SegmentEvent = { ...syn, to: 'client', loopback: true };
    const toLocalhost = { ...syn.segment, source: { address: '127.0.0.1', port: 40_000 } };
    const local: SegmentEvent = { ...own, from: '127.0.0.1', segment: toLocalhost };
    expect(tamperSigns(seen(own, local))).toEqual([]);
  });

  test.each<[string, Partial<SegmentEvent>]>([
    ["A segment in the client's name was made on the server itself.", { loopback: true }],
    ["A segment came to the server with the server's own address as its sender.", { from: 'server' }],
    ['A segment came to the server from 198.18.0.77, which is none of the hosts.', { from: '198.18.0.77' }],
  ])('%s', (sign, change) => {
    expect(tamperSigns(seen({ ...syn, ...change }))).toEqual([sign]);
  });
});
