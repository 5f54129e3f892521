import { expect, test } from 'vitest';
import { renderEventAtlas } from '../../lab/report/events-text.ts';
import { inventedAtlas, withProblem } from './events-atlas.ts';

test('a kernel that does what the RFCs say has no difference in its matrix', () => {
  const text = renderEventAtlas(inventedAtlas());
  expect(matrixOf(text)).not.toContain('≠');
  expect(text).not.toContain('Differences from the RFCs');
  expect(text).toContain('121 of 121 cells settled in 1.2 s: 121 as the RFCs say, 0 not.');
});

test('every state and every arriving segment is there, and the state that follows below the answer', () => {
  const text = matrixOf(renderEventAtlas(inventedAtlas()));
  for (const word of ['CLOSED', 'SYN_SENT', 'TIME_WAIT', 'ACK of unsent', 'RST outside', 'SYN in window'])
    expect(text).toContain(word);
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.startsWith('FIN+ACK') && line.includes('ACK of FIN'));
  expect(lines[at + 1]).toContain('→ CLOSE_WAIT');
});

test('no line is wider than 120 columns, with differences everywhere too', () => {
  const cells = inventedAtlas().cells.map(({ state, arriving }) => `${state} × ${arriving}`);
  const strange = { answer: 'SYN+ACK', hastened: true, restarted: true } as const;
  for (const atlas of [
    inventedAtlas(),
    inventedAtlas(Object.fromEntries(cells.map((name) => [name, strange]))),
    withProblem(inventedAtlas(), 'words '.repeat(60)),
  ]) {
    for (const line of renderEventAtlas(atlas).split('\n')) expect(line.length).toBeLessThanOrEqual(120);
  }
});

test('a cell that differs is marked, and what the RFC says is named', () => {
  const text = renderEventAtlas(
    inventedAtlas({ 'ESTABLISHED × RST in window': { answer: 'nothing', next: 'LISTEN' } }),
  );
  expect(text).toContain('≠ nothing');
  expect(text).toMatch(
    /Differences from the RFCs\n {2}\w {2}RFC 5961 3\.2: challenge ACK, and the state stays\./,
  );
  expect(text).toContain('120 as the RFCs say, 1 not.');
});

test('an ACK where RFC 5961 has a challenge ACK is no difference: they are the same segment', () => {
  const text = renderEventAtlas(inventedAtlas({ 'TIME_WAIT × SYN': { answer: 'ACK' } }));
  expect(matrixOf(text)).not.toContain('≠');
});

test('what the RFC allows instead is no difference, and the note says by which section', () => {
  const text = renderEventAtlas(
    inventedAtlas({ 'ESTABLISHED × RST in window': { answer: 'nothing', next: 'CLOSED' } }),
  );
  expect(matrixOf(text)).not.toContain('≠');
  expect(text).toContain('Allowed by RFC 9293 3.10.7.4, second, without RFC 5961.');
});

test('a FIN that does not start TIME_WAIT again is a difference', () => {
  const text = renderEventAtlas(inventedAtlas({ 'TIME_WAIT × FIN': { restarted: false } }));
  expect(matrixOf(text)).toContain('≠ ACK');
});

test('a cell that was not settled is a question mark, and the reason stands below', () => {
  const text = renderEventAtlas(withProblem(inventedAtlas(), 'the machine was asleep'));
  expect(matrixOf(text)).toContain('? unknown');
  expect(text).toContain('Not settled\n  CLOSED × SYN: the machine was asleep');
  expect(text).toContain('120 of 121 cells settled');
});

/** The text above the legend and the notes. */
function matrixOf(text: string): string {
  return text.split(/\n(?:Differences|Notes|Not settled|Across)/)[0] ?? '';
}
