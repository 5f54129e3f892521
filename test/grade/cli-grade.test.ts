import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { readJournal } from '../../lab/grade/journal-lines.ts';
import { belongings } from '../support/leftovers.ts';
import { ROOT } from '../support/tcplab.ts';
import { answerPath, grade, makeClass, rightAnswers } from './cli-class.ts';
import { temporaryPath } from './temporary.ts';

const TIMEOUT = { timeout: 180_000 };
/** They take a tenth to four tenths of a second. */
const [HALF_CLOSE, ABORT] = [10, 22];

interface Told {
  readonly planned: number;
  readonly judged: number;
  readonly open: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly passed: number;
  readonly trouble: readonly string[];
}

async function graded(...args: string[]): Promise<{ exitCode: number | undefined; told: Told }> {
  const { exitCode, stdout, stderr } = await grade([...args, '--json', '--jobs', '4']);
  expect(stdout, stderr).toMatch(/^\{/);
  return { exitCode, told: JSON.parse(stdout) as Told };
}

test(
  'a class is graded, whatever the submissions are, and a second time only what is new',
  TIMEOUT,
  async () => {
    const [submissions, out] = [temporaryPath('submissions'), temporaryPath('graded')];
    makeClass(submissions, {
      ada: rightAnswers(HALF_CLOSE, ABORT),
      ben: { [answerPath(HALF_CLOSE)]: 'const a = (;\n', ...rightAnswers(ABORT) },
      cleo: { '10-half-close/notes.ts': '// to do\n' },
      dan: { [answerPath(HALF_CLOSE)]: 'process.exit();\n' },
      eve: { 'README.txt': 'my dog ate it' },
    });
    const first = await graded(submissions, '--out', out, '--exercise', '10');
    expect(first).toMatchObject({
      exitCode: 0,
      told: { planned: 4, judged: 4, open: 0, passed: 1, statuses: { ok: 1, student_error: 3 } },
    });
    expect(first.told.trouble.join('\n')).toContain('eve: No folder');
    const byStudent = new Map(readJournal(join(out, 'journal.jsonl')).map((row) => [row.student, row]));
    expect(byStudent.get('ben')?.because).toMatch(/syntax error.*client\.ts, line 1/);
    expect(byStudent.get('cleo')).toMatchObject({ because: 'There is no client.ts.', result: null });
    expect(byStudent.get('dan')?.because).toContain('ended by itself');
    expect(byStudent.get('ada')?.seed).not.toBe(byStudent.get('ben')?.seed);
    expect(readdirSync(out).sort()).toEqual(
      expect.arrayContaining([
        'gradebook.html',
        'gradebook.csv',
        'canvas.csv',
        'students',
        'similarity.html',
      ]),
    );

    // Another exercise, for one student: the rest stays. What others have handed in for it is not missing, but has no verdict.
    const second = await graded(submissions, '--out', out, '--exercise', '22', '--only', 'ada');
    expect(second).toMatchObject({ exitCode: 1, told: { planned: 6, judged: 1, open: 1, passed: 2 } });

    makeClass(submissions, { ben: rightAnswers(HALF_CLOSE) });
    const third = await graded(submissions, '--out', out);
    expect(third).toMatchObject({ exitCode: 0, told: { planned: 6, judged: 2, open: 0, passed: 4 } });

    const again = await graded(submissions, '--out', out, '--rerun', 'failed', '--only', 'dan');
    expect(again).toMatchObject({ exitCode: 0, told: { planned: 6, judged: 1, open: 0, passed: 4 } });
    expect(readFileSync(join(out, 'gradebook.csv'), 'utf8')).toContain('ada');
  },
);

test(
  'planned, run in shards and merged, it is the same; a shard that is missing is told',
  TIMEOUT,
  async () => {
    const [submissions, out] = [temporaryPath('submissions'), temporaryPath('graded')];
    makeClass(submissions, { ada: rightAnswers(HALF_CLOSE, ABORT), ben: rightAnswers(HALF_CLOSE) });
    const plan = join(out, 'plan.jsonl');
    expect(await grade(['plan', submissions, '--out', out])).toMatchObject({ exitCode: 0 });
    expect(await grade(['run', '--plan', plan, '--shard', '1/2'])).toMatchObject({ exitCode: 0 });
    const shards = [1, 2].map((n) => join(out, `journal-${n}-of-2.jsonl`));
    const early = await grade(['merge', '--plan', plan, '--out', out, ...shards.slice(0, 1)]);
    expect(early.exitCode).toBe(1);
    expect(early.stderr).toContain('no verdict');

    // Files that have changed since are not judged, and are no verdict on anybody either.
    const file = join(out, 'intake/ben', answerPath(HALF_CLOSE));
    const text = readFileSync(file, 'utf8');
    const alsoAda = join(out, 'intake/ada', answerPath(HALF_CLOSE));
    for (const path of [file, alsoAda]) writeFileSync(path, `${text}// later\n`);
    const changed = await grade(['run', '--plan', plan, '--shard', '2/2']);
    for (const path of [file, alsoAda]) writeFileSync(path, text);
    expect(changed.exitCode).toBe(1);
    expect(changed.stdout).toContain('not those that were planned');

    expect(await grade(['run', '--plan', plan, '--shard', '2/2'])).toMatchObject({ exitCode: 0 });
    const merged = await grade(['merge', '--plan', plan, '--out', out, ...shards]);
    expect(merged.stdout, merged.stderr).toContain('2 students, 3 runs');
    expect(merged.exitCode).toBe(0);
  },
);

test('interrupted, it ends with 130, leaves nothing, and goes on where it was', TIMEOUT, async () => {
  const [submissions, out] = [temporaryPath('submissions'), temporaryPath('graded')];
  makeClass(
    submissions,
    Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`s${n}`, rightAnswers(HALF_CLOSE)])),
  );
  const marker = `tcplab-interrupted-${process.pid}`;
  const running = grade([submissions, '--out', out, '--jobs', '2'], { env: { TCPLAB_TEST_MARKER: marker } });
  running.stderr?.once('data', () => running.kill('SIGINT'));
  const { exitCode, stderr } = await running;
  expect(exitCode).toBe(130);
  expect(stderr).toContain('the same command again goes on from there');
  expect((await belongings(marker)).processes).toEqual([]);
  const kept = readJournal(join(out, 'journal.jsonl')).length;
  expect(kept).toBeGreaterThan(0);
  expect(await graded(submissions, '--out', out)).toMatchObject({
    exitCode: 0,
    told: { planned: 12, judged: 12 - kept, open: 0 },
  });
});

test('two gradings do not write into one folder', TIMEOUT, async () => {
  const [submissions, out] = [temporaryPath('submissions'), temporaryPath('graded')];
  makeClass(submissions, { ada: rightAnswers(HALF_CLOSE) });
  const first = grade([submissions, '--out', out]);
  while (!existsSync(join(out, 'plan.jsonl'))) await new Promise((resolve) => setImmediate(resolve));
  const { exitCode, stderr } = await grade([submissions, '--out', out]);
  expect(stderr).toContain('another ./tcplab grade works in');
  expect(exitCode).toBe(4);
  expect(await first).toMatchObject({ exitCode: 0 });
});

describe('what cannot be done is a sentence, and', () => {
  test.each<[string, string[], number, string]>([
    ['no folder', [], 2, 'grade takes a folder of submissions'],
    ['a folder that is not there', ['nowhere', '--out', 'x'], 2, 'there is no folder nowhere'],
    ['no --out', ['IN'], 2, '--out DIR is missing'],
    ['--out among the submissions', ['IN', '--out', 'IN'], 2, 'must be another folder'],
    ['an unknown student', ['IN', '--out', 'OUT', '--only', 'zoe'], 2, 'no submission of "zoe"'],
    ['an unknown exercise', ['IN', '--out', 'OUT', '--exercise', '99'], 2, 'no exercise "99"'],
    ['nothing handed in', ['IN', '--out', 'OUT', '--exercise', '5'], 2, 'ada: No folder 05-two-queues'],
    ['a strange --rerun', ['IN', '--out', 'OUT', '--rerun', 'often'], 2, '--rerun takes failed, error, all'],
    ['a strange --shard', ['run', '--plan', 'x', '--shard', '9/8'], 2, '--shard takes I/N'],
    ['a plan that is not there', ['run', '--plan', '/no/plan.jsonl'], 2, '/no/plan.jsonl is not there'],
    ['a plan that is a folder', ['run', '--plan', 'IN'], 2, 'is a folder'],
    ['a course that is not there', ['IN', '--out', 'OUT', '--course', 'no.json'], 2, 'no file no.json'],
    ['a place that is a file', ['IN', '--out', 'IN/ada/10-half-close/client.ts'], 2, 'is no folder'],
    ['an unknown option', ['IN', '--frob'], 2, 'no option "--frob"'],
    ['no Redis', ['work', '--redis', 'nowhere'], 2, 'no address of a Redis'],
  ])('%s', async (_what, words, code, sentence) => {
    const submissions = temporaryPath('submissions');
    const out = temporaryPath('graded');
    makeClass(submissions, { ada: rightAnswers(HALF_CLOSE) });
    const args = words.map((word) => word.replace(/^IN/, submissions).replace(/^OUT/, out));
    const { exitCode, stderr } = await grade(args);
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(exitCode).toBe(code);
  });

  test('a machine without bubblewrap', TIMEOUT, async () => {
    const [submissions, out, bin] = [temporaryPath('in'), temporaryPath('out'), temporaryPath('bin')];
    makeClass(submissions, { ada: rightAnswers(HALF_CLOSE) });
    mkdirSync(bin);
    chmodSync(join(bin, '..'), 0o755);
    for (const tool of ['setpriv', 'unshare', 'sh', 'ip', 'ss', 'nft'])
      symlinkSync((await execa('sh', ['-c', `command -v ${tool}`])).stdout, join(bin, tool));
    const { exitCode, stderr } = await grade([submissions, '--out', out], { env: { PATH: bin } });
    expect(stderr).toMatch(/there is no bwrap here.*\.\/tcplab doctor$/);
    expect(exitCode).toBe(4);
    expect(readJournal(join(out, 'journal.jsonl'))).toEqual([]);
  });

  test.skipIf(process.getuid?.() !== 0)("a checkout that the slots' users cannot read", TIMEOUT, async () => {
    const [submissions, out, closed] = [temporaryPath('in'), temporaryPath('out'), temporaryPath('closed')];
    makeClass(submissions, { ada: rightAnswers(HALF_CLOSE) });
    mkdirSync(join(closed, 'lab'), { recursive: true });
    chmodSync(join(closed, '..'), 0o755);
    const script =
      'mount --bind "$1" "$2/lab" && chmod 700 "$2" && exec "$3" "$2/lab/lab/cli/main.ts" grade "$4" --out "$5"';
    const places = [ROOT, closed, process.execPath, submissions, out];
    const { exitCode, stderr } = await execa('unshare', ['-m', 'sh', '-c', script, 'sh', ...places], {
      reject: false,
    });
    rmSync(join(closed, 'lab'), { recursive: true });
    expect(stderr).toContain(`may not read ${closed}. To allow it: chmod o+x ${closed}`);
    expect(exitCode).toBe(4);
  });
});
