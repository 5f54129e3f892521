import { expect, test } from 'vitest';
import { STATES, type State } from '../../lab/tcp/states.ts';
import { isTransition, RESETS, reachable, TRANSITIONS, transitionsFrom } from '../../lab/tcp/transitions.ts';

// RFC 9293 figure 5 copied edge by edge, with the one its note 2 adds.
const FIGURE = `
CLOSED LISTEN           passive OPEN            -
CLOSED SYN_SENT         active OPEN             SYN
LISTEN CLOSED           CLOSE                   -
LISTEN SYN_RCVD         rcv SYN                 SYN,ACK
LISTEN SYN_SENT         SEND                    SYN
SYN_SENT CLOSED         CLOSE                   -
SYN_SENT SYN_RCVD       rcv SYN                 SYN,ACK
SYN_SENT ESTABLISHED    rcv SYN,ACK             ACK
SYN_RCVD ESTABLISHED    rcv ACK of SYN          -
SYN_RCVD FIN_WAIT_1     CLOSE                   FIN
SYN_RCVD LISTEN         rcv RST                 -
ESTABLISHED FIN_WAIT_1  CLOSE                   FIN
ESTABLISHED CLOSE_WAIT  rcv FIN                 ACK
FIN_WAIT_1 FIN_WAIT_2   rcv ACK of FIN          -
FIN_WAIT_1 CLOSING      rcv FIN                 ACK
FIN_WAIT_1 TIME_WAIT    rcv FIN,ACK of FIN      ACK
FIN_WAIT_2 TIME_WAIT    rcv FIN                 ACK
CLOSING TIME_WAIT       rcv ACK of FIN          -
CLOSE_WAIT LAST_ACK     CLOSE                   FIN
LAST_ACK CLOSED         rcv ACK of FIN          -
TIME_WAIT CLOSED        timeout 2MSL            -
`;

test('the table is the figure: 21 rows, each edge once', () => {
  const rows = TRANSITIONS.map(({ from, to, event, sends }) => [`${from} ${to}`, event, sends || '-']);
  const figure = FIGURE.trim().split('\n');
  expect(rows).toHaveLength(21);
  expect(rows).toEqual(figure.map((line) => line.split(/ {2,}/)));
  expect(new Set(rows.map(([edge]) => edge)).size).toBe(21);
});

test('every row names the section of its user call, segment or timeout', () => {
  const sections = { 'passive OPEN': '3.10.1', SEND: '3.10.2', CLOSE: '3.10.4', 'timeout 2MSL': '3.10.8' };
  for (const { event, section, from } of [...TRANSITIONS, ...RESETS]) {
    if (event === 'active OPEN') expect(section).toBe('3.10.1');
    else if (event in sections) expect(section).toBe(sections[event as keyof typeof sections]);
    else if (from === 'LISTEN') expect(section).toBe('3.10.7.2');
    else expect(section).toBe(from === 'SYN_SENT' ? '3.10.7.3' : '3.10.7.4');
  }
});

test('every state can be reached from CLOSED, and leads back to it', () => {
  for (const state of STATES) {
    expect(reachable('CLOSED', state)?.at(-1)).toBe(state);
    expect(reachable(state, 'CLOSED')?.at(-1)).toBe('CLOSED');
  }
});

test('a path takes only steps of the figure and none is shorter', () => {
  // Naive twin: distances by relaxing every edge until nothing changes (Bellman-Ford).
  for (const from of STATES) {
    const distance = new Map<State, number>([[from, 0]]);
    for (let round = 0; round < STATES.length; round++) {
      for (const edge of TRANSITIONS) {
        const through = (distance.get(edge.from) ?? Infinity) + 1;
        if (through < (distance.get(edge.to) ?? Infinity)) distance.set(edge.to, through);
      }
    }
    for (const to of STATES) {
      const path = reachable(from, to) ?? [];
      expect(path.length - 1).toBe(distance.get(to));
      for (const [i, state] of path.slice(1).entries()) {
        expect(transitionsFrom(path[i] as State).map((edge) => edge.to)).toContain(state);
      }
    }
  }
});

test('shortest paths people know', () => {
  expect(reachable('CLOSED', 'CLOSE_WAIT')).toEqual(['CLOSED', 'SYN_SENT', 'ESTABLISHED', 'CLOSE_WAIT']);
  expect(reachable('LISTEN', 'LISTEN')).toEqual(['LISTEN']);
  expect(reachable('ESTABLISHED', 'LAST_ACK')).toEqual(['ESTABLISHED', 'CLOSE_WAIT', 'LAST_ACK']);
});

test('an RST closes every state that has a peer; CLOSED and LISTEN have none', () => {
  expect(RESETS.every(({ to, event }) => to === 'CLOSED' && event === 'rcv RST')).toBe(true);
  expect(RESETS.map(({ from }) => from)).toEqual(
    STATES.filter((state) => state !== 'CLOSED' && state !== 'LISTEN'),
  );
});

test('isTransition knows both lists and nothing else', () => {
  const edges = new Set([...TRANSITIONS, ...RESETS].map(({ from, to }) => `${from} ${to}`));
  for (const from of STATES) {
    for (const to of STATES) expect(isTransition(from, to), `${from} ${to}`).toBe(edges.has(`${from} ${to}`));
  }
  expect(isTransition('ESTABLISHED', 'CLOSED')).toBe(true);
  expect(isTransition('LISTEN', 'ESTABLISHED')).toBe(false);
  expect(isTransition('ESTABLISHED', 'ESTABLISHED')).toBe(false);
});
