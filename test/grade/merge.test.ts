import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gradebook } from '../../lab/grade/gradebook.ts';
import { journalText, type Merged, MergeError, mergeJournals, mergeRows } from '../../lab/grade/merge.ts';
import type { GradeRow } from '../../lab/grade/row.ts';
import { shardRows } from '../../lab/grade/shard.ts';
import { COURSE, PLAN, ROWS, rowOf } from './hand-made.ts';
import { temporaryPath } from './temporary.ts';

const TERMINAL = ROWS.filter(({ terminal }) => terminal).slice(0, PLAN.rows.length);

/** The rows of each shard, as its machine would have them. */
function shards(count: number): { name: string; rows: GradeRow[] }[] {
  return Array.from({ length: count }, (_, n) => {
    const digests = new Set(
      shardRows(PLAN, n + 1, count).map(({ digest, student }) => `${digest} ${student}`),
    );
    return {
      name: `${n + 1}`,
      rows: ROWS.filter(({ digest, student }) => digests.has(`${digest} ${student}`)),
    };
  });
}

function failure(merge: () => Merged): MergeError {
  try {
    merge();
  } catch (error) {
    if (error instanceof MergeError) return error;
    throw error;
  }
  return expect.fail('it was merged');
}

test('shards in any order give the same rows and the same book as one journal', () => {
  const whole = JSON.stringify(gradebook(PLAN, ROWS, COURSE).students);
  fc.assert(
    fc.property(
      fc
        .integer({ min: 1, max: 6 })
        .chain((count) => fc.shuffledSubarray(shards(count), { minLength: count, maxLength: count })),
      (journals) => {
        const merged = mergeRows(PLAN, journals);
        expect(merged.rows).toEqual(TERMINAL);
        expect(merged.duplicates).toBe(1);
        expect(JSON.stringify(gradebook(PLAN, merged.rows, COURSE).students)).toBe(whole);
      },
    ),
  );
});

test('journals in files, one of them given twice and one cut', () => {
  const [a, b] = shards(2);
  const path = temporaryPath('a.jsonl');
  const other = temporaryPath('b.jsonl');
  writeFileSync(path, journalText(a?.rows ?? []));
  writeFileSync(other, journalText(b?.rows ?? []) + journalText(ROWS).slice(0, 50));
  const merged = mergeJournals(PLAN, [path, other, path]);
  expect(merged.rows).toEqual(TERMINAL);
  expect(merged.duplicates).toBe(
    1 +
      new Set(a?.rows.filter(({ terminal }) => terminal).map(({ key }) => key)).size +
      (a?.rows.some(({ worker }) => worker === 'two#1') ? 1 : 0),
  );
});

test('a planned row without a terminal one is named, and one that was only tried counts as such', () => {
  const error = failure(() =>
    mergeRows(PLAN, [{ name: 'a', rows: ROWS.filter((row) => row.status !== 'infra' || !row.terminal) }]),
  );
  expect(error.missing).toEqual([PLAN.rows[5]]);
  expect(error.message).toBe(
    '1 planned row has no verdict: exercise 27 of "grace". Run the shards they are in.',
  );
});

test('two different terminal rows of two journals are named', () => {
  const first = PLAN.rows[0] ?? expect.fail('no row');
  const other = [rowOf(first, { status: 'timeout' })];
  const journals = [
    { name: 'a.jsonl', rows: ROWS },
    { name: 'b.jsonl', rows: other },
  ];
  const error = failure(() => mergeRows(PLAN, journals));
  expect(error.conflicts).toEqual([{ row: first, journals: ['a.jsonl', 'b.jsonl'] }]);
  expect(error.message).toContain('1 planned row has two: exercise 1 of "ada" (a.jsonl, b.jsonl)');
  expect(failure(() => mergeRows(PLAN, journals.toReversed())).message).toBe(error.message);
});

test('a row that was asked for anew takes the place of the one before, wherever it is', () => {
  const first = PLAN.rows[0] ?? expect.fail('no row');
  const anew = rowOf(first, { status: 'timeout', rerun: 1 });
  for (const journals of [
    [{ name: 'a', rows: [...ROWS, anew] }],
    [{ name: 'a', rows: [anew, ...ROWS] }],
    [
      { name: 'a', rows: ROWS },
      { name: 'b', rows: [anew] },
    ],
    [
      { name: 'b', rows: [anew] },
      { name: 'a', rows: ROWS },
    ],
  ])
    expect(mergeRows(PLAN, journals).rows[0]).toEqual(anew);
});

test('rows of other work are counted and left out', () => {
  const foreign = rowOf({ ...(PLAN.rows[0] ?? expect.fail('no row')), student: 'eve' });
  expect(mergeRows(PLAN, [{ name: 'a', rows: [foreign, ...ROWS] }])).toMatchObject({
    rows: TERMINAL,
    foreign: 1,
  });
});
