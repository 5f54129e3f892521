import { expect, test } from 'vitest';
import { Table } from '../../../lab/dashboard/runner/tables.ts';
import type { SocketRecord } from '../../../lab/observe/sock-diag.ts';
import type { Look } from '../../../lab/observe/witness.ts';
import type { State } from '../../../lab/tcp/states.ts';

function socket(n: number, state: State, timerMs = 0): SocketRecord {
  const end = { address: '198.18.0.1', port: 1_000 + n };
  return {
    cookie: n.toString(16),
    state,
    local: end,
    remote: end,
    receiveQueue: 0,
    sendQueue: 0,
    timer: timerMs > 0 ? 'on' : 'none',
    timerMs,
    retransmits: 0,
    uid: 0,
    inode: 1,
  } as SocketRecord;
}

function told(looks: readonly Look[]): number[] {
  const times: number[] = [];
  const table = new Table(({ atMs }) => times.push(atMs));
  for (const look of looks) table.see(look);
  table.last();
  return times;
}

test('a change of state is told at once, the same table again after a second', () => {
  const at = (atMs: number, state: State): Look => ({ atMs, beganMs: atMs, sockets: [socket(1, state)] });
  expect(told([at(0, 'LISTEN'), at(5, 'LISTEN'), at(10, 'SYN_RCVD'), at(15, 'ESTABLISHED')])).toEqual([
    0, 10, 15,
  ]);
  expect(told([0, 400, 999, 1_000, 1_500].map((atMs) => at(atMs, 'LISTEN')))).toEqual([0, 1_000, 1_500]);
});

test('timers are told five times a second, and the last look of all', () => {
  const looks = Array.from({ length: 101 }, (_, n) => ({
    atMs: 5 * n,
    beganMs: 5 * n,
    sockets: [socket(1, 'SYN_SENT', 9_000 - n)],
  }));
  expect(told(looks)).toEqual([0, 200, 400, 500]);
});

test('a host with a long table is looked at again only when its table can be told, and the last look is its last', async () => {
  const long = (n: number): Look => ({
    atMs: n,
    beganMs: n,
    sockets: Array.from({ length: 1_001 }, (_, m) => socket(m, 'TIME_WAIT', n)),
  });
  const watchers = new Set<(look: Look) => void>();
  const seen: number[] = [];
  const table = new Table(({ atMs }) => seen.push(atMs));
  const witness = {
    latest: long(7),
    isOver: false,
    watch(watcher: (look: Look) => void) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
  table.watch(witness);
  for (const watcher of watchers) watcher(long(1));
  expect(watchers.size).toBe(0);
  await expect.poll(() => watchers.size, { timeout: 5_000 }).toBe(1);
  table.last();
  expect(seen).toEqual([1, 7]);
});

test('of a table of a thousand rows every change together is told about once a second', () => {
  const looks = Array.from({ length: 400 }, (_, n) => ({
    atMs: 5 * n,
    beganMs: 5 * n,
    sockets: Array.from({ length: 1_000 + n }, (_, m) => socket(m, 'TIME_WAIT', 1)),
  }));
  const times = told(looks);
  expect(times.length).toBeLessThanOrEqual(4);
  expect(times.at(-1)).toBe(5 * 399);
});
