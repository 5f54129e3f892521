import { describe, expect, test } from 'vitest';
import type { TimelineData, TimelineEvent } from '../../../lab/observe/timeline.ts';
import { walkDiagram } from '../../../lab/report/walk/diagram.ts';
import { walkWords } from '../../../lab/report/walk/walk-words.ts';
import { walksOf } from '../../../lab/report/walk/walks.ts';
import { STATES } from '../../../lab/tcp/states.ts';
import { HEADER, segment, socket } from '../hand-made.ts';
import { savedRun } from './saved.ts';

const of = (...events: TimelineEvent[]): TimelineData => ({ header: HEADER, events });
const ways = (timeline: TimelineData): string[] =>
  walksOf(timeline).map((walk) => `${walk.life.host}: ${walkWords(walk)}`);

describe('the way of each socket', () => {
  test('an ordinary connection: what was too quick to be seen is in brackets', () => {
    expect(ways(savedRun('close'))).toEqual([
      'server: CLOSED → LISTEN → CLOSED',
      'server: LISTEN → (SYN_RCVD) → (ESTABLISHED) → CLOSE_WAIT → (LAST_ACK) → CLOSED',
      'client: CLOSED → (SYN_SENT) → (ESTABLISHED) → (FIN_WAIT_1) → FIN_WAIT_2 → TIME_WAIT',
    ]);
  });

  test('a request that is given up goes back to LISTEN, and no segment took it there', () => {
    expect(ways(savedRun('withhold-ack'))).toContain('server: LISTEN → SYN_RCVD → LISTEN without a segment');
  });

  test('the wire tells which way it was from FIN_WAIT_1 to TIME_WAIT, and what a gate dropped does not count', () => {
    expect(ways(savedRun('held-ack'))).toContain(
      'client: CLOSED → (SYN_SENT) → ESTABLISHED → FIN_WAIT_1 → (FIN_WAIT_2) → TIME_WAIT',
    );
  });

  const closing = [
    socket(1, 'client', 'ESTABLISHED'),
    segment(2, 'client', 'F.', { seq: 1, ack: 1 }),
    socket(3, 'client', 'FIN_WAIT_1', { was: 'ESTABLISHED' }),
  ];
  const timeWait = socket(9, 'client', 'TIME_WAIT', { was: 'FIN_WAIT_1' });

  test.each([
    ['a FIN that acknowledges', [segment(4, 'server', 'F.', { seq: 1, ack: 2 })], 'FIN_WAIT_1 → TIME_WAIT'],
    [
      'the ACK before the FIN',
      [segment(4, 'server', '.', { seq: 1, ack: 2 }), segment(5, 'server', 'F.', { seq: 1, ack: 2 })],
      'FIN_WAIT_1 → (FIN_WAIT_2) → TIME_WAIT',
    ],
    [
      'the FIN before the ACK',
      [segment(4, 'server', 'F.', { seq: 1, ack: 1 }), segment(5, 'server', '.', { seq: 2, ack: 2 })],
      'FIN_WAIT_1 → (CLOSING) → TIME_WAIT',
    ],
  ])('%s', (_, segments, way) => {
    expect(ways(of(...closing, ...segments, timeWait))[0]).toContain(way);
  });

  test('an end by RST is one, and an end without is none', () => {
    const gone = socket(9, 'client', 'FIN_WAIT_2', { gone: true });
    const before = [
      socket(1, 'client', 'ESTABLISHED'),
      socket(3, 'client', 'FIN_WAIT_2', { was: 'ESTABLISHED' }),
    ];
    expect(ways(of(...before, segment(8, 'server', 'R', { seq: 1 }), gone))[0]).toMatch(
      /FIN_WAIT_2 → CLOSED by RST$/,
    );
    expect(ways(of(...before, gone))[0]).toMatch(/FIN_WAIT_2 → CLOSED without a segment$/);
  });

  test('a part that cannot be told is left open', () => {
    const unknown = [socket(1, 'client', 'SYN_SENT'), socket(3, 'client', 'TIME_WAIT', { was: 'SYN_SENT' })];
    expect(ways(of(...unknown))).toEqual([
      'client: CLOSED → SYN_SENT → (ESTABLISHED) → (FIN_WAIT_1) … TIME_WAIT',
    ]);
  });

  test('a tracepoint shows what was too short for a look', () => {
    const { local, remote, cookie } = { ...socket(1, 'client', 'SYN_SENT').socket };
    const trace = (
      atMs: number,
      from: 'CLOSED' | 'SYN_SENT',
      to: 'SYN_SENT' | 'ESTABLISHED',
    ): TimelineEvent => ({
      kind: 'trace',
      atMs,
      host: 'client',
      tracepoint: 'inet_sock_set_state',
      ...{ from, to, local, remote, cookie },
    });
    const run = of(
      trace(1, 'CLOSED', 'SYN_SENT'),
      trace(1.1, 'SYN_SENT', 'ESTABLISHED'),
      socket(2, 'client', 'ESTABLISHED'),
    );
    expect(ways(run)).toEqual(['client: CLOSED → SYN_SENT → ESTABLISHED']);
  });
});

describe('the diagram of the ways', () => {
  const svg = walkDiagram(savedRun('held-ack'));

  test('has every state and every edge of the figure', () => {
    for (const state of STATES) expect(svg).toContain(`>${state}</text>`);
    expect(svg.match(/data-edge=/g)).toHaveLength(21);
  });

  test('numbers the steps, brackets what was not seen, and tells hosts apart by the kind of line, too', () => {
    expect(svg).toMatch(/class="edge good strong" data-edge="ESTABLISHED FIN_WAIT_1".*client 3/);
    expect(svg).toMatch(/class="edge other" data-edge="SYN_RCVD ESTABLISHED".*\(server 2\)/);
    expect(svg).toMatch(/class="edge absent" data-edge="FIN_WAIT_1 CLOSING"/);
    expect(svg).toContain('server listener');
  });

  test('counts where a host has many connections', () => {
    const many = [1, 2, 3].map((n) => {
      const event = socket(n, 'client', 'SYN_SENT', { port: 40_000 + n });
      return { ...event, socket: { ...event.socket, cookie: `c${n}` } };
    });
    expect(walkDiagram(of(...many))).toContain('client ×3');
  });
});
