import { expect, test } from 'vitest';
import type { GateName } from '../../../lab/gate/kinds.ts';
import type { TimelineEvent } from '../../../lab/observe/timeline.ts';
import { droppedSegments } from '../../../lab/report/dropped-segments.ts';
import { segment } from '../hand-made.ts';

const gate = (name: GateName, action: 'closed' | 'opened' = 'closed', atMs = 0): TimelineEvent => ({
  ...{ kind: 'gate', atMs, host: 'server', gate: name, action, dropped: 0 },
});

const syn = segment(1, 'client', 'S');
const synAck = segment(2, 'server', 'S.', { ack: 1 });
const ack = segment(3, 'client', '.', { seq: 1, ack: 1 });
const data = segment(4, 'client', 'P.', { seq: 1, ack: 1, payload: 'hello' });
const serverData = segment(5, 'server', 'P.', { seq: 1, ack: 6, payload: 'hi' });
const serverFin = segment(6, 'server', 'F.', { seq: 3, ack: 6 });
const ackOfData = segment(7, 'client', '.', { seq: 6, ack: 3 });
const ackOfFin = segment(8, 'client', '.', { seq: 6, ack: 4 });
const fin = segment(9, 'client', 'F.', { seq: 6, ack: 4 });
const finAgain = segment(10, 'client', 'F.', { seq: 6, ack: 4 });
const reset = segment(11, 'client', 'R', { seq: 7 });
const ALL = [syn, synAck, ack, data, serverData, serverFin, ackOfData, ackOfFin, fin, finAgain, reset];

test.each<[GateName, readonly TimelineEvent[]]>([
  ['syn', [syn]],
  ['syn-ack', []],
  ['ack-of-syn-ack', [ack, data, ackOfData, ackOfFin, fin, finAgain]],
  ['data', [data]],
  ['fin', [fin, finAgain]],
  ['fin-after-one', [finAgain]],
  ['ack-of-fin', [ackOfFin, fin, finAgain]],
  ['rst', [reset]],
  ['everything', ALL.filter(({ to }) => to === 'server')],
  ['own-rst', []],
])('a closed gate %s at the server drops what lab/gate/kinds.ts says', (name, expected) => {
  expect([...droppedSegments([gate(name), ...ALL]).keys()]).toEqual(expected);
});

test('an open gate drops nothing, but remembers', () => {
  const events = [
    gate('ack-of-syn-ack'),
    syn,
    synAck,
    ack,
    gate('ack-of-syn-ack', 'opened'),
    data,
    gate('ack-of-syn-ack'),
    fin,
  ];
  expect([...droppedSegments(events).keys()]).toEqual([ack]);
  const finGate = [
    gate('fin-after-one'),
    gate('fin-after-one', 'opened'),
    fin,
    gate('fin-after-one'),
    finAgain,
  ];
  expect([...droppedSegments(finGate).keys()]).toEqual([]);
});

test('of two closed gates the one that was made first has it', () => {
  expect(
    [...droppedSegments([gate('fin'), gate('everything'), fin]).values()].map(({ gate: name }) => name),
  ).toEqual(['fin']);
});

test('a gate of one port drops nothing of another', () => {
  const ofPort = (port: number): TimelineEvent =>
    ({ ...gate('everything'), kind: 'gate', port }) as TimelineEvent;
  expect([...droppedSegments([ofPort(8_080), syn]).keys()]).toEqual([syn]);
  expect([...droppedSegments([ofPort(9), syn]).keys()]).toEqual([]);
  expect([...droppedSegments([ofPort(9), ofPort(8_080), syn]).values()]).toEqual([
    { gate: 'everything', host: 'server', port: 8_080 },
  ]);
});
