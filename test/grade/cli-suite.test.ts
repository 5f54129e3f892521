import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { quietly, ROOT } from '../support/tcplab.ts';
import { answerPath, makeClass, rightAnswers } from './cli-class.ts';
import { temporaryPath } from './temporary.ts';

const VITEST = join(ROOT, 'node_modules/vitest/vitest.mjs');
const CONFIG = join(ROOT, 'lab/grade/suite/vitest.config.ts');

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly meta: Readonly<Record<string, unknown>>;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

test('each check of a submission is a test with its points, and nothing of the submission is loaded', async () => {
  const [submissions, results] = [temporaryPath('submissions'), temporaryPath('results')];
  const loaded = join(submissions, 'loaded');
  const betray = `import { writeFileSync } from 'node:fs';\nwriteFileSync(${JSON.stringify(loaded)}, '');\n`;
  makeClass(submissions, {
    ada: {
      ...rightAnswers(22),
      [answerPath(10)]: `import { connect } from 'node:net';
        const [host, port] = process.argv.slice(2);
        const socket = connect({ host, port: Number(port) }, () => socket.destroy());\n`,
      'vitest.config.ts': `${betray}export default {};\n`,
      '10-half-close/vitest.config.ts': `${betray}export default {};\n`,
      '10-half-close/lab.suite.ts': betray,
      '10-half-close/client.test.ts': betray,
    },
  });
  const reporters = ['json', 'junit'].flatMap((name) => [
    `--reporter=${name}`,
    `--outputFile.${name}=${join(results, name)}`,
  ]);
  const { exitCode, stdout, stderr } = await execa(
    process.execPath,
    [VITEST, '--config', CONFIG, '--no-color', ...reporters],
    { ...quietly, env: { SUBMISSION: join(submissions, 'ada'), VITEST: undefined } },
  );
  expect(exitCode, `${stdout}\n${stderr}`).toBe(1);
  expect(existsSync(loaded)).toBe(false);
  const report = JSON.parse(readFileSync(join(results, 'json'), 'utf8')) as Report;
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  const abort = tests.filter(({ meta }) => meta.exercise === 22);
  expect(abort.map(({ status, meta }) => [meta.check, status, meta.points, meta.maxPoints])).toEqual([
    ['runs', 'passed', 0, 0],
    ['full', 'passed', 2, 2],
    ['no-fin', 'passed', 2, 2],
    ['reset', 'passed', 8, 8],
    ['forgotten', 'passed', 4, 4],
  ]);
  const close = tests.filter(({ meta }) => meta.exercise === 10);
  expect(close.map(({ status, meta }) => [meta.check, status, meta.verdict, meta.points])).toEqual([
    ['runs', 'passed', 'pass', 0],
    ['closes-first', 'passed', 'pass', 1],
    ['half-closed', 'failed', 'fail', 0],
    ['answer', 'skipped', 'skipped', 0],
    ['stays', 'skipped', 'skipped', 0],
  ]);
  expect(close[2]?.failureMessages.join('\n')).toMatch(/ino:0.*Next:/s);
  expect(readFileSync(join(results, 'junit'), 'utf8')).toContain(
    'name="10. Close one direction, and read 64 KiB from the other &gt; The client sends a FIN, and no reset"',
  );
}, 120_000);

test('without a submission it says how it is called', async () => {
  const { exitCode, stderr, stdout } = await execa(
    process.execPath,
    [VITEST, '--config', CONFIG, '--no-color'],
    { ...quietly, env: { SUBMISSION: '/no/such/place' } },
  );
  expect(`${stdout}${stderr}`).toContain('SUBMISSION=submissions/ada npm run grade:suite');
  expect(exitCode).toBe(1);
}, 60_000);
