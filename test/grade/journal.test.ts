import { appendFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Journal } from '../../lab/grade/journal.ts';
import { JournalError, readJournal } from '../../lab/grade/journal-lines.ts';
import { journalText } from '../../lab/grade/merge.ts';
import type { GradeRow } from '../../lab/grade/row.ts';
import { ROWS } from './hand-made.ts';
import { temporaryPath } from './temporary.ts';

const TEXT = journalText(ROWS);
const BYTES = Buffer.from(TEXT);

function nth(n: number): GradeRow {
  const row = ROWS[n];
  if (row === undefined) throw new Error(`there is no row ${n}`);
  return row;
}

test('what is appended is read back, also names that are no good text', async () => {
  const path = temporaryPath('journal.jsonl');
  {
    await using journal = Journal.open(path);
    expect(journal.found).toEqual([]);
    await Promise.all(ROWS.map((row) => journal.append(row)));
    expect(readJournal(path)).toEqual(ROWS);
  }
  await using again = Journal.open(path);
  expect(again.found).toEqual(ROWS);
});

test('cut at any byte, a journal has the first of its rows, and goes on from there', async () => {
  const path = temporaryPath('journal.jsonl');
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: BYTES.length }), async (at) => {
      writeFileSync(path, BYTES.subarray(0, at));
      const count = BYTES.subarray(0, at).toString('latin1').split('\n').length - 1;
      expect(readJournal(path)).toEqual(ROWS.slice(0, count));
      await using journal = Journal.open(path);
      expect(journal.found).toEqual(ROWS.slice(0, count));
      await journal.append(nth(0));
      expect(readJournal(path)).toEqual([...ROWS.slice(0, count), nth(0)]);
    }),
    { numRuns: 150 },
  );
});

test('a last line that a loss of power has left empty is cut off', async () => {
  const path = temporaryPath('journal.jsonl');
  writeFileSync(path, Buffer.concat([BYTES, Buffer.alloc(5_000)]));
  await using journal = Journal.open(path);
  expect(journal.found).toEqual(ROWS);
  expect(statSync(path).size).toBe(BYTES.length);
});

test('lines longer than what is read at once are whole', async () => {
  const path = temporaryPath('journal.jsonl');
  const long = { ...nth(0), because: 'é'.repeat(1_500_001) };
  await using journal = Journal.open(path);
  await Promise.all([journal.append(long), journal.append(nth(1)), journal.append(long)]);
  expect(readJournal(path)).toEqual([long, nth(1), long]);
});

test.each([
  ['no-json\n', 'not-json', 'line 1 is no JSON'],
  [
    TEXT.replace('"attempt":1', '"attempt":0'),
    'field',
    'line 1: "attempt" should be a whole number of at least 1, not 0',
  ],
  [
    TEXT.replace('"student":"ada"', '"student":"eve"'),
    'field',
    'line 1: "key" should be that of its student and files',
  ],
  [TEXT.replace('"status":"ok"', '"status":"fine"'), 'field', 'line 1: "status" should be one of ok, '],
])('a whole line that is no row is told: %#', (text, code, sentence) => {
  const path = temporaryPath('journal.jsonl');
  writeFileSync(path, text);
  for (const read of [readJournal, (from: string) => Journal.open(from)]) {
    let caught: unknown;
    try {
      read(path);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(JournalError);
    expect(caught).toMatchObject({ code, path });
    expect((caught as Error).message).toContain(sentence);
  }
});

test('two cannot write to one journal, and the lock goes with its holder', async () => {
  const path = temporaryPath('journal.jsonl');
  const first = Journal.open(path);
  expect(() => Journal.open(path)).toThrow(/another process writes to this journal/);
  await first.close();
  await Journal.open(path).close();
});

const append = (path: string, then: string): string => `
  import { Journal } from ${JSON.stringify(join(import.meta.dirname, '../../lab/grade/journal.ts'))};
  import { ROWS } from ${JSON.stringify(join(import.meta.dirname, 'hand-made.ts'))};
  const journal = Journal.open(${JSON.stringify(path)});
  ${then}`;

test('killed at any instant, it has every row that was acknowledged, once, and no half of one', async () => {
  const path = temporaryPath('journal.jsonl');
  const script = append(
    path,
    `for (let n = journal.found.length; n < 100_000; n += 1) {
      await journal.append({ ...ROWS[n % ROWS.length], attempt: n + 1 });
      process.stdout.write(n + 1 + '\\n');
    }`,
  );
  for (let round = 1; round <= 5; round += 1) {
    const writer = execa(process.execPath, ['--input-type=module', '-e', script], {
      reject: false,
      buffer: false,
    });
    let acknowledged = 0;
    for await (const line of writer) {
      acknowledged = Number(line);
      if (acknowledged % (17 * round) === 0) writer.kill('SIGKILL');
    }
    await writer;
    const rows = readJournal(path);
    expect(acknowledged).toBeGreaterThan(0);
    expect(rows.length).toBeGreaterThanOrEqual(acknowledged);
    expect(rows.map(({ attempt }) => attempt)).toEqual(rows.map((_row, n) => n + 1));
  }
});

test('a disk that is full leaves whole lines, and what comes after is not glued to half a line', async () => {
  const path = temporaryPath('journal.jsonl');
  const script = append(
    path,
    `let written = 0;
    for (const row of [...ROWS, ...ROWS, ...ROWS]) await journal.append(row).then(() => { written += 1; }, () => {});
    await journal.append({ ...ROWS[0], because: 'x'.repeat(100_000) }).catch(({ code }) => console.log(code));
    console.log(written);`,
  );
  // In units of 512 bytes; a process that writes more is told EFBIG, as ENOSPC would be.
  const { stdout } = await execa('sh', [
    '-c',
    'ulimit -f 40; exec "$0" --input-type=module -e "$1"',
    process.execPath,
    script,
  ]);
  const [code, written] = stdout.split('\n');
  expect(code).toBe('EFBIG');
  const text = readFileSync(path, 'utf8');
  expect(text.endsWith('\n')).toBe(true);
  expect(readJournal(path)).toHaveLength(Number(written));
  expect(Number(written)).toBeLessThan(3 * ROWS.length);
});

test('a reader beside a writer sees whole rows only', () => {
  const path = temporaryPath('journal.jsonl');
  writeFileSync(path, TEXT);
  appendFileSync(path, TEXT.slice(0, 100));
  expect(readJournal(path)).toEqual(ROWS);
  truncateSync(path, BYTES.length - 1);
  expect(readJournal(path)).toEqual(ROWS.slice(0, -1));
});
