import { expect, test } from 'vitest';
import { TOPICS } from '../../lab/claims/catalog.ts';
import { EXERCISES } from '../../lab/exercises/catalog.ts';

const CLAIMS = TOPICS.flatMap(({ claims }) => claims);

/** How many claims there are of each topic. */
const MANY = { H: 17, C: 14, T: 8, R: 10, O: 4 };

test('every claim is there once, in order', () => {
  const all = Object.entries(MANY).flatMap(([letter, many]) =>
    Array.from({ length: many }, (_, n) => `${letter}${n + 1}`),
  );
  expect(CLAIMS.map(({ id }) => id)).toEqual(all);
});

test('a topic has the claims of one letter', () => {
  const letters = TOPICS.map(({ claims }) => new Set(claims.map(({ id }) => id[0])).size);
  expect(letters).toEqual(TOPICS.map(() => 1));
});

test.each(CLAIMS.map((claim) => [claim.id, claim] as const))('%s is told in both languages', (_id, claim) => {
  expect(claim.text.en).toMatch(/^[\x20-\x7e’…]+[^.]$/);
  expect(claim.text.zh).toMatch(/\p{Script=Han}/u);
  expect(claim.text.zh).not.toMatch(/[。.]$/);
});

test.each(CLAIMS.map((claim) => [claim.id, claim] as const))('%s has exercises and runs', (_id, claim) => {
  expect(claim.exercises.length).toBeGreaterThan(0);
  for (const number of claim.exercises)
    expect(EXERCISES.map((exercise) => exercise.number)).toContain(number);
  expect(Object.keys(claim.runs).length).toBeGreaterThan(0);
});
