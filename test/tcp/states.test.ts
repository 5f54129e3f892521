import { expect, test } from 'vitest';
import { isState, kernelOfState, STATES, ssName, stateOfKernel, stateOfSs } from '../../lab/tcp/states.ts';

// enum in include/net/tcp_states.h, from 1 on.
const KERNEL_ORDER = [
  'ESTABLISHED',
  'SYN_SENT',
  'SYN_RCVD',
  'FIN_WAIT_1',
  'FIN_WAIT_2',
  'TIME_WAIT',
  'CLOSED',
  'CLOSE_WAIT',
  'LAST_ACK',
  'LISTEN',
  'CLOSING',
  'SYN_RCVD',
  'CLOSED',
];

test('every kernel number gives the state of tcp_states.h', () => {
  expect(KERNEL_ORDER.map((_, i) => stateOfKernel(i + 1))).toEqual(KERNEL_ORDER);
});

test.each([0, 14, -1, 1.5, Number.NaN])('kernel number %s does not exist', (n) => {
  expect(() => stateOfKernel(n)).toThrow(RangeError);
});

test('the kernel number and the ss name of every state lead back to it', () => {
  expect(STATES).toHaveLength(11);
  for (const state of STATES) {
    expect(stateOfKernel(kernelOfState(state))).toBe(state);
    expect(stateOfSs(ssName(state))).toBe(state);
  }
});

test.each([
  ['ESTAB', 'ESTABLISHED'],
  ['SYN-RECV', 'SYN_RCVD'],
  ['FIN-WAIT-2', 'FIN_WAIT_2'],
  ['UNCONN', 'CLOSED'],
])('ss prints %s for %s', (text, state) => {
  expect(stateOfSs(text)).toBe(state);
});

test.each(['ESTABLISHED', 'estab', '', 'State'])(
  "'%s' is no word of ss, and the error lists them",
  (text) => {
    expect(() => stateOfSs(text)).toThrow(/ESTAB.*CLOSING/);
  },
);

test('isState takes exactly the eleven names', () => {
  expect(STATES.every(isState)).toBe(true);
  expect(['SYN-RECV', 'established', '', 'toString', '__proto__'].some(isState)).toBe(false);
});
