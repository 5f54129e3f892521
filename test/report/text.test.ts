import { expect, test } from 'vitest';
import type { TimelineEvent } from '../../lab/observe/timeline.ts';
import { renderText } from '../../lab/report/text.ts';
import { TextLines } from '../../lab/report/text-lines.ts';
import type { State } from '../../lab/tcp/states.ts';
import { CLIENT_ISN, HAND_MADE, HEADER, SERVER_ISN, segment, socket } from './hand-made.ts';

const client = HEADER.hosts.slice(0, 1);

/** The lines of some events, each without time, port and the space around. */
function lines(events: Parameters<TextLines['next']>[0][], hosts = HEADER.hosts): string[] {
  const text = new TextLines(hosts);
  return events.flatMap((event) => text.next(event)).map((line) => line.slice(17).trim());
}

test('a hand-made timeline reads as it should', async () => {
  await expect(renderText(HAND_MADE)).toMatchFileSnapshot('hand-made.txt');
});

test('no line is longer than the page', () => {
  for (const width of [80, 100, 120]) {
    const long = renderText(HAND_MADE, { width })
      .split('\n')
      .filter((line) => line.length > Math.max(width, 88));
    expect(long).toEqual([]);
  }
});

test('an event gives the same lines live, one at a time, as in a saved timeline', () => {
  const live = new TextLines(HEADER.hosts);
  const all = [...live.heading(), ...HAND_MADE.events.flatMap((event) => live.next(event))];
  expect(`${all.join('\n')}\n`).toBe(renderText(HAND_MADE));
});

test('sequence numbers count from the SYN, also across the wrap', () => {
  expect(CLIENT_ISN + 1).toBe(2 ** 32);
  const shown = lines([
    segment(1, 'client', 'S'),
    segment(2, 'server', 'S.', { ack: 1 }),
    segment(3, 'client', 'P.', { seq: 1, ack: 1, payload: 'abc' }),
  ]);
  expect(shown[1]).toContain('S. seq 0 ack 1 ');
  expect(shown[2]).toContain('P. seq 1:4 ack 1 len 3');
});

test('a new connection on the same ports counts from its own SYN, and a late segment of the old one from the old', () => {
  const shown = lines([
    segment(1, 'client', 'S'),
    segment(2, 'client', 'S', { seq: 100_000 }),
    segment(3, 'client', '.', { seq: 100_001, ack: 1 }),
    segment(4, 'client', 'P.', { seq: 1, ack: 1, payload: 'old' }),
    segment(5, 'client', 'P.', { seq: 100_001, ack: 1, payload: 'new' }),
  ]);
  expect(shown[1]).toContain('S seq 0 ');
  expect(shown[1]).not.toContain('again');
  expect(shown[3]).toContain('P. seq 1:4 ');
  expect(shown[4]).toContain('P. seq 1:4 ');
});

test('a segment whose SYN was not seen counts as if the SYN had been just before it', () => {
  expect(lines([segment(1, 'client', 'P.', { seq: 500, ack: 900, payload: 'x' })])[0]).toContain(
    'P. seq 1:2 ack 1 len 1',
  );
});

test('a RST that answers a SYN is shown with its own number, 0', () => {
  const syn = segment(1, 'client', 'S');
  const reset = segment(2, 'server', 'R.', { seq: -SERVER_ISN, ack: 1 });
  expect(reset.segment.seq).toBe(0);
  expect(lines([syn, reset])[1]).toContain('R. seq 0 ack 1');
});

test('two connections are told apart by their ports, in segments and sockets alike', () => {
  const text = new TextLines(HEADER.hosts);
  const ports = [
    socket(0, 'server', 'LISTEN'),
    segment(1, 'client', 'S', { port: 40_001 }),
    segment(2, 'client', 'S', { port: 40_002 }),
    segment(3, 'server', 'S.', { ack: 1, port: 40_001 }),
    socket(4, 'server', 'ESTABLISHED', { port: 40_002 }),
    socket(5, 'client', 'ESTABLISHED', { port: 40_001 }),
  ].flatMap((event) => text.next(event).map((line) => line.slice(8, 15).trim()));
  expect(ports).toEqual(['8080', '40001', '40002', '40001', '40002', '40001']);
});

test('one host has one column, and its segments are told in words', () => {
  const shown = lines([socket(1, 'client', 'SYN_SENT'), segment(2, 'client', 'S')], client);
  expect(shown).toEqual(['SYN_SENT', 'client → server  S seq 0 win 64240']);
});

test('a segment with a bad checksum says so', () => {
  expect(lines([{ ...segment(1, 'client', 'S'), checksumOk: false }])[0]).toContain('(bad checksum)');
});

test('what a program prints cannot move the cursor or reorder a line', () => {
  const text = '\u001b[2J\u001b]0;title\u0007a\rb\u202ec\u009b1A';
  const shown = lines([
    { kind: 'output', atMs: 1, host: 'client', program: 'x.ts', stream: 'stdout', text },
  ]).join('');
  expect(shown).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
  expect(shown).toMatch(/^> .*a·b·c/);
});

test('colours change no width', () => {
  const painted = renderText(HAND_MADE, { paint: (role, text) => `<${role}>${text}</>` });
  expect(
    painted.replaceAll(/<(?:\/|heading|state|segment|reset|gate|program|stdout|stderr|note)>/g, ''),
  ).toBe(renderText(HAND_MADE));
});

test('a state that two witnesses saw is told once, and one that only the tracepoint saw is told too', () => {
  const traced = (atMs: number, from: State, to: State): TimelineEvent => {
    const { cookie, local, remote } = socket(atMs, 'client', to).socket;
    const what = { tracepoint: 'inet_sock_set_state', from, to } as const;
    return { kind: 'trace', atMs, host: 'client', cookie, local, remote, ...what };
  };
  const shown = lines([
    traced(1, 'CLOSED', 'SYN_SENT'),
    traced(2, 'SYN_SENT', 'ESTABLISHED'),
    socket(3, 'client', 'ESTABLISHED'),
    traced(4, 'ESTABLISHED', 'FIN_WAIT_1'),
    traced(5, 'FIN_WAIT_1', 'FIN_WAIT_2'),
    traced(6, 'FIN_WAIT_2', 'CLOSED'),
    socket(7, 'client', 'TIME_WAIT', { was: 'ESTABLISHED' }),
    socket(8, 'client', 'TIME_WAIT', { gone: true }),
  ]);
  expect(shown).toEqual([
    'CLOSED → SYN_SENT',
    'SYN_SENT → ESTABLISHED',
    'ESTABLISHED → FIN_WAIT_1',
    'FIN_WAIT_1 → FIN_WAIT_2',
    'FIN_WAIT_2 → TIME_WAIT',
    'TIME_WAIT → CLOSED',
  ]);
});
