import { describe, expect, test } from 'vitest';
import { arrivalRule } from '../../lab/tcp/arrival-rules.ts';
import { ARRIVALS } from '../../lab/tcp/arrivals.ts';
import { STATES, type State } from '../../lab/tcp/states.ts';
import { isTransition, transitionsFrom } from '../../lab/tcp/transitions.ts';

const CELLS = STATES.flatMap((state) => ARRIVALS.map((arrival) => ({ state, arrival })));
const SYNCHRONIZED = STATES.slice(STATES.indexOf('ESTABLISHED'));

test('there are 121 cells, and each names its section', () => {
  expect(CELLS).toHaveLength(121);
  for (const { state, arrival } of CELLS)
    expect(arrivalRule(state, arrival).section).toMatch(/^RFC (9293 3\.10\.7\.[1-4]|5961 [34]\.2)/);
});

test.each(CELLS)('$state × $arrival leads where figure 5 or an RST leads, in two steps at most', (cell) => {
  const { next, otherwise } = arrivalRule(cell.state, cell.arrival);
  expect(isWithinTwoSteps(cell.state, next)).toBe(true);
  // Only TIME_WAIT may begin a new connection, which the figure does not draw.
  if (otherwise !== undefined && cell.state !== 'TIME_WAIT')
    expect(isWithinTwoSteps(cell.state, otherwise.next)).toBe(true);
});

test('no RST is ever answered with an RST', () => {
  for (const { state, arrival } of CELLS.filter((cell) => cell.arrival.startsWith('RST')))
    expect(arrivalRule(state, arrival).answer).not.toBe('RST');
});

describe.each(SYNCHRONIZED)('in %s', (state) => {
  test('an RST ends it when exact, is challenged in the window, and is dropped outside', () => {
    expect(arrivalRule(state, 'RST exact')).toMatchObject({
      answer: 'nothing',
      next: 'CLOSED',
      demand: 'MUST',
    });
    expect(arrivalRule(state, 'RST in window')).toMatchObject({ answer: 'challenge ACK', next: state });
    expect(arrivalRule(state, 'RST outside')).toMatchObject({ answer: 'nothing', next: state });
  });

  test('any SYN is challenged, which RFC 5961 says one SHOULD', () => {
    for (const arrival of ['SYN', 'SYN+ACK', 'SYN in window'] as const)
      expect(arrivalRule(state, arrival)).toMatchObject({
        answer: 'challenge ACK',
        next: state,
        demand: 'SHOULD',
        section: 'RFC 5961 4.2',
      });
  });
});

test('SYN_RCVD goes back to LISTEN after a passive OPEN and is CLOSED after an active one', () => {
  expect(arrivalRule('SYN_RCVD', 'RST exact').next).toBe('LISTEN');
  expect(arrivalRule('SYN_RCVD', 'RST exact', 'active OPEN').next).toBe('CLOSED');
  expect(arrivalRule('SYN_RCVD', 'SYN in window').next).toBe('LISTEN');
  expect(arrivalRule('SYN_RCVD', 'SYN in window', 'active OPEN').answer).toBe('challenge ACK');
});

test('after a half-duplex CLOSE data is answered with an RST', () => {
  expect(arrivalRule('FIN_WAIT_2', 'data').answer).toBe('ACK of data');
  expect(arrivalRule('FIN_WAIT_2', 'data', 'half-duplex CLOSE')).toMatchObject({
    answer: 'RST',
    next: 'CLOSED',
    demand: 'SHOULD',
  });
});

test('only a FIN starts the time of TIME_WAIT again', () => {
  const restarting = CELLS.filter(({ state, arrival }) => arrivalRule(state, arrival).restarts);
  expect(restarting).toEqual([
    { state: 'TIME_WAIT', arrival: 'FIN' },
    { state: 'TIME_WAIT', arrival: 'FIN+ACK' },
  ]);
});

function isWithinTwoSteps(from: State, to: State): boolean {
  return (
    from === to || isTransition(from, to) || transitionsFrom(from).some((step) => isTransition(step.to, to))
  );
}
