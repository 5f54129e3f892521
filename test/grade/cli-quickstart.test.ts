import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readJournal } from '../../lab/grade/journal-lines.ts';
import { ROOT, tcplab } from '../support/tcplab.ts';
import { temporaryPath } from './temporary.ts';

test('quickstart makes a course and grades it: good, wrong, late, copied and hostile ones are told apart', async () => {
  const folder = temporaryPath('course');
  const { exitCode, stdout, stderr } = await tcplab('quickstart', folder);
  expect(exitCode, stderr).toBe(0);
  const graded = join(folder, 'graded');
  // The shortest way from where the command runs: how it begins depends on where this checkout is.
  const opened = /Open (\S+)/.exec(stdout)?.[1] ?? '';
  expect(resolve(ROOT, opened)).toBe(join(graded, 'gradebook.html'));
  const rows = readJournal(join(graded, 'journal.jsonl')).filter(({ terminal }) => terminal);
  const verdicts = Object.fromEntries(
    rows.map(({ student, exercise, status, limit, result }) => [
      `${student} ${exercise.number}`,
      status === 'ok' ? result?.verdict : `${status}${limit === undefined ? '' : ` ${limit}`}`,
    ]),
  );
  for (const student of ['ada', 'ben', 'chen', 'dora', 'goran'])
    for (const number of [2, 4, 10]) expect(verdicts[`${student} ${number}`]).toBe('pass');
  expect(verdicts).toMatchObject({
    'emil 4': 'fail',
    'emil 10': 'fail',
    'fatima 10': 'fail',
    'hana 4': 'student_error',
    'ivan 2': 'limit output',
    'ivan 4': 'limit pids',
    'jin 2': 'student_error',
    'jin 4': 'tamper',
    'kofi 2': 'fail',
  });
  expect(verdicts['ivan 10']).toMatch(/^(fail|student_error|limit cpu)$/);
  expect(rows).toHaveLength(30);
  for (const { key, status, result, sketch } of rows) {
    const isDrawn = result !== null && (status !== 'ok' || result.verdict !== 'pass');
    expect(sketch !== undefined, key).toBe(isDrawn);
  }

  const page = (path: string): string => readFileSync(join(graded, path), 'utf8');
  expect(page('gradebook.html')).toContain('lena.rar is an archive of a kind that is not opened here');
  expect(page('gradebook.csv')).toMatch(/"dora","Dora Dove",90,/);
  expect(page('students/fatima.html')).toContain('One more check looks at how your program ends');
  expect(page('students/fatima.html')).not.toContain('stays until the server has closed');
  expect(page('review/fatima.html')).toContain('stays until the server has closed');
  expect(page('students/emil.html')).toContain(
    '✘ Your host sends neither the final ACK nor a reset: expected',
  );
  expect(page('review/jin.html')).toContain('from server: SYN+ACK');
  const { pairs } = JSON.parse(page('similarity.json')) as { pairs: { students: string[] }[] };
  expect(pairs.map(({ students }) => students)).toEqual([['ben', 'goran']]);

  const again = await tcplab('quickstart', folder);
  expect(again).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('not empty') as string });
}, 180_000);

test('a folder with something in it is left alone', async () => {
  const file = temporaryPath('notes.txt');
  writeFileSync(file, 'mine');
  const { exitCode } = await tcplab('quickstart', join(file, '..'));
  expect(exitCode).toBe(2);
  expect(existsSync(join(file, '../submissions'))).toBe(false);
});
