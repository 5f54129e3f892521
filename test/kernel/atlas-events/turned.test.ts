import { afterEach, beforeEach, expect, test } from 'vitest';
import { CellError, type Measured } from '../../../lab/atlas/events/cell.ts';
import { eventCell } from '../../../lab/atlas/events/events.ts';
import { measureRow, type RowOptions } from '../../../lab/atlas/events/row.ts';
import { EventStage } from '../../../lab/atlas/events/stage.ts';
import { arrivalRule } from '../../../lab/tcp/arrival-rules.ts';
import { type Arrival, arrivingSegment } from '../../../lab/tcp/arrivals.ts';
import { seqAdd } from '../../../lab/tcp/sequence.ts';
import type { State } from '../../../lab/tcp/states.ts';

// No cell is filled from a table: with another segment than the cell's own, it turns.

let stage: EventStage;

beforeEach(async () => {
  stage = await EventStage.set();
});
afterEach(async () => await stage[Symbol.asyncDispose]());

test('an RST that misses RCV.NXT by one is challenged, and the connection stays', async () => {
  const turned = await measured('ESTABLISHED', 'RST exact', {
    provoke: (state, arrival, numbers) => {
      const segment = arrivingSegment(state, arrival, numbers);
      return { ...segment, seq: seqAdd(segment.seq, 1) };
    },
  });
  expect(turned).toMatchObject({ answer: 'challenge ACK', next: 'ESTABLISHED' });
  expect(judged('ESTABLISHED', 'RST exact', turned).agrees).toBe(false);
});

test('an ACK for SYN_RCVD with a wrong number is answered with RST, and the handshake is not complete', async () => {
  const turned = await measured('SYN_RCVD', 'ACK', {
    provoke: (state, arrival, numbers) => ({
      ...arrivingSegment(state, arrival, numbers),
      ack: seqAdd(numbers.sendNext, 7),
    }),
  });
  expect(turned).toMatchObject({ answer: 'RST', next: 'SYN_RCVD' });
  expect(judged('SYN_RCVD', 'ACK', turned).agrees).toBe(false);
});

test('a FIN beyond RCV.NXT is answered with an ACK that does not cover it', async () => {
  const turned = await measured('ESTABLISHED', 'FIN', {
    provoke: (state, arrival, numbers) => ({
      ...arrivingSegment(state, arrival, numbers),
      seq: seqAdd(numbers.receiveNext, 50),
    }),
  });
  expect(turned).toMatchObject({ answer: 'ACK', next: 'ESTABLISHED' });
});

test('without what provokes it, a LISTEN stays a LISTEN', async () => {
  const turned = await measured('LISTEN', 'SYN', {
    provoke: (_, __, numbers) => ({ flags: 'R', seq: numbers.irs }),
  });
  expect(turned).toMatchObject({ answer: 'nothing', next: 'LISTEN' });
});

test('a kernel that hears nothing gives no cell with "nothing" in it', async () => {
  expect(await measured('CLOSED', 'RST exact')).toMatchObject({ answer: 'nothing' });
  await stage.kernel.gates.drop('everything');
  const result = (await measureRow(stage, 'CLOSED', { arrivals: ['RST exact'] })).get('RST exact');
  expect(result).toBeInstanceOf(CellError);
  expect(judged('CLOSED', 'RST exact', result).problem).toMatch(
    /^Timed out after 5.0 s waiting for peer to see/,
  );
});

async function measured(state: State, arrival: Arrival, options: RowOptions = {}): Promise<Measured> {
  const result = (await measureRow(stage, state, { ...options, arrivals: [arrival] })).get(arrival);
  if (result === undefined || result instanceof CellError) throw result ?? new Error('no such cell');
  return result;
}

function judged(state: State, arriving: Arrival, result: Measured | CellError | undefined) {
  if (result === undefined) throw new Error('no such cell');
  return eventCell({ state, arriving }, arrivalRule(state, arriving), result);
}
