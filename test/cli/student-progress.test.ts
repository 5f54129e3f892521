import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  newProgress,
  parseProgress,
  progressOf,
  progressText,
  withExercise,
} from '../../lab/workspace/progress.ts';
import { Student } from '../support/student.ts';

const FILE = {
  schema: 'tcplab/progress/1',
  seed: 'abc',
  teacher: { says: 'well done' },
  exercises: {
    'syn-rcvd': { attempts: 2, bestPoints: 4, hints: 1, predictions: {}, starred: true },
    later: {},
  },
  states: ['LISTEN'],
  transitions: ['CLOSED → LISTEN'],
};

test('what is written is what is read', () => {
  const progress = withExercise(newProgress(), 'syn-rcvd', () => ({ attempts: 3 }));
  expect(parseProgress(progressText(progress))).toEqual(progress);
  expect(progressOf(progress, 'syn-rcvd').attempts).toBe(3);
  expect(progressOf(progress, 'constructor').attempts).toBe(0);
});

test('unknown fields are kept, everywhere', () => {
  const changed = withExercise(parseProgress(JSON.stringify(FILE)), 'syn-rcvd', () => ({ attempts: 3 }));
  expect(JSON.parse(progressText(changed))).toMatchObject({
    teacher: { says: 'well done' },
    seed: 'abc',
    exercises: { 'syn-rcvd': { attempts: 3, bestPoints: 4, starred: true }, later: { attempts: 0 } },
  });
});

test.each([
  ['attempts', -1],
  ['attempts', 'many'],
  ['hints', 99],
  ['predictions', ['a']],
  ['passedAt', 7],
])('a field that is not what it should be counts as not there: %s %j', (name, value) => {
  const file = { ...FILE, exercises: { 'syn-rcvd': { [name]: value } } };
  const own = progressOf(parseProgress(JSON.stringify(file)), 'syn-rcvd');
  expect(own).toMatchObject({ attempts: 0, predictions: {} });
  expect(own.hints).toBeLessThanOrEqual(3);
  expect(own.passedAt).toBeUndefined();
});

test.each([
  ['', 'Unexpected end of JSON input'],
  ['{"schema": "tcplab/pro', 'JSON'],
  ['[]', 'it is no JSON object'],
  ['{}', 'its "schema" is not "tcplab/progress/1"'],
])('a file that cannot be read is set aside whole, and said so: %j', async (text, because) => {
  const student = new Student();
  writeFileSync(student.path('progress.json'), text);
  const { exitCode, stderr } = await student.tcplab('list');
  expect(exitCode).toBe(0);
  expect(stderr).toContain(because);
  const aside = readdirSync(student.work).find((name) => name.startsWith('progress.unreadable-')) ?? '';
  expect(stderr).toContain(aside);
  expect(readFileSync(student.path(aside), 'utf8')).toBe(text);
  expect(student.progress().schema).toBe('tcplab/progress/1');
});

test('a file of a newer version is left as it is', async () => {
  const student = new Student();
  const text = JSON.stringify({ ...FILE, schema: 'tcplab/progress/2' });
  writeFileSync(student.path('progress.json'), text);
  for (const args of [['list'], ['hint', '4', '--level', '1'], ['start', '4']]) {
    const { stderr } = await student.tcplab(...args);
    expect(stderr).toContain('it was written by a newer tcplab');
  }
  expect(readFileSync(student.path('progress.json'), 'utf8')).toBe(text);
});

test('commands at the same time lose nothing', async () => {
  const student = new Student();
  writeFileSync(student.path('progress.json'), JSON.stringify(FILE));
  await Promise.all([
    student.tcplab('hint', '4', '--level', '3'),
    student.tcplab('predict', '4', 'after-silence=a'),
    student.tcplab('predict', '4', 'sees-it=b'),
    student.tcplab('start', '4'),
    student.tcplab('start', '1'),
    student.tcplab('solution', '1', '--give-up'),
  ]);
  expect(student.progress()).toMatchObject({
    teacher: { says: 'well done' },
    exercises: {
      'syn-rcvd': {
        hints: 3,
        predictions: { 'after-silence': 'a', 'sees-it': 'b' },
        startedAt: expect.any(String),
        starred: true,
      },
      listen: { startedAt: expect.any(String), gaveUpAt: expect.any(String) },
      later: {},
    },
  });
  expect(readdirSync(student.work).filter((name) => name.startsWith('progress'))).toEqual(['progress.json']);
});
