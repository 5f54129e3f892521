import { describe, expect, test } from 'vitest';
import { describeLife, livesOf } from '../../../lab/exercise/judge/life.ts';
import type { SocketEvent } from '../../../lab/observe/timeline.ts';
import { PAGE_PICTURES } from '../../../lab/report/page-pictures.ts';
import { figureMarkup } from '../../../lab/report/state-diagram.ts';
import { waysOfSeen } from '../../../lab/report/walk/seen.ts';
import { savedRun } from './saved.ts';

const ways = (seen: Record<string, string[]>): string[] =>
  waysOfSeen(seen).map(({ host, steps }) =>
    [host, ...steps.map(({ from, to, how }) => `${from} ${how === 'seen' ? '→' : '⇢'} ${to}`)].join(': '),
  );

describe('the ways of sockets out of the words of a record', () => {
  test('what a real run would leave in its record', () => {
    const { header, events } = savedRun('held-ack');
    const sockets = events.filter((event): event is SocketEvent => event.kind === 'socket');
    const endMs = events.at(-1)?.atMs ?? 0;
    const seen = header.hosts.map(({ name }) => [name, livesOf(name, sockets, endMs).map(describeLife)]);
    expect(ways(Object.fromEntries(seen))).toEqual([
      'client: CLOSED ⇢ SYN_SENT: SYN_SENT ⇢ ESTABLISHED: ESTABLISHED → FIN_WAIT_1',
      'server: CLOSED → LISTEN: LISTEN → CLOSED',
      'server: LISTEN → SYN_RCVD: SYN_RCVD ⇢ ESTABLISHED: ESTABLISHED ⇢ CLOSE_WAIT',
    ]);
  });

  test('how a connection began at a host that listens is open, unless it was in SYN_RCVD', () => {
    expect(ways({ peer: ['LISTEN for 1.0 s, to the end', 'ESTABLISHED for 1.0 s → gone'] })).toEqual([
      'peer: CLOSED → LISTEN',
      'peer',
    ]);
  });

  test('where nobody listens, two may have opened at the same time: only what is certain is told', () => {
    const lives = ['ESTABLISHED for 1.0 s → gone'];
    expect(ways({ one: lives, other: lives })).toEqual([
      'one: CLOSED ⇢ SYN_SENT',
      'other: CLOSED ⇢ SYN_SENT',
    ]);
  });

  test('what is no state is left out', () => {
    expect(waysOfSeen({ '<b>': ['<script> for 1.0 s → gone', '', 'LISTENING for 2 s'] })).toEqual([]);
    expect(PAGE_PICTURES.way({ client: [] })).toBeNull();
  });
});

test('a drawing on the figure has only what was walked, and escapes the names of hosts', () => {
  const drawn =
    PAGE_PICTURES.way({ '<b>&': ['SYN_SENT for 1.0 s → ESTABLISHED for 2.0 s, to the end'] }) ?? '';
  expect(drawn).toContain('<use href="#tcplab-figure"/>');
  expect(drawn.match(/data-edge=/g)).toHaveLength(2);
  expect(drawn).toContain('&lt;b&gt;&amp; 2');
  expect(drawn).not.toContain('<b>');
  expect(drawn.length).toBeLessThan(3_000);
  expect(figureMarkup().match(/data-edge=/g)).toHaveLength(21);
});
