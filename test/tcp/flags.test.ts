import { expect, test } from 'vitest';
import { ACK, CWR, ECE, FIN, formatFlags, PSH, parseFlags, RST, SYN, URG } from '../../lab/tcp/flags.ts';

test.each([
  [SYN, 'S'],
  [SYN | ACK, 'S.'],
  [ACK, '.'],
  [FIN | ACK, 'F.'],
  [PSH | ACK, 'P.'],
  [RST, 'R'],
  [RST | ACK, 'R.'],
  [FIN | PSH | ACK, 'FP.'],
  [SYN | ECE | CWR, 'SEW'],
  [SYN | ACK | ECE, 'S.E'],
  [ACK | URG, '.U'],
  [0xff, 'FSRP.UEW'],
  [0, 'none'],
])('mask %i is %s, as tcpdump prints it', (mask, text) => {
  expect(formatFlags(mask)).toBe(text);
});

test('every mask comes back from its text, letters in any order', () => {
  for (let mask = 0; mask <= 0xff; mask++) {
    const text = formatFlags(mask);
    expect(parseFlags(text)).toBe(mask);
    if (mask !== 0) expect(parseFlags(text.split('').reverse().join(''))).toBe(mask);
  }
});

test.each(['', 'X', 's', 'SA', 'SS', 'S,A', 'none.', ' S'])("'%s' is refused, naming the letters", (text) => {
  expect(() => parseFlags(text)).toThrow(/F \(FIN\).*\. \(ACK\).*W \(CWR\)/);
});

test.each([-1, 256, 0.5, Number.NaN])('%s is no mask', (mask) => {
  expect(() => formatFlags(mask)).toThrow(RangeError);
});
