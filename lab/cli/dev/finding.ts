import type { Checked } from '../../exercise/check.ts';
import type { WrongProgram } from '../../exercise/exercise.ts';
import type { CheckResult } from '../../exercise/result.ts';

/** Why the reference's run is not what it should be; nothing when it passed. */
export function reference({ result }: Checked): string[] {
  if (result.verdict === 'pass') return [];
  return [`the reference does not pass (${result.verdict}): ${why(firstBad(result.checks))}`];
}

/** Why the starter's run is not what it should be. */
export function starter({ result }: Checked): string[] {
  return result.verdict === 'fail' ? [] : [`the starter should fail; its verdict is ${result.verdict}`];
}

/** Why a wrong program's run is not what it should be. */
export function wrong({ file, fails, says }: WrongProgram, { result }: Checked): string[] {
  const first = firstBad(result.checks);
  if (result.verdict !== 'fail' || first === undefined)
    return [`${file} should fail at "${fails}"; its verdict is ${result.verdict}`];
  if (first.id !== fails)
    return [`${file} should fail at "${fails}", and fails at "${first.id}": ${why(first)}`];
  if (first.message?.includes(says) === true) return [];
  return [`${file} fails at "${fails}" as it should, but its message does not say "${says}": ${why(first)}`];
}

/** Which questions the reference's run leaves without an answer that can be chosen. */
export function unanswered({ result }: Checked): string[] {
  return result.predictions.flatMap(({ id, kernel, choices }) =>
    kernel !== null && choices[kernel] !== undefined
      ? []
      : [
          `question "${id}": the reference's run answers ${kernel === null ? 'nothing' : `"${kernel}", no choice`}`,
        ],
  );
}

function firstBad(checks: readonly CheckResult[]): CheckResult | undefined {
  return checks.find(({ verdict }) => verdict !== 'pass');
}

function why(check: CheckResult | undefined): string {
  return check === undefined ? 'no check failed' : `${check.id}: ${check.message ?? check.verdict}`;
}
