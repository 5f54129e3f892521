import { expect, test } from 'vitest';
import { ssCells } from '../../../lab/dashboard/page/ss-cells.ts';
import type { SocketRecord } from '../../../lab/observe/sock-diag.ts';

const socket: SocketRecord = {
  cookie: 'a1',
  state: 'SYN_RCVD',
  local: { address: '198.18.0.2', port: 8080 },
  remote: { address: '198.18.0.1', port: 42548 },
  receiveQueue: 0,
  sendQueue: 0,
  timer: 'retransmit',
  timerMs: 980,
  retransmits: 1,
  uid: 0,
  inode: 0,
};

test('a row has the words of ss', () => {
  expect(ssCells(socket)).toEqual({
    state: 'SYN-RECV',
    receive: '0',
    send: '0',
    local: '198.18.0.2:8080',
    peer: '198.18.0.1:42548',
    timer: 'timer:(on,980ms,1)',
  });
});

test('a listener has no peer, and an IPv6 address is in brackets', () => {
  const listener: SocketRecord = {
    ...socket,
    state: 'LISTEN',
    local: { address: '2001:db8::2', port: 80 },
    remote: { address: '::', port: 0 },
    timer: 'none',
  };
  expect(ssCells(listener)).toMatchObject({
    state: 'LISTEN',
    local: '[2001:db8::2]:80',
    peer: '[::]:*',
    timer: '',
  });
});

// Each as print_ms_timer of iproute2 has it.
test.each([
  ['time-wait', 59_000, 'timer:(timewait,59sec,0)'],
  ['time-wait', 60_000, 'timer:(timewait,1min,0)'],
  ['keepalive', 7_140_000, 'timer:(keepalive,119min,0)'],
  ['keepalive', 95_500, 'timer:(keepalive,1min35sec,0)'],
  ['retransmit', 1_020, 'timer:(on,1.020ms,0)'],
  ['probe', 3_000, 'timer:(persist,3sec,0)'],
] as const)('the timer %s at %d ms is %s', (timer, timerMs, text) => {
  expect(ssCells({ ...socket, timer, timerMs, retransmits: 0 }).timer).toBe(text);
});
