import { expect, test } from 'vitest';
import { synSchedule } from '../../lab/exercises/03-syn-sent/schedule.ts';

/**
 * As Linux 6.18 did it, in seconds, each seen with:
 * ./tcplab play - clients/connect.ts --gate server:syn --for 12000 --knob tcp_syn_retries=R --knob tcp_syn_linear_timeouts=L
 */
test.each([
  { retries: 1, linear: 0, sends: [0, 1], givesUp: 3 },
  { retries: 1, linear: 1, sends: [0, 1, 2], givesUp: 4 },
  { retries: 1, linear: 2, sends: [0, 1, 2], givesUp: 3 },
  { retries: 1, linear: 4, sends: [0, 1, 2], givesUp: 3 },
  { retries: 2, linear: 0, sends: [0, 1, 3], givesUp: 7 },
  { retries: 2, linear: 1, sends: [0, 1, 2, 4], givesUp: 8 },
  { retries: 2, linear: 4, sends: [0, 1, 2, 3, 4, 5], givesUp: 7 },
])('tcp_syn_retries=$retries and tcp_syn_linear_timeouts=$linear', ({ retries, linear, sends, givesUp }) => {
  const { sendsMs, givesUpMs } = synSchedule(retries, linear);
  expect(sendsMs).toEqual(sends.map((s) => s * 1_000));
  expect(givesUpMs).toBe(givesUp * 1_000);
});

test('the defaults give up where the documentation of the kernel says: after 131 s, or 127 s before Linux 6.5', () => {
  expect(synSchedule(6, 4).givesUpMs).toBe(131_000);
  expect(synSchedule(6, 0).givesUpMs).toBe(127_000);
});
