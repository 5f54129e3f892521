import { expect, test } from 'vitest';
import { answerOf } from '../../lab/atlas/events/answers.ts';
import { miscount } from '../../lab/atlas/events/evidence.ts';
import { isHastened, repeatsAmong, timerOf } from '../../lab/atlas/events/own-timer.ts';
import type { SocketRecord } from '../../lab/observe/sock-diag.ts';
import type { SegmentEvent } from '../../lab/observe/timeline.ts';
import type { Numbers } from '../../lab/tcp/arrivals.ts';
import { parseFlags } from '../../lab/tcp/flags.ts';
import type { Segment } from '../../lab/tcp/segment.ts';

const NUMBERS: Numbers = { irs: 100, receiveNext: 101, iss: 500, sendNext: 501, finUnacknowledged: false };

test('an ACK is a challenge when the kernel has counted one, of data when it covers them, else plain', () => {
  const data = segment('P.', 101, 501, 'hello');
  expect(answerOf(segment('.', 501, 106), NUMBERS, data, false)).toBe('ACK of data');
  expect(answerOf(segment('.', 501, 101), NUMBERS, data, false)).toBe('ACK');
  expect(answerOf(segment('.', 501, 101), NUMBERS, data, true)).toBe('challenge ACK');
  expect(answerOf(segment('.', 501, 102), NUMBERS, segment('F.', 101, 501), false)).toBe('ACK of FIN');
});

test('RST, SYN, SYN+ACK, FIN and data are told by their flags', () => {
  const arrived = segment('.', 101, 501);
  const answers = (['R', 'R.', 'S', 'S.', 'F.'] as const).map((flags) =>
    answerOf(segment(flags, 501, 101), NUMBERS, arrived, false),
  );
  expect(answers).toEqual(['RST', 'RST', 'SYN', 'SYN+ACK', 'FIN']);
  expect(answerOf(segment('P.', 501, 101, 'x'), NUMBERS, arrived, false)).toBe('data');
});

test('as many segments captured as counted is no doubt, one more or less is', () => {
  const heard = [event(1, segment('.', 501, 101)), event(2, segment('R', 7, 0))];
  expect(miscount(heard, 80, NUMBERS, { OutSegs: 2 })).toBeUndefined();
  expect(miscount(heard, 80, NUMBERS, { OutSegs: 3 })).toBe(
    'the kernel counted 3 segments sent, 2 were captured',
  );
  expect(miscount(heard, 80, NUMBERS, {})).toBe('the kernel counted 0 segments sent, 2 were captured');
});

test('a SYN that is sent again may be left out of the count', () => {
  const heard = [event(1, segment('S.', 500, 101)), event(2, segment('R', 7, 0))];
  expect(miscount(heard, 80, NUMBERS, { OutSegs: 1 })).toBeUndefined();
  expect(miscount(heard, 80, NUMBERS, { OutSegs: 2 })).toBeUndefined();
});

test('a timer is quiet while it runs for the first time and its time has not come', () => {
  expect(timerOf(socket({ timerMs: 200 }), 100)).toBe('quiet');
  expect(timerOf(socket({ timerMs: 200 }), 195)).toBe('due');
  expect(timerOf(socket({ timerMs: 200, retransmits: 1 }), 1)).toBe('due');
  expect(timerOf(socket({ timer: 'none' }), 1)).toBe('unknown');
  expect(timerOf(undefined, 1)).toBe('unknown');
});

test('a timer is hastened when it is due, or has gone off, long before its time', () => {
  const before = socket({ timerMs: 1_000 });
  expect(isHastened(before, socket({ timerMs: 980 }), 10)).toBe(false);
  expect(isHastened(before, socket({ timerMs: 8 }), 10)).toBe(true);
  expect(isHastened(before, socket({ timerMs: 990, retransmits: 1 }), 10)).toBe(true);
  expect(isHastened(before, socket({ timerMs: 990, retransmits: 1, inode: 0 }), 10)).toBe(false);
  expect(isHastened(before, socket({ timerMs: 8, cookie: 'other' }), 10)).toBe(false);
});

test('only a SYN or FIN that was there before is a repeat', () => {
  const first = event(1, segment('S', 500, 0));
  const again = event(2, segment('S', 500, 0));
  const ack = event(3, segment('.', 501, 101));
  expect(repeatsAmong([again, ack, event(4, ack.segment)], [first, again, ack])).toEqual([again]);
  expect(repeatsAmong([first], [first, again])).toEqual([]);
});

function segment(flags: string, seq: number, ack: number, payload = ''): Segment {
  return {
    source: { address: '198.18.0.1', port: 80 },
    destination: { address: '198.18.0.2', port: 80 },
    seq,
    ack,
    flags: parseFlags(flags),
    window: 1_000,
    urgent: 0,
    options: [],
    payload: Buffer.from(payload),
  };
}

function event(atMs: number, carried: Segment): SegmentEvent {
  return {
    kind: 'segment',
    atMs,
    from: 'kernel',
    to: 'peer',
    segment: carried,
    packet: new Uint8Array(),
    length: 40,
    checksumOk: true,
  };
}

function socket(fields: Partial<SocketRecord>): SocketRecord {
  return {
    cookie: '1',
    state: 'SYN_SENT',
    local: { address: '198.18.0.1', port: 80 },
    remote: { address: '198.18.0.2', port: 80 },
    receiveQueue: 0,
    sendQueue: 0,
    timer: 'retransmit',
    timerMs: 1_000,
    retransmits: 0,
    uid: 0,
    inode: 1,
    ...fields,
  };
}
