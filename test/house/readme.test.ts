import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT, tcplab } from '../support/tcplab.ts';
import { otherPrograms, pairsTable, readmePart, tourShape } from './readme.ts';

const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');

test('the table of programs in the README is the one the tour uses', () => {
  expect(readmePart(readme, 'pairs')).toBe(pairsTable());
});

test('the README lists every other program there is', () => {
  expect(readmePart(readme, 'others')).toBe(otherPrograms());
});

test('what the README says npm start prints is what it prints, but for times, ports and cookies', async () => {
  const { stdout } = await tcplab('tour');
  expect(tourShape(readmePart(readme, 'sample'))).toEqual(tourShape(stdout));
});
