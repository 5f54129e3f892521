import { describe, expect, test } from 'vitest';
import { relative } from '../../lab/exercise/judge/connection.ts';
import { describeLife } from '../../lab/exercise/judge/life.ts';
import { type Expected, walk } from '../../lab/exercise/judge/path.ts';
import type { SegmentEvent } from '../../lab/observe/timeline.ts';
import { segment, socket } from '../report/hand-made.ts';
import { evidence, over } from './support.ts';

describe('connections', () => {
  test('a SYN that is sent again belongs to the same one', () => {
    const all = evidence(segment(1, 'client', 'S'), segment(1_001, 'client', 'S'), over(2_000)).connections();
    expect(all.map(({ segments }) => segments.length)).toEqual([2]);
    expect(all[0]?.opener.host).toBe('client');
  });

  test('a SYN with another number on the same ports begins a new one', () => {
    const found = evidence(
      segment(1, 'client', 'S'),
      segment(2, 'server', 'S.', { ack: 1 }),
      segment(9, 'client', 'S', { seq: 70_000 }),
      over(10),
    ).connections();
    expect(found.map(({ fromMs, untilMs, segments }) => [fromMs, untilMs, segments.length])).toEqual([
      [1, 9, 2],
      [9, Number.POSITIVE_INFINITY, 1],
    ]);
  });

  test('the two SYNs of a simultaneous open are one connection', () => {
    const found = evidence(segment(1, 'client', 'S'), segment(2, 'server', 'S'), over(3)).connections();
    expect(found).toHaveLength(1);
    expect(found[0]?.segments).toHaveLength(2);
  });

  test('other ports are another connection', () => {
    const found = evidence(segment(1, 'client', 'S'), segment(2, 'client', 'S', { port: 40_001 }), over(3));
    expect(found.connections()).toHaveLength(2);
    expect(found.connections({ from: 'server' })).toHaveLength(0);
    expect(found.connections({ to: 'server', port: 8_080 })).toHaveLength(2);
    expect(found.connections({ port: 81 })).toHaveLength(0);
  });

  test('numbers are counted from the SYN of their side, round the end of the space', () => {
    const [connection] = evidence(
      segment(1, 'client', 'S'),
      segment(2, 'client', 'P.', { seq: 5, ack: 1, payload: 'x' }),
      over(3),
    ).connections();
    const data = connection?.segments[1]?.segment.seq ?? 0;
    expect(connection === undefined ? 0 : relative(connection, 'client', data)).toBe(5);
  });

  test('a segment that is no SYN opens no connection', () => {
    const found = evidence(segment(1, 'client', '.', { ack: 1 }), over(3));
    expect(found.connections()).toEqual([]);
    expect(found.connectionOf(found.segments()[0] as SegmentEvent)).toBeDefined();
  });

  test('a socket that a busy lab was late to see is not that of a connection that had not begun, however soon it did', () => {
    const found = evidence(
      segment(100, 'client', 'S'),
      socket(300, 'server', 'TIME_WAIT'),
      segment(310, 'client', 'S', { seq: 70_000 }),
      socket(320, 'server', 'TIME_WAIT', { gone: true }),
      over(400),
    );
    const lives = found.connections().map((connection) => found.life(connection, 'server'));
    expect(lives.map((life) => life?.stays[0]?.state)).toEqual(['TIME_WAIT', undefined]);
  });

  test('of two connections on the same ports each has the socket that began with it', () => {
    const second = socket(900, 'client', 'SYN_SENT');
    const found = evidence(
      segment(1, 'client', 'S'),
      socket(2, 'client', 'SYN_SENT'),
      socket(20, 'client', 'SYN_SENT', { gone: true }),
      // Its row is seen before its SYN has arrived.
      { ...second, socket: { ...second.socket, cookie: 'c2' } },
      segment(901, 'client', 'S', { seq: 70_000 }),
      over(1_000),
    );
    const cookies = found.connections().map((connection) => found.life(connection, 'client')?.cookie);
    expect(cookies).toEqual(['c1', 'c2']);
  });

  test('a connection that never had a socket is not given that of the one before', () => {
    const found = evidence(
      segment(1, 'client', 'S'),
      socket(2, 'server', 'SYN_RCVD'),
      segment(500, 'client', 'S', { seq: 70_000 }),
      over(1_000),
    );
    const states = found.connections().map((connection) => found.life(connection, 'server') !== undefined);
    expect(states).toEqual([true, false]);
  });

  test('the socket of a connection is the one with its ports, at that time', () => {
    const found = evidence(
      socket(0, 'server', 'LISTEN'),
      segment(1, 'client', 'S'),
      socket(2, 'server', 'SYN_RCVD'),
      over(3),
    );
    const [connection] = found.connections();
    if (connection === undefined) throw new Error('there is a connection');
    expect(found.life(connection, 'server')?.stays.map(({ state }) => state)).toEqual(['SYN_RCVD']);
    expect(found.life(connection, 'client')).toBeUndefined();
    expect(found.listeners('server')).toHaveLength(1);
    expect(found.listeners('server', 81)).toHaveLength(0);
  });
});

describe('a life', () => {
  const [life] = evidence(
    socket(10, 'client', 'SYN_SENT'),
    socket(11, 'client', 'ESTABLISHED', { was: 'SYN_SENT' }),
    socket(261, 'client', 'ESTABLISHED', { gone: true }),
    over(300),
  ).lives('client');
  if (life === undefined) throw new Error('there is a life');

  test('is told state by state, with how long each lasted', () => {
    expect(describeLife(life)).toBe('SYN_SENT for 1.0 ms → ESTABLISHED for 250 ms → gone');
  });

  test('that lasts says so', () => {
    const [lasting] = evidence(socket(10, 'client', 'SYN_SENT'), over(2_010)).lives('client');
    expect(lasting === undefined ? '' : describeLife(lasting)).toBe('SYN_SENT for 2.0 s, to the end');
  });

  test.each<[Expected[], number | undefined]>([
    [['SYN_SENT', 'ESTABLISHED', 'CLOSED'], undefined],
    [['SYN_SENT', 'ESTABLISHED'], undefined],
    [['SYN_SENT?', 'ESTABLISHED', 'FIN_WAIT_1?', 'CLOSED'], undefined],
    [['SYN_SENT'], 11],
    [['ESTABLISHED'], 10],
    [['SYN_SENT', 'SYN_RCVD', 'ESTABLISHED'], 11],
    [['SYN_SENT', 'ESTABLISHED', 'FIN_WAIT_1'], 261],
    [['SYN_SENT', 'ESTABLISHED', 'CLOSED', 'TIME_WAIT'], 261],
  ])('went %j: first wrong at %s', (path, wrong) => {
    expect(walk(life, path)).toBe(wrong);
  });
});
