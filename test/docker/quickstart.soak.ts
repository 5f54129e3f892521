import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readJournal } from '../../lab/grade/journal-lines.ts';
import { temporaryPath } from '../grade/temporary.ts';
import { tcplab } from '../support/tcplab.ts';

test('quickstart grades its course in containers', { timeout: 600_000 }, async () => {
  const folder = temporaryPath('course');
  const { exitCode, stderr } = await tcplab('quickstart', folder, '--backend', 'docker');
  expect(exitCode, stderr).toBe(0);
  const rows = readJournal(join(folder, 'graded/journal.jsonl')).filter(({ terminal }) => terminal);
  expect(rows).toHaveLength(30);
  const words = Object.fromEntries(
    rows.map(({ student, exercise, status, limit, result }) => [
      `${student} ${exercise.number}`,
      [status, limit, result?.verdict].filter(Boolean).join(' '),
    ]),
  );
  for (const student of ['ada', 'ben', 'chen', 'dora', 'goran'])
    for (const number of [2, 4, 10]) expect(words[`${student} ${number}`]).toBe('ok pass');
  expect(words).toMatchObject({
    ...{ 'emil 4': 'ok fail', 'hana 4': 'student_error fail', 'ivan 2': 'limit output fail' },
    ...{ 'jin 2': 'student_error fail' },
  });
  expect(words['ivan 4']).toMatch(/^limit pids/);
  expect(words['jin 4']).toMatch(/^tamper/);
});
