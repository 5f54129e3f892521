import { describe, expect, test } from 'vitest';
import { eventsOf, playJson, statesOn } from '../support/play.ts';
import { needs, traceable, traced, tracedPlay, transitions } from './support.ts';

describe.skipIf(!traceable)(`the tracepoints, in a play ${needs}`, { timeout: 60_000 }, () => {
  test('every state of an ordinary connection is traced, however short it was', async () => {
    // A trace without a socket that sock_diag saw is left out, so each is held for a moment.
    const play = await tracedPlay('servers/echo.ts', 'clients/close.ts', '--gate', 'server:fin@300');
    expect(transitions(play, 'client')).toEqual([
      'CLOSED → SYN_SENT',
      'SYN_SENT → ESTABLISHED',
      'ESTABLISHED → FIN_WAIT_1',
      'FIN_WAIT_1 → FIN_WAIT_2',
      'FIN_WAIT_2 → CLOSED',
    ]);
    expect(transitions(play, 'server')).toEqual([
      'LISTEN → SYN_RCVD',
      'SYN_RCVD → ESTABLISHED',
      'ESTABLISHED → CLOSE_WAIT',
      'CLOSE_WAIT → LAST_ACK',
      'LAST_ACK → CLOSED',
    ]);
    expect(play.header.trace).toMatchObject({ mistaken: 0 });
  });

  test('TIME_WAIT is nothing to the tracepoints; sock_diag sees it under the same cookie', async () => {
    const play = await tracedPlay('servers/echo.ts', 'clients/close.ts');
    expect(statesOn(play, 'client').at(-1)).toBe('TIME_WAIT');
    const waiting = eventsOf(play, 'socket').find(({ socket }) => socket.state === 'TIME_WAIT');
    const last = traced(play).findLast(({ cookie }) => cookie === waiting?.socket.cookie);
    expect(last).toMatchObject({ from: 'FIN_WAIT_2', to: 'CLOSED' });
    expect(transitions(play, 'client').join()).not.toContain('TIME_WAIT');
  });

  test('a held SYN_RCVD is nothing to the tracepoints; sock_diag sees it', async () => {
    const play = await tracedPlay(
      ...['servers/never-close.ts', 'clients/connect.ts', '--gate', 'server:ack-of-syn-ack', '--for', '900'],
    );
    expect(statesOn(play, 'server')).toContain('SYN_RCVD');
    expect(transitions(play, 'server')).toEqual([]);
    expect(transitions(play, 'client').slice(0, 2)).toEqual(['CLOSED → SYN_SENT', 'SYN_SENT → ESTABLISHED']);
  });

  test('it is traced with the final ACK: LISTEN → SYN_RCVD → ESTABLISHED in an instant', async () => {
    const play = await tracedPlay(
      ...['servers/never-close.ts', 'clients/connect.ts', '--for', '2500'],
      ...['--gate', 'server:ack-of-syn-ack@500'],
    );
    const held = eventsOf(play, 'socket').find(({ socket }) => socket.state === 'SYN_RCVD');
    const [created, established] = traced(play).filter(
      (event) => 'from' in event && event.cookie === held?.socket.cookie,
    );
    expect(created).toMatchObject({ from: 'LISTEN', to: 'SYN_RCVD' });
    expect(established).toMatchObject({ from: 'SYN_RCVD', to: 'ESTABLISHED' });
    expect((created?.atMs ?? 0) - (held?.atMs ?? 0)).toBeGreaterThan(400);
    expect((established?.atMs ?? 0) - (created?.atMs ?? 0)).toBeLessThan(1);
  });

  test('a socket that no program holds any more is still traced, and has no inode in the tables', async () => {
    const play = await tracedPlay(
      ...['servers/never-close.ts', 'clients/close-and-exit.ts', '--gate', 'server:fin', '--for', '900'],
    );
    const orphan = eventsOf(play, 'socket').findLast(({ socket }) => socket.state === 'FIN_WAIT_1');
    expect(orphan).toMatchObject({ host: 'client', socket: { inode: 0 } });
    const ofOrphan = traced(play).filter(
      (event) => 'from' in event && event.cookie === orphan?.socket.cookie,
    );
    // The server's end is what it still goes through, with nobody there.
    expect(ofOrphan.at(-1)).toMatchObject({ from: 'FIN_WAIT_1' });
    expect(ofOrphan.at(-1)?.atMs).toBeGreaterThan(orphan?.atMs ?? Infinity);
  });

  test('each retransmission is traced when its segment is seen', async () => {
    const play = await tracedPlay(
      ...['servers/never-close.ts', 'clients/half-close.ts', '--gate', 'server:fin@700', '--for', '1500'],
    );
    const [first, ...again] = eventsOf(play, 'segment').filter(
      ({ from, segment }) => from === 'client' && segment.flags.includes('F'),
    );
    const told = traced(play).filter(({ tracepoint }) => tracepoint === 'tcp_retransmit_skb');
    expect(first).toBeDefined();
    expect(again.length).toBeGreaterThan(0);
    expect(told).toHaveLength(again.length);
    for (const [n, { atMs }] of told.entries())
      expect(Math.abs(atMs - (again[n]?.atMs ?? 0))).toBeLessThan(50);
  });

  test('each SYN-ACK that is sent again is told of the half-open row, which is all there is of it', async () => {
    const play = await tracedPlay(
      ...['servers/never-close.ts', 'clients/connect.ts', '--gate', 'server:ack-of-syn-ack', '--for', '2500'],
    );
    const half = eventsOf(play, 'socket').find(({ socket }) => socket.state === 'SYN_RCVD');
    const [, ...again] = eventsOf(play, 'segment').filter(({ segment }) => segment.flags === 'S.');
    const told = traced(play).filter(({ tracepoint }) => tracepoint === 'tcp_retransmit_synack');
    expect(again.length).toBeGreaterThan(0);
    expect(told.map(({ cookie }) => cookie)).toEqual(again.map(() => half?.socket.cookie));
    for (const [n, { atMs }] of told.entries())
      expect(Math.abs(atMs - (again[n]?.atMs ?? 0))).toBeLessThan(50);
  });

  test('over IPv6 as well', async () => {
    const held = ['--gate', 'server:fin@300'] as const;
    const play = await tracedPlay('servers/echo.ts', 'clients/close.ts', '--ipv6', ...held);
    expect(transitions(play, 'client')).toHaveLength(5);
    expect(transitions(play, 'server')).toHaveLength(5);
    expect(traced(play)[0]?.local.address).toBe('2001:db8::2');
  });

  test('what was traced has a socket that sock_diag saw on the same host, with the same ends', async () => {
    const play = await tracedPlay(...['servers/echo.ts', 'clients/same-port.ts', '--for', '1000']);
    const seen = new Set(
      eventsOf(play, 'socket').map(({ host, socket: { cookie, local, remote } }) =>
        JSON.stringify({ host, cookie, local, remote }),
      ),
    );
    expect(traced(play).length).toBeGreaterThan(8);
    for (const { host, cookie, local, remote } of traced(play)) {
      expect(seen).toContain(JSON.stringify({ host, cookie, local, remote }));
    }
  });

  test('runs side by side with the very same addresses and ports get only their own', async () => {
    // All alive together, so only their ends can tell them apart.
    const args = ['servers/echo.ts', 'clients/same-port.ts', '--for', '1000'] as const;
    const plays = await Promise.all([1, 2, 3, 4].map(() => tracedPlay(...args)));
    for (const play of plays) {
      const opened = traced(play).filter((event) => 'from' in event && event.to === 'SYN_SENT');
      const syns = eventsOf(play, 'segment').filter(({ segment }) => segment.flags === 'S');
      expect(syns.length).toBeGreaterThan(0);
      expect(opened).toHaveLength(syns.length);
      // A SYN is on this run's own wire within a moment of what was traced.
      for (const [n, { atMs }] of opened.entries()) {
        expect((syns[n]?.atMs ?? 0) - atMs).toBeGreaterThan(-0.05);
        expect((syns[n]?.atMs ?? 0) - atMs).toBeLessThan(1);
      }
      expect(play.header.trace).toMatchObject({ mistaken: 0 });
    }
  });
});

test('without --trace nothing is traced', async () => {
  const { document } = await playJson('servers/echo.ts', 'clients/close.ts');
  expect(traced(document)).toEqual([]);
  expect(document.header).not.toHaveProperty('trace');
});
