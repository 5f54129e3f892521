import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ARRIVALS, arrivingSegment, type Numbers } from '../../lab/tcp/arrivals.ts';
import { parseFlags } from '../../lab/tcp/flags.ts';
import { seqAdd, seqAfter, seqInWindow } from '../../lab/tcp/sequence.ts';
import { STATES } from '../../lab/tcp/states.ts';

const WINDOW = 65_535;
const number = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const numbers: fc.Arbitrary<Numbers> = fc
  .record({ irs: number, iss: number, received: fc.nat(9), sent: fc.nat(9), finUnacknowledged: fc.boolean() })
  .map(({ irs, iss, received, sent, finUnacknowledged }) => ({
    irs,
    iss,
    receiveNext: seqAdd(irs, 1 + received),
    sendNext: seqAdd(iss, 1 + sent),
    finUnacknowledged,
  }));

test('an RST or SYN in the window is in it and not exact, an RST outside is not in it', () => {
  fc.assert(
    fc.property(numbers, (given) => {
      const { receiveNext } = given;
      for (const arrival of ['RST in window', 'SYN in window'] as const) {
        const { seq } = arrivingSegment('ESTABLISHED', arrival, given);
        expect(seqInWindow(seq, receiveNext, WINDOW)).toBe(true);
        expect(seq).not.toBe(receiveNext);
      }
      expect(arrivingSegment('ESTABLISHED', 'RST exact', given).seq).toBe(receiveNext);
      const outside = arrivingSegment('ESTABLISHED', 'RST outside', given).seq;
      expect(seqInWindow(outside, receiveNext, WINDOW)).toBe(false);
    }),
  );
});

test('an acknowledgment of something never sent is after SND.NXT, every other one is not', () => {
  fc.assert(
    fc.property(
      numbers,
      fc.constantFrom(...STATES),
      fc.constantFrom(...ARRIVALS),
      (given, state, arrival) => {
        const { ack } = arrivingSegment(state, arrival, given);
        if (ack === undefined) return;
        const unsent = arrival === 'ACK of unsent' || arrival === 'RST outside';
        expect(seqAfter(ack, given.sendNext)).toBe(unsent);
      },
    ),
  );
});

test('an ACK number stands only beside the ACK flag', () => {
  fc.assert(
    fc.property(
      numbers,
      fc.constantFrom(...STATES),
      fc.constantFrom(...ARRIVALS),
      (given, state, arrival) => {
        const { flags, ack } = arrivingSegment(state, arrival, given);
        expect((parseFlags(flags) & parseFlags('.')) !== 0).toBe(ack !== undefined);
      },
    ),
  );
});

test('a FIN and data acknowledge no FIN that is on its way; FIN+ACK does', () => {
  const given: Numbers = { irs: 0, receiveNext: 1, iss: 0, sendNext: 9, finUnacknowledged: true };
  expect(arrivingSegment('FIN_WAIT_1', 'FIN', given).ack).toBe(8);
  expect(arrivingSegment('FIN_WAIT_1', 'data', given).ack).toBe(8);
  expect(arrivingSegment('FIN_WAIT_1', 'FIN+ACK', given).ack).toBe(9);
});

test('where a FIN has come already, a FIN is the same one again', () => {
  const given: Numbers = { irs: 0, receiveNext: 2, iss: 0, sendNext: 1, finUnacknowledged: false };
  expect(arrivingSegment('CLOSE_WAIT', 'FIN', given).seq).toBe(1);
  expect(arrivingSegment('ESTABLISHED', 'FIN', given).seq).toBe(2);
});
