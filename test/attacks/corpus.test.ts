import { describe, expect, test } from 'vitest';
import { readCorpus } from './corpus.ts';

const corpus = readCorpus();

test('there are at least 70 attacks, each with a number of its own', () => {
  const numbers = corpus.map(({ name }) => Number.parseInt(name, 10));
  expect(corpus.length).toBeGreaterThanOrEqual(70);
  expect(new Set(numbers).size).toBe(numbers.length);
});

describe('what an attack may come to', () => {
  test.each(corpus)('$name: tells what it tries', ({ expect: { about, status, tamper } }) => {
    expect(about.length).toBeLessThanOrEqual(200);
    // A student cannot have the lab take the blame, apart from what nobody could see for the noise.
    if (status.includes('infra')) expect(about).toMatch(/loses/);
    if (tamper === true) expect(status).toEqual(['tamper']);
  });
});
