import { attempt, call, report } from './calls.ts';

const TCP_ULP = 31;
report({
  stream: attempt('socket', 2, 1, 262),
  option: attempt('setsockopt', call('socket', 2, 1, 0), 6, TCP_ULP, 'mptcp', 5) === 'ok' ? 'ok' : 'EPERM',
});
