import { beforeAll, describe, expect, test } from 'vitest';
import { type EventAtlas, type EventCell, measureEvents } from '../../../lab/atlas/events/events.ts';
import { ARRIVALS, type Arrival } from '../../../lab/tcp/arrivals.ts';
import { STATES, type State } from '../../../lab/tcp/states.ts';

let atlas: EventAtlas;

// Each run is a few seconds, and several times that beside other work.
const BUSY_MS = 60_000;

beforeAll(async () => {
  atlas = await measureEvents();
}, BUSY_MS);

test('all 121 cells are settled, in their order', () => {
  expect(atlas.cells.filter(({ agrees }) => agrees === null)).toEqual([]);
  expect(atlas.cells.map(({ state, arriving }) => [state, arriving])).toEqual(
    STATES.flatMap((state) => ARRIVALS.map((arriving) => [state, arriving])),
  );
});

test(
  'a second run has the same outcome in every cell, and so has one over IPv6',
  async () => {
    const first = outcomes(atlas);
    expect(outcomes(await measureEvents())).toEqual(first);
    expect(outcomes(await measureEvents({ ipv6: true }))).toEqual(first);
  },
  BUSY_MS,
);

describe('the evidence', () => {
  test('of every cell shows it in its state before, by its cookie, and what sock_diag and ss show after', () => {
    for (const { state, next, evidence } of every(atlas)) {
      expect(evidence?.before.state).toBe(state);
      expect(evidence?.before.cookie === null).toBe(state === 'CLOSED');
      expect(evidence?.after.state).toBe(next);
      if (next !== 'CLOSED') expect(evidence?.ss.join('\n')).toContain(`:${evidence?.port} `);
    }
  });

  test('of nothing is the answer to a later segment, and a count of one sent segment: that answer', () => {
    const silent = every(atlas).filter(({ answer, hastened }) => answer === 'nothing' && !hastened);
    expect(silent.length).toBeGreaterThan(20);
    for (const { evidence } of silent) {
      expect(evidence?.answers).toEqual([]);
      expect(evidence?.fence).toMatch(/^R seq \d+$/);
      expect(evidence?.counters.OutRsts).toBe(1);
      expect(evidence?.counters.OutSegs).toBeLessThanOrEqual(1 + (evidence?.beside.length ?? 0));
    }
  });

  test('of a challenge ACK is the kernel’s own count of them', () => {
    const challenged = every(atlas).filter(({ answer }) => answer === 'challenge ACK');
    expect(challenged.length).toBeGreaterThan(20);
    for (const { evidence } of challenged) expect(evidence?.counters.TCPChallengeACK).toBe(1);
  });

  test('of the same socket keeps its cookie', () => {
    const kept = ['ESTABLISHED', 'FIN_WAIT_1', 'FIN_WAIT_2', 'CLOSE_WAIT', 'CLOSING', 'LAST_ACK'];
    for (const { state, next, evidence } of atlas.cells) {
      if (!kept.includes(state) || next === 'CLOSED') continue;
      expect(evidence?.after.cookie).toBe(evidence?.before.cookie);
    }
  });
});

test.each<[State, Arrival, string, State]>([
  ['CLOSED', 'SYN', 'RST', 'CLOSED'],
  ['CLOSED', 'RST exact', 'nothing', 'CLOSED'],
  ['LISTEN', 'SYN', 'SYN+ACK', 'SYN_RCVD'],
  ['LISTEN', 'ACK', 'RST', 'LISTEN'],
  ['SYN_SENT', 'SYN', 'SYN+ACK', 'SYN_RCVD'],
  ['SYN_SENT', 'SYN+ACK', 'ACK', 'ESTABLISHED'],
  ['SYN_SENT', 'ACK of unsent', 'RST', 'SYN_SENT'],
  ['SYN_SENT', 'RST exact', 'nothing', 'CLOSED'],
  ['SYN_RCVD', 'ACK', 'nothing', 'ESTABLISHED'],
  ['SYN_RCVD', 'ACK of unsent', 'RST', 'SYN_RCVD'],
  ['SYN_RCVD', 'RST exact', 'nothing', 'LISTEN'],
  ['ESTABLISHED', 'data', 'ACK of data', 'ESTABLISHED'],
  ['ESTABLISHED', 'FIN', 'ACK of FIN', 'CLOSE_WAIT'],
  ['ESTABLISHED', 'RST in window', 'challenge ACK', 'ESTABLISHED'],
  ['ESTABLISHED', 'RST exact', 'nothing', 'CLOSED'],
  ['ESTABLISHED', 'RST outside', 'nothing', 'ESTABLISHED'],
  ['ESTABLISHED', 'SYN in window', 'challenge ACK', 'ESTABLISHED'],
  ['FIN_WAIT_1', 'ACK', 'nothing', 'FIN_WAIT_2'],
  ['FIN_WAIT_1', 'FIN', 'ACK of FIN', 'CLOSING'],
  ['FIN_WAIT_1', 'FIN+ACK', 'ACK of FIN', 'TIME_WAIT'],
  ['FIN_WAIT_2', 'FIN', 'ACK of FIN', 'TIME_WAIT'],
  ['CLOSING', 'ACK', 'nothing', 'TIME_WAIT'],
  ['LAST_ACK', 'ACK', 'nothing', 'CLOSED'],
  ['TIME_WAIT', 'FIN', 'ACK', 'TIME_WAIT'],
  ['TIME_WAIT', 'SYN in window', 'SYN+ACK', 'SYN_RCVD'],
])('%s × %s: %s, then %s', (state, arriving, answer, next) => {
  expect(cellOf(atlas, state, arriving)).toMatchObject({ answer, next, agrees: true });
});

test('a FIN starts the time of TIME_WAIT again, and an RST outside the window does not', () => {
  expect(cellOf(atlas, 'TIME_WAIT', 'FIN').restarted).toBe(true);
  expect(cellOf(atlas, 'TIME_WAIT', 'RST outside').restarted).toBe(false);
});

test('a FIN_WAIT_2 without a program answers data with an RST, one with a program acknowledges it', () => {
  const orphans = atlas.variants.find(({ name }) => name === 'FIN_WAIT_2 without a program');
  expect(orphans?.cells.find(({ arriving }) => arriving === 'data')).toMatchObject({
    answer: 'RST',
    next: 'CLOSED',
  });
  expect(cellOf(atlas, 'FIN_WAIT_2', 'data').answer).toBe('ACK of data');
});

test('the kernel’s limits on such answers are off, and the result says so', () => {
  expect(atlas.knobs).toMatchObject({ tcp_invalid_ratelimit: '0', tcp_challenge_ack_limit: '2147483647' });
});

test('the differences are the cells that do not agree', () => {
  const named = atlas.differences.flatMap(({ cells }) => cells);
  const differing = every(atlas).filter(({ agrees }) => agrees === false);
  expect(named).toHaveLength(differing.length);
  for (const { sentence } of atlas.differences) expect(sentence).toMatch(/^RFC \d+ .+\.$/);
});

function every({ cells, variants }: EventAtlas): EventCell[] {
  return [...cells, ...variants.flatMap((variant) => variant.cells)];
}

function outcomes(measured: EventAtlas) {
  return every(measured).map(
    ({ state, arriving, variant, sent, answer, next, hastened, restarted, problem }) => {
      return { state, arriving, variant, sent, answer, next, hastened, restarted, problem };
    },
  );
}

function cellOf({ cells }: EventAtlas, state: State, arriving: Arrival): EventCell {
  const cell = cells.find((each) => each.state === state && each.arriving === arriving);
  if (cell === undefined) throw new Error(`no cell ${state} × ${arriving}`);
  return cell;
}
