import { expect, test } from 'vitest';
import type { SocketRecord } from '../../lab/observe/sock-diag.ts';
import type { Hit } from '../../lab/observe/trace-hit.ts';
import { Lives } from '../../lab/observe/trace-lives.ts';
import type { State } from '../../lab/tcp/states.ts';

const CLIENT = '198.18.0.1';
const SERVER = '198.18.0.2';
const ADDRESSES = new Set([CLIENT, SERVER]);

/** A run's lives, and what was tied so far, as `cookie: FROM → TO`. */
function setup() {
  const tied: string[] = [];
  const lives = new Lives<string>(({ what }, { owner, socket: { cookie } }) => {
    const words = 'from' in what ? `${what.from} → ${what.to}` : what.tracepoint;
    tied.push(`${owner} ${cookie}: ${words}`);
  });
  let clock = 0n;
  return {
    lives,
    tied,
    add: (structure: bigint, port: number, what: Hit['what'], cookie?: string): void => {
      clock += 1n;
      const ends = { local: { address: CLIENT, port }, remote: { address: SERVER, port: 8_080 } };
      const hit = { atNs: clock, socket: structure, ...ends, what };
      lives.add(cookie === undefined ? hit : { ...hit, cookie }, true);
    },
    see: (cookie: string, port: number, state: State, owner = 'ours'): void => {
      lives.see({ owner, host: 'client', socket: row(cookie, port, state) });
    },
    get leftOut(): number {
      return lives.leftOut(ADDRESSES, 0n);
    },
  };
}

function row(cookie: string, port: number, state: State): SocketRecord {
  return {
    ...{ cookie, state, local: { address: CLIENT, port }, remote: { address: SERVER, port: 8_080 } },
    ...{ receiveQueue: 0, sendQueue: 0, timer: 'none', timerMs: 0, retransmits: 0, uid: 0, inode: 1 },
  };
}

const change = (from: State, to: State): Hit['what'] => ({ tracepoint: 'inet_sock_set_state', from, to });
const DESTROYED: Hit['what'] = { tracepoint: 'tcp_destroy_sock' };

test('a SYN-ACK that is sent again is told of the half-open row with its ends, if only one run has one', () => {
  const { lives, add, tied } = setup();
  const halfOpen = (cookie: string, owner: string): void =>
    lives.see({ owner, host: 'client', socket: { ...row(cookie, 5_000, 'SYN_RCVD'), inode: 0 } });
  halfOpen('a1', 'ours');
  add(9n, 5_000, { tracepoint: 'tcp_retransmit_synack' });
  expect(tied).toEqual(['ours a1: tcp_retransmit_synack']);
  halfOpen('b2', 'theirs');
  add(9n, 5_000, { tracepoint: 'tcp_retransmit_synack' });
  expect(tied).toHaveLength(1);
  lives.forget('theirs');
  add(9n, 5_000, { tracepoint: 'tcp_retransmit_synack' });
  expect(tied).toHaveLength(2);
});

test('a socket that has ended is told by its cookie, whoever else had its ports', () => {
  const { lives, add, see, tied } = setup();
  see('a1', 5_000, 'ESTABLISHED');
  for (const structure of [1n, 2n]) {
    add(structure, 0, change('CLOSED', 'SYN_SENT'));
    add(structure, 5_000, change('SYN_SENT', 'ESTABLISHED'));
  }
  lives.settle();
  expect(tied).toEqual([]);
  add(2n, 5_000, DESTROYED, 'b2');
  add(1n, 5_000, change('ESTABLISHED', 'CLOSED'));
  add(1n, 0, DESTROYED, 'a1');
  expect(tied).toEqual([
    'ours a1: CLOSED → SYN_SENT',
    'ours a1: SYN_SENT → ESTABLISHED',
    'ours a1: ESTABLISHED → CLOSED',
  ]);
  expect(lives.mistaken).toBe(0);
});

test('a living socket is told by its ports, when no other has them', () => {
  const run = setup();
  run.add(1n, 0, change('CLOSED', 'SYN_SENT'));
  run.add(1n, 5_000, change('SYN_SENT', 'ESTABLISHED'));
  run.add(2n, 5_001, change('SYN_SENT', 'ESTABLISHED'));
  run.see('a1', 5_000, 'ESTABLISHED');
  run.lives.settle();
  expect(run.tied).toEqual(['ours a1: CLOSED → SYN_SENT', 'ours a1: SYN_SENT → ESTABLISHED']);
  run.add(1n, 5_000, change('ESTABLISHED', 'FIN_WAIT_1'));
  expect(run.tied.at(-1)).toBe('ours a1: ESTABLISHED → FIN_WAIT_1');
  expect(run.leftOut).toBe(1);
});

test('of two living sockets with the same ports, neither is told, and both are counted', () => {
  const run = setup();
  for (const structure of [1n, 2n]) run.add(structure, 5_000, change('SYN_SENT', 'ESTABLISHED'));
  run.see('a1', 5_000, 'ESTABLISHED');
  run.lives.settle();
  expect(run.tied).toEqual([]);
  expect(run.leftOut).toBe(2);
});

test('when the other of the two ends, with a cookie that is not ours, ours is the one that is left', () => {
  const run = setup();
  for (const structure of [1n, 2n]) run.add(structure, 5_000, change('SYN_SENT', 'ESTABLISHED'));
  run.see('a1', 5_000, 'ESTABLISHED');
  run.add(1n, 5_000, DESTROYED, 'ff');
  run.lives.settle();
  expect(run.tied).toEqual(['ours a1: SYN_SENT → ESTABLISHED']);
});

test('a socket whose port is not chosen yet may be any that connects there', () => {
  const run = setup();
  run.add(1n, 0, change('CLOSED', 'SYN_SENT'));
  run.see('a1', 5_000, 'SYN_SENT');
  run.add(2n, 0, change('CLOSED', 'SYN_SENT'));
  run.lives.settle();
  expect(run.tied).toEqual([]);
  run.add(2n, 5_001, change('SYN_SENT', 'ESTABLISHED'));
  run.lives.settle();
  expect(run.tied).toEqual(['ours a1: CLOSED → SYN_SENT']);
});

test('a life that never was in the state sock_diag saw is not it', () => {
  const run = setup();
  run.add(1n, 5_000, change('CLOSED', 'SYN_SENT'));
  run.see('a1', 5_000, 'CLOSE_WAIT');
  run.lives.settle();
  expect(run.tied).toEqual([]);
});

test('a request is nothing to the tracepoint, so nothing is told of it', () => {
  const run = setup();
  run.add(1n, 5_000, change('LISTEN', 'SYN_RCVD'));
  run.lives.see({ owner: 'ours', host: 'server', socket: { ...row('a1', 5_000, 'SYN_RCVD'), inode: 0 } });
  run.lives.settle();
  expect(run.tied).toEqual([]);
});

test('a socket first seen in TIME_WAIT, perhaps with a new cookie, is told by its ports after its end', () => {
  const run = setup();
  run.add(1n, 5_000, change('SYN_SENT', 'ESTABLISHED'));
  run.add(1n, 5_000, change('FIN_WAIT_2', 'CLOSED'));
  run.add(1n, 5_000, DESTROYED, 'a0');
  run.see('a1', 5_000, 'TIME_WAIT');
  run.lives.settle();
  expect(run.tied).toHaveLength(2);
  expect(run.lives.mistaken).toBe(0);
});

test('a structure that is used again is another socket, also when its end was not recorded', () => {
  const run = setup();
  run.see('a1', 5_000, 'ESTABLISHED');
  run.add(1n, 5_000, change('SYN_SENT', 'ESTABLISHED'));
  run.lives.settle();
  run.add(1n, 0, change('CLOSED', 'SYN_SENT'));
  run.add(1n, 5_001, change('SYN_SENT', 'ESTABLISHED'));
  expect(run.tied).toEqual(['ours a1: SYN_SENT → ESTABLISHED']);
  expect(run.leftOut).toBe(2);
});

test('a structure whose beginning was not recorded is another socket when it has other ports', () => {
  const run = setup();
  run.see('a1', 5_000, 'ESTABLISHED');
  run.add(1n, 5_000, change('SYN_SENT', 'ESTABLISHED'));
  run.lives.settle();
  run.add(1n, 5_001, change('ESTABLISHED', 'CLOSE_WAIT'));
  expect(run.tied).toHaveLength(1);
});

test('what was tied to the wrong socket is found out at its end', () => {
  const run = setup();
  run.see('a1', 5_000, 'ESTABLISHED');
  run.add(1n, 5_000, change('SYN_SENT', 'ESTABLISHED'));
  run.lives.settle();
  run.add(1n, 5_000, DESTROYED, 'ff');
  expect(run.lives.mistaken).toBe(1);
});

test('each socket goes to the observation that saw it; one that has left gets no more', () => {
  const run = setup();
  run.see('a1', 5_000, 'ESTABLISHED', 'one');
  run.see('b1', 5_001, 'ESTABLISHED', 'two');
  run.add(1n, 5_000, change('SYN_SENT', 'ESTABLISHED'));
  run.add(2n, 5_001, change('SYN_SENT', 'ESTABLISHED'));
  run.lives.forget('one');
  run.lives.settle();
  expect(run.tied).toEqual(['two b1: SYN_SENT → ESTABLISHED']);
});

test('a reset of no socket is counted', () => {
  const run = setup();
  run.add(0n, 8_080, { tracepoint: 'tcp_send_reset', reason: 'NO_SOCKET' });
  expect(run.leftOut).toBe(1);
});
