import { describe, expect, test } from 'vitest';
import { readVitest, tallyLine } from './tally.ts';

const passing = { status: 'passed' };
const good = { name: 'a.test.ts', status: 'passed', message: '', assertionResults: [passing, passing] };

function report(changes: object) {
  return JSON.stringify({
    numPassedTests: 2,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    success: true,
    testResults: [good],
    ...changes,
  });
}

describe('the closing line', () => {
  test.each([
    ['all is well', report({}), 0, '2 passed, 0 failed'],
    [
      'some were skipped',
      report({ numPendingTests: 1, numTodoTests: 2 }),
      0,
      '2 passed, 0 failed, 3 skipped',
    ],
    ['a test failed', report({ numFailedTests: 1 }), 1, '2 passed, 1 failed'],
    ['an unhandled rejection, which the report calls a success', report({}), 1, '2 passed, 1 failed'],
    ['killed after the report', report({}), undefined, '2 passed, 1 failed'],
    [
      'a file did not load',
      report({ testResults: [good, { ...good, status: 'failed', assertionResults: [] }] }),
      1,
      '2 passed, 1 failed',
    ],
    [
      'a hook failed after passing tests',
      report({ testResults: [{ ...good, status: 'failed' }] }),
      1,
      '2 passed, 1 failed',
    ],
    ['no tests', report({ numPassedTests: 0, testResults: [] }), 0, '0 passed, 1 failed'],
    ['no report', undefined, 1, '0 passed, 1 failed'],
    ['half a report', report({}).slice(0, 40), 0, '0 passed, 1 failed'],
  ])('%s', (_, json, exitCode, line) => {
    expect(tallyLine(readVitest(json, exitCode).tally)).toBe(line);
  });
});
