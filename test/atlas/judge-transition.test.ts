import { describe, expect, test } from 'vitest';
import { edge } from '../../lab/atlas/edges.ts';
import type { Finding } from '../../lab/atlas/finding.ts';
import { judgeTransition } from '../../lab/atlas/judge-transition.ts';
import { atServer, type Provocation } from '../../lab/atlas/provocation.ts';
import type { TimelineEvent } from '../../lab/observe/timeline.ts';
import { evidence, over, plan } from '../exercise/support.ts';
import { segment, socket } from '../report/hand-made.ts';

function ss(atMs: number, ...lines: string[]): TimelineEvent[] {
  return (lines.length === 0 ? [''] : lines).map((text) => ({ kind: 'ss', atMs, host: 'server', text }));
}

function judge(of: Provocation['edge'], events: readonly TimelineEvent[]): Finding {
  const provocation: Provocation = {
    edge: of,
    host: 'server',
    socket: atServer,
    programs: {},
    play: () => Promise.resolve(),
  };
  return judgeTransition(evidence(...events, over(1_000)), plan, provocation);
}

const LISTENING = 'LISTEN 0 511 198.18.0.2:8080 0.0.0.0:* sk:f0';

describe('a FIN in ESTABLISHED', () => {
  const fin = segment(19, 'client', 'F.', { seq: 1, ack: 1 });
  const taken: readonly (TimelineEvent | readonly TimelineEvent[])[] = [
    segment(1, 'client', 'S'),
    segment(2, 'server', 'S.', { ack: 1 }),
    socket(3, 'server', 'ESTABLISHED'),
    ss(10, 'ESTAB 0 0 198.18.0.2:8080 198.18.0.1:40000 sk:d1'),
    fin,
    { ...socket(20, 'server', 'CLOSE_WAIT', { was: 'ESTABLISHED' }), seenMs: 18 },
    segment(21, 'server', '.', { seq: 1, ack: 2 }),
    ss(30, 'CLOSE-WAIT 0 0 198.18.0.2:8080 198.18.0.1:40000 sk:d1'),
  ];
  const judged = (...left: number[]): Finding =>
    judge(edge('ESTABLISHED', 'CLOSE_WAIT', 'rcv FIN'), taken.filter((_, n) => !left.includes(n)).flat());

  test('is observed when sock_diag, ss and the segments agree', () => {
    const { verdict, evidence: lines, missing } = judged();
    expect(missing).toBeUndefined();
    expect(verdict).toBe('observed');
    expect(lines.map(({ kind }) => kind)).toEqual(['sock_diag', 'ss', 'ss', 'segment', 'segment']);
  });

  test.for([
    { without: 'ss before', left: 3, because: 'ss on the server did not show ESTABLISHED before it' },
    { without: 'the FIN', left: 4, because: 'no segment arrived on the server that is "rcv FIN"' },
    {
      without: 'the new state',
      left: 5,
      because: 'no socket on the server went from ESTABLISHED to CLOSE_WAIT',
    },
    { without: 'the ACK', left: 6, because: 'the server sent no ACK with it' },
    { without: 'ss after', left: 7, because: 'ss on the server did not show CLOSE_WAIT after it' },
  ])('is unsettled without $without', ({ left, because }) => {
    const { verdict, missing } = judged(left);
    expect(verdict).toBe('unsettled');
    expect(missing?.[0]).toContain(because);
  });

  test('is another thing than a FIN that came long before', () => {
    const events = [...taken.filter((event) => event !== fin).flat(), { ...fin, atMs: -40 }];
    expect(judge(edge('ESTABLISHED', 'CLOSE_WAIT', 'rcv FIN'), events).verdict).toBe('unsettled');
  });
});

describe('a passive open', () => {
  const opening: readonly TimelineEvent[] = [
    socket(1, 'server', 'LISTEN'),
    ...ss(5, LISTENING),
    segment(10, 'client', 'S'),
    segment(10.1, 'server', 'S.', { ack: 1 }),
    socket(11, 'server', 'SYN_RCVD'),
    ...ss(20, LISTENING, 'SYN-RECV 0 0 198.18.0.2:8080 198.18.0.1:40000 sk:d1'),
  ];

  test('is a new socket beside the listener', () => {
    expect(judge(edge('LISTEN', 'SYN_RCVD', 'rcv SYN'), opening)).toMatchObject({ verdict: 'observed' });
  });

  test('needs the listener to stay', () => {
    const gone = socket(10.5, 'server', 'LISTEN', { gone: true });
    const events = [...opening.slice(0, 4), gone, ...opening.slice(4)];
    expect(judge(edge('LISTEN', 'SYN_RCVD', 'rcv SYN'), events).verdict).toBe('unsettled');
  });

  test('is taken back by an RST, and by nothing else', () => {
    const rest = [{ ...socket(40, 'server', 'SYN_RCVD', { gone: true }), seenMs: 39 }, ...ss(50, LISTENING)];
    const back = edge('SYN_RCVD', 'LISTEN', 'rcv RST');
    const rst = segment(39.5, 'client', 'R', { seq: 1 });
    expect(judge(back, [...opening, rst, ...rest]).verdict).toBe('observed');
    expect(judge(back, [...opening, ...rest]).missing).toEqual([
      'no segment arrived on the server that is "rcv RST"',
    ]);
  });
});

test('a close that an RST may have done is not observed', () => {
  const closing = (...more: TimelineEvent[]): readonly TimelineEvent[] => [
    socket(1, 'server', 'SYN_SENT'),
    ...ss(5, 'SYN-SENT 0 1 198.18.0.2:8080 198.18.0.1:40000 sk:d1'),
    ...more,
    { ...socket(20, 'server', 'SYN_SENT', { gone: true }), seenMs: 19 },
    ...ss(30),
  ];
  const close = edge('SYN_SENT', 'CLOSED', 'CLOSE');
  expect(judge(close, closing()).verdict).toBe('observed');
  expect(judge(close, closing(segment(19.5, 'client', 'R.', { ack: 1 }))).missing?.[0]).toContain(
    'an RST arrived',
  );
});
