/** How many steps and tests came to which end. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

export const nothing: Tally = { passed: 0, failed: 0, skipped: 0 };

export function add(a: Tally, b: Tally): Tally {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** `12 passed, 0 failed`, and `, 1 skipped` only if there is one. */
export function tallyLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** The part of vitest's JSON report that is read here. */
interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { name: string; status: string; message: string; assertionResults: { status: string }[] }[];
}

/**
 * Counts the tests in a report of vitest. What the report does not count is added as one failure each, with a sentence:
 * a file that failed outside its tests, and a run that ended badly although each test in it passed (an unhandled
 * rejection, a crash), or that had no tests or left no report.
 */
export function readVitest(
  json: string | undefined,
  exitCode: number | undefined,
): { tally: Tally; complaints: string[] } {
  const report = parse(json);
  if (report === undefined) {
    return failure(nothing, `vitest ended with exit code ${exitCode ?? 'none'} and left no report.`);
  }
  const tally = {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
  const complaints = report.testResults
    .filter(
      (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
    )
    .map((file) => `${file.name} failed outside its tests: ${file.message}`);
  tally.failed += complaints.length;

  if (tally.failed === 0 && tally.passed === 0) return failure(tally, 'vitest ran no test.');
  if (tally.failed === 0 && exitCode !== 0) {
    return failure(
      tally,
      `Each test passed, yet vitest ended with exit code ${exitCode ?? 'none'}: see above.`,
    );
  }
  return { tally, complaints };
}

function parse(json: string | undefined): VitestReport | undefined {
  try {
    return json === undefined ? undefined : (JSON.parse(json) as VitestReport);
  } catch {
    return undefined;
  }
}

function failure(tally: Tally, sentence: string) {
  return { tally: add(tally, { ...nothing, failed: 1 }), complaints: [sentence] };
}
