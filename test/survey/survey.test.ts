import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SocketRecord } from '../../lab/observe/sock-diag.ts';
import { countPeers, countStates } from '../../lab/survey/counts.ts';
import { halfOpenLimit, reservedIn } from '../../lab/survey/limits.ts';
import { Listeners } from '../../lab/survey/listeners.ts';
import type { Look } from '../../lab/survey/look.ts';
import { select } from '../../lab/survey/selection.ts';
import { type Memory, NOTHING_YET, survey } from '../../lab/survey/survey.ts';
import { STATES } from '../../lab/tcp/states.ts';
import { look, row, rows } from './rows.ts';

/** What is warned of after each of these looks. */
function warningsOf(...looks: Look[]): string[][] {
  let memory: Memory = NOTHING_YET;
  return looks.map((each) => {
    const next = survey(each, {}, memory);
    memory = next.memory;
    return next.survey.warnings.map(({ code, state, where }) =>
      [code, state, where].filter(Boolean).join(' '),
    );
  });
}

describe('counts', () => {
  test('every socket is counted once by state, and once by peer unless it listens', () => {
    const states = STATES.filter((state) => state !== 'LISTEN');
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...states), fc.ipV4(), fc.boolean())), (all) => {
        const sockets = all.map(([state, peer, mapped]) =>
          row(state, mapped ? `::ffff:10.0.0.1 80 ::ffff:${peer} 9` : `10.0.0.1 80 ${peer} 9`),
        );
        const byState = Object.values(countStates([...sockets, row('LISTEN', ':: 80')]));
        expect(byState.reduce((sum, count) => sum + count, 0)).toBe(sockets.length + 1);
        const peers = countPeers([...sockets, row('LISTEN', ':: 80')]);
        expect(Object.fromEntries(peers.map(({ address, sockets: count }) => [address, count]))).toEqual(
          Object.fromEntries(
            Map.groupBy(all, ([, peer]) => peer)
              .entries()
              .map(([peer, list]) => [peer, list.length]),
          ),
        );
      }),
    );
  });

  test('most sockets come first, and mapped addresses are with those they stand for', () => {
    const sockets = [
      row('ESTABLISHED', '10.0.0.1 80 10.0.0.9 1'),
      row('TIME_WAIT', '::ffff:10.0.0.1 80 ::ffff:10.0.0.2 1'),
      row('ESTABLISHED', '10.0.0.1 80 10.0.0.2 2'),
    ];
    expect(countPeers(sockets)).toEqual([
      { address: '10.0.0.2', sockets: 2, states: { ESTABLISHED: 1, TIME_WAIT: 1 } },
      { address: '10.0.0.9', sockets: 1, states: { ESTABLISHED: 1 } },
    ]);
  });
});

test.each([
  ['', 0],
  ['8080', 0],
  ['40000', 1],
  ['39990-40009,40049-50000', 11],
])('of the ports 40000 to 40049 the list "%s" reserves %i', (list, count) => {
  expect(reservedIn(list, 40_000, 40_049)).toBe(count);
});

test.each([
  [1, 511, 512],
  [0, 511, 512],
  [0, 8_000, 3_073],
  [2, 511, undefined],
])('with tcp_syncookies=%i a backlog of %i holds %s half-open connections', (synCookies, backlog, limit) => {
  expect(halfOpenLimit(backlog, look([], { limits: { synCookies } }).limits)).toBe(limit);
});

describe('listeners', () => {
  test('a request belongs to the listener of its address, then of every address, of its family', () => {
    const sockets = [
      row('LISTEN', '10.0.0.1 80'),
      row('LISTEN', '0.0.0.0 80'),
      row('LISTEN', ':: 80'),
      ...rows(1, 'SYN_RCVD', '10.0.0.1 80'),
      ...rows(2, 'SYN_RCVD', '10.0.0.2 80'),
      row('SYN_RCVD', '::ffff:10.0.0.1 80 ::ffff:10.0.0.3 9'),
      // A simultaneous open has a descriptor, and belongs to no listener.
      ...rows(1, 'SYN_RCVD', '10.0.0.1 80', { inode: 5 }),
    ];
    const { all } = new Listeners(sockets, look([]).limits);
    expect(all.map(({ local, halfOpen }) => [local.address, halfOpen])).toEqual([
      ['0.0.0.0', 2],
      ['10.0.0.1', 1],
      ['::', 1],
    ]);
  });

  test('the queues of sockets that share an address are added up', () => {
    const sockets = [3, 0].map((receiveQueue) =>
      row('LISTEN', '10.0.0.1 80', { receiveQueue, sendQueue: 2, inode: receiveQueue + 1 }),
    );
    expect(new Listeners(sockets, look([]).limits).all).toMatchObject([
      { sockets: 2, full: 1, acceptQueue: 3, acceptLimit: 4, halfOpenLimit: 6, inodes: [4, 1] },
    ]);
  });
});

describe('of a process', () => {
  const listening = row('LISTEN', '0.0.0.0 80', { inode: 1 });
  const accepted = row('ESTABLISHED', '10.0.0.1 80 10.0.0.2 1', { inode: 2 });
  const foreign = row('ESTABLISHED', '10.0.0.1 80 10.0.0.2 2', { inode: 3 });
  const waiting = [
    row('SYN_RCVD', '10.0.0.1 80 10.0.0.2 3'),
    row('ESTABLISHED', '10.0.0.1 80 10.0.0.2 4'),
    row('CLOSE_WAIT', '10.0.0.1 80 10.0.0.2 5'),
  ];
  const unowned = [
    row('TIME_WAIT', '10.0.0.1 80 10.0.0.2 6'),
    row('TIME_WAIT', '10.0.0.1 40000 10.0.0.2 80'),
    row('LAST_ACK', '10.0.0.1 80 10.0.0.2 7'),
    row('FIN_WAIT_2', '10.0.0.1 40001 10.0.0.2 80'),
  ];
  const all = [listening, accepted, foreign, ...waiting, ...unowned];
  const inodes = new Set([1, 2]);

  test('what it holds, and what waits in the queues of its listeners; what nobody holds is counted apart', () => {
    const { sockets, unattributed } = select(look(all), { inodes });
    expect(sockets).toEqual([listening, accepted, ...waiting]);
    expect(unattributed).toEqual({
      timeWait: 2,
      orphans: 2,
      onItsPorts: { timeWait: 1, orphans: 1 },
      shared: 0,
    });
  });

  test('where others listen at the same address, what waits is nobody’s', () => {
    const other = row('LISTEN', '0.0.0.0 80', { inode: 9 });
    const { sockets, unattributed } = select(look([...all, other]), { inodes });
    expect(sockets).toEqual([listening, accepted]);
    expect(unattributed?.shared).toBe(3);
  });

  test('a port is the local or the remote one', () => {
    expect(select(look(all), { port: 40_001 }).sockets).toEqual([unowned[3]]);
    expect(select(look(all), { port: 80 }).sockets).toEqual(all);
  });
});

describe('growth', () => {
  const listening = row('LISTEN', '10.0.0.1 80', { inode: 1 });
  const leak = rows(100, 'CLOSE_WAIT', '10.0.0.1 80', { inode: 7 });
  const at = (...sockets: readonly SocketRecord[]): Look => look([listening, ...sockets]);
  const grows = 'growing CLOSE_WAIT port 80';

  test.each<[string, Look[], boolean]>([
    ['one look', [at(...leak)], false],
    ['two looks', [at(), at(...leak)], false],
    ['a burst that stays', [at(), at(...leak), at(...leak), at(...leak)], false],
    ['many that are merely there', Array.from({ length: 8 }, () => at(...leak)), false],
    ['more each time, and they stay', [at(), at(...leak.slice(0, 2)), at(...leak.slice(0, 4))], true],
    ['more each time, but others', [at(), at(...leak.slice(0, 9)), at(...leak.slice(20, 40))], false],
    ['slowly', Array.from({ length: 10 }, (_, n) => at(...leak.slice(0, 5 + Math.floor(n / 3)))), true],
  ])('%s', (_what, looks, expected) => {
    expect(warningsOf(...looks).at(-1)).toEqual(expected ? [grows] : []);
  });

  test('a leak is found beside a service whose sockets come and go', () => {
    const client = (n: number) =>
      rows(20, 'CLOSE_WAIT', '10.0.0.1 5000').map((each) => ({ ...each, cookie: `${n}${each.cookie}` }));
    const looks = [0, 1, 2, 3].map((n) => at(...leak.slice(0, 5 * n), ...client(n)));
    expect(warningsOf(...looks).at(-1)).toEqual([grows]);
  });

  test('connections to many destinations grow together', () => {
    const out = Array.from({ length: 30 }, (_, n) =>
      row('SYN_SENT', `10.0.0.1 ${50_000 + n} 10.9.0.${n + 1} 80`),
    );
    const looks = [0, 1, 2].map((n) => at(...out.slice(0, 10 * n)));
    expect(warningsOf(...looks).at(-1)).toEqual(['growing SYN_SENT']);
  });

  test('FIN_WAIT_2 that a program holds is told from orphans', () => {
    const wait = (inode: number) => rows(9, 'FIN_WAIT_2', '10.0.0.1 80', { inode });
    for (const [inode, words] of [
      [0, 'no process holds'],
      [7, 'keeps the descriptors'],
    ] as const) {
      const all = wait(inode);
      let memory: Memory = NOTHING_YET;
      for (const n of [0, 4, 9]) {
        const next = survey(at(...all.slice(0, n)), {}, memory);
        memory = next.memory;
        if (n === 9)
          expect(next.survey.warnings.map(({ why }) => why)).toEqual([expect.stringContaining(words)]);
      }
    }
  });
});

describe('limits', () => {
  test('half-open connections near their limit, and a full accept queue, are seen by one look', () => {
    const listening = row('LISTEN', '10.0.0.1 80', { sendQueue: 9 });
    expect(warningsOf(look([listening, ...rows(7, 'SYN_RCVD', '10.0.0.1 80')]))).toEqual([[]]);
    expect(warningsOf(look([listening, ...rows(8, 'SYN_RCVD', '10.0.0.1 80')]))).toEqual([
      ['half-open-near-limit SYN_RCVD port 80'],
    ]);
    expect(warningsOf(look([row('LISTEN', '10.0.0.1 80', { receiveQueue: 9, sendQueue: 9 })]))).toEqual([[]]);
    expect(warningsOf(look([row('LISTEN', '10.0.0.1 80', { receiveQueue: 10, sendQueue: 9 })]))).toEqual([
      ['accept-queue-full LISTEN port 80'],
    ]);
  });

  test('ports are used up by destination, and a port on which somebody listens is none of them', () => {
    const limits = { ports: [40_000, 40_009] as const };
    const out = (count: number, to: string) =>
      Array.from({ length: count }, (_, n) => row('TIME_WAIT', `10.0.0.1 ${40_000 + n} ${to}`));
    const both = [...out(7, '10.0.0.2 80'), ...out(7, '10.0.0.3 80')];
    expect(warningsOf(look(both, { limits }))).toEqual([[]]);
    expect(warningsOf(look(out(8, '10.0.0.2 80'), { limits }))).toEqual([
      ['ports-near-limit TIME_WAIT to 10.0.0.2:80'],
    ]);
    const server = [row('LISTEN', '10.0.0.1 40001'), ...rows(9, 'TIME_WAIT', '10.0.0.1 40001')];
    expect(warningsOf(look(server, { limits }))).toEqual([[]]);
    expect(warningsOf(look(out(4, '10.0.0.2 80'), { limits: { timeWait: 5 } }))).toEqual([
      ['time-wait-near-limit TIME_WAIT'],
    ]);
  });

  test('what the kernel counts is told when it rises while one looks', () => {
    const counted = (ListenOverflows: number, at: number): Look =>
      look([], { at, counters: { ListenOverflows } });
    expect(warningsOf(counted(7, 0), counted(7, 1_000), counted(9, 2_000))).toEqual([
      [],
      [],
      ['accept-queue-overflows LISTEN'],
    ]);
  });
});
