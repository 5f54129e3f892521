import { expect, test } from 'vitest';
import { wrap } from '../../lab/report/columns.ts';

test.each([
  ['a word of its own', 8, ['a word', '  of its', '  own']],
  ['Antidisestablishment', 8, ['Antidise', '  stabli', '  shment']],
  ['一共丢弃了三个', 6, ['一共丢', '  弃了', '  三个']],
  ['闸门 ack-of-syn-ack 关上', 12, ['闸门 ack-of-', '  syn-ack', '  关上']],
  ['', 8, ['']],
])('"%s" in lines of %i', (text, width, lines) => {
  expect(wrap(text, width)).toEqual(lines);
});
