import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { REFERENCE, Student, WRONG } from '../support/student.ts';
import { ROOT } from '../support/tcplab.ts';

const CLIENT = ['04-syn-rcvd', 'client.ts'];
const starter = readFileSync(join(ROOT, 'lab/exercises/04-syn-rcvd/starter/client.ts'), 'utf8');

test('start copies the starter once, with types for the editor, and never overwrites', async () => {
  const student = new Student();
  const { stdout, exitCode } = await student.tcplab('start', '4');
  expect(exitCode).toBe(0);
  expect(stdout).toContain('04-syn-rcvd/client.ts');
  expect(stdout).toContain('./tcplab check 4');
  expect(readFileSync(student.path(...CLIENT), 'utf8')).toBe(starter);
  writeFileSync(student.path(...CLIENT), '// mine\n');
  const again = await student.tcplab('start', 'syn-rcvd', '--json');
  const { schema, copied, kept } = JSON.parse(again.stdout) as Record<string, unknown>;
  expect({ schema, copied, kept }).toEqual({
    schema: 'tcplab/start/1',
    copied: [],
    kept: [student.path(...CLIENT)],
  });
  expect(readFileSync(student.path(...CLIENT), 'utf8')).toBe('// mine\n');
});

test('the types of a fresh workspace are in order', async () => {
  const student = new Student();
  await student.tcplab('start', '4');
  await student.tcplab('start', '1');
  const { stdout, exitCode } = await execa(join(ROOT, 'node_modules/.bin/tsc'), ['-p', student.work], {
    reject: false,
  });
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 0 });
});

test('list: progress and the map grow with what the kernel has shown', { timeout: 60_000 }, async () => {
  const student = new Student();
  const list = async () => JSON.parse((await student.tcplab('list', '--json')).stdout) as List;
  const before = await list();
  expect(before.schema).toBe('tcplab/list/1');
  expect(of4(before)).toMatchObject({ slug: 'syn-rcvd', status: 'not-started', bestPoints: 0 });
  expect(before.map.states.every(({ seen }) => !seen)).toBe(true);
  await student.tcplab('start', '4');
  expect(of4(await list()).status).toBe('started');
  copyFileSync(WRONG, student.path(...CLIENT));
  expect((await student.tcplab('check', '4')).exitCode).toBe(1);
  expect(of4(await list())).toMatchObject({ status: 'attempted', attempts: 1 });
  copyFileSync(REFERENCE, student.path(...CLIENT));
  expect((await student.tcplab('check', '4')).exitCode).toBe(0);
  const after = await list();
  expect(of4(after)).toMatchObject({ status: 'passed', attempts: 2, bestPoints: of4(before).points });
  const seen = after.map.states.filter((each) => each.seen).map(({ state }) => state);
  expect(seen).toEqual(['CLOSED', 'LISTEN', 'SYN_RCVD']);
  const steps = after.map.transitions.filter((each) => each.seen).map(({ from, to }) => `${from} ${to}`);
  expect(steps).toEqual(['CLOSED LISTEN', 'LISTEN SYN_RCVD', 'SYN_RCVD LISTEN']);
  const { stdout } = await student.tcplab('list');
  expect(stdout).toMatch(/✔ {2}4 .*passed, checked twice/);
  expect(stdout).toContain('passed through 3 of the 11 states');
  expect(stdout).toMatch(/ESTABLISHED +exercise/);
});

test('show: the text of the exercise without Markdown', async () => {
  const student = new Student();
  const { stdout } = await student.tcplab('show', '4');
  expect(stdout).toMatch(/^4\. Hold SYN_RCVD by withholding the final ACK\n\nWhat you will see\n/);
  expect(stdout).not.toMatch(/<!--|```|\*\*|^#/m);
  expect(stdout).not.toContain('\u001b');
  expect(stdout.split('\n').filter((line) => !line.startsWith('    ') && line.length > 105)).toEqual([]);
  const { markdown } = JSON.parse((await student.tcplab('show', '4', '--json')).stdout) as {
    markdown: string;
  };
  expect(markdown).toBe(readFileSync(join(ROOT, 'lab/exercises/04-syn-rcvd/README.md'), 'utf8'));
});

test('predictions: by letters or by name, until the first run, and beside the kernel', async () => {
  const student = new Student();
  expect((await student.tcplab('predict', '4')).stdout).toContain('You say: –');
  await student.tcplab('predict', '4', 'c', 'b');
  const changed = await student.tcplab('predict', '4', 'after-silence=a', '--json');
  expect(JSON.parse(changed.stdout)).toMatchObject({
    schema: 'tcplab/predict/1',
    open: true,
    questions: [
      { id: 'after-silence', predicted: 'a' },
      { id: 'sees-it', predicted: 'b' },
    ],
  });
  await student.tcplab('start', '4');
  copyFileSync(WRONG, student.path(...CLIENT));
  const { stdout } = await student.tcplab('check', '4');
  expect(stdout).toContain('you said    It closes the connection.');
  const late = await student.tcplab('predict', '4', 'b');
  expect(late.exitCode).toBe(2);
  expect(late.stderr).toContain('a prediction comes before that');
  expect(JSON.parse((await student.tcplab('predict', '4', '--json')).stdout)).toMatchObject({
    open: false,
    questions: [{ predicted: 'a' }, { predicted: 'b' }],
  });
});

test('hints come one after the other, and any on demand', async () => {
  const student = new Student();
  const level = async (...args: string[]) =>
    (JSON.parse((await student.tcplab('hint', '4', '--json', ...args)).stdout) as { level: number }).level;
  expect([await level(), await level(), await level('--level', '1'), await level(), await level()]).toEqual([
    1, 2, 1, 3, 3,
  ]);
  expect((await student.tcplab('hint', '4')).stdout).toMatch(/^Hint 3 of 3:\n\n {2}const peer/);
});

test('the solution: after a pass, or after giving up, which is recorded', async () => {
  const student = new Student();
  const refused = await student.tcplab('solution', '4');
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain('./tcplab solution 4 --give-up');
  const given = await student.tcplab('solution', '4', '--give-up');
  expect(given.stdout).toContain('clients/withhold-ack.ts');
  expect(given.stdout).toContain("await peer.send('S');");
  expect(student.progress().exercises['syn-rcvd']).toMatchObject({ gaveUpAt: expect.any(String) });
  const { files } = JSON.parse((await student.tcplab('solution', '4', '--json')).stdout) as {
    files: { path: string }[];
  };
  expect(files.map(({ path }) => path)).toEqual(['clients/withhold-ack.ts']);
});

test('reset keeps what was there', async () => {
  const student = new Student();
  expect((await student.tcplab('reset', '4')).exitCode).toBe(2);
  await student.tcplab('start', '4');
  for (const text of ['// one\n', '// two\n']) {
    writeFileSync(student.path(...CLIENT), text);
    const { stdout } = await student.tcplab('reset', '4', '--json');
    const { backup } = JSON.parse(stdout) as { backup: string };
    expect(readFileSync(join(backup, 'client.ts'), 'utf8')).toBe(text);
    expect(readFileSync(student.path(...CLIENT), 'utf8')).toBe(starter);
  }
  expect(readdirSync(student.path('04-syn-rcvd')).filter((name) => name.startsWith('.backup-'))).toHaveLength(
    2,
  );
});

test('run shows the timeline, judges nothing, and saves', async () => {
  const student = new Student();
  await student.tcplab('start', '4');
  copyFileSync(WRONG, student.path(...CLIENT));
  const saved = student.path('saved');
  const { stdout, exitCode } = await student.tcplab('run', '4', '--save', saved);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/── S seq 0/);
  expect(stdout).not.toMatch(/points|lab\./);
  expect(readdirSync(saved).sort()).toEqual(['capture.pcapng', 'timeline.jsonl']);
  expect(student.progress().exercises['syn-rcvd']).toMatchObject({
    attempts: 0,
    firstRunAt: expect.any(String),
  });
  const { schema, events } = JSON.parse((await student.tcplab('run', '4', '--json')).stdout) as {
    schema: string;
    events: unknown[];
  };
  expect(schema).toBe('tcplab/run/1');
  expect(events.length).toBeGreaterThan(5);
});

test('check --from a folder outside the repository, where #lab/raw means the lab as well; nothing is recorded', async () => {
  const student = new Student();
  const outside = mkdtempSync(join(tmpdir(), 'tcplab-student-'));
  try {
    await execa('mkdir', [join(outside, '04-syn-rcvd')]);
    copyFileSync(REFERENCE, join(outside, ...CLIENT));
    const saved = join(outside, 'saved');
    const { stdout, exitCode } = await student.tcplab(
      'check',
      '4',
      '--from',
      outside,
      '--save',
      saved,
      '--json',
    );
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'tcplab/check/1', verdict: 'pass', from: outside });
    expect(readdirSync(saved).sort()).toEqual(['capture.pcapng', 'result.json', 'timeline.jsonl']);
    expect(JSON.parse(readFileSync(join(saved, 'result.json'), 'utf8'))).toEqual(JSON.parse(stdout));
    expect(existsSync(student.path('progress.json'))).toBe(false);
  } finally {
    rmSync(outside, { recursive: true });
  }
});

test.each<[string[], string]>([
  [['start'], 'which exercise? They are: '],
  [['start', '99'], 'no exercise "99". The exercises are: '],
  [['start', '4', '5'], 'start does not know what to do with "5"'],
  [['list', '4'], 'list does not know what to do with "4"'],
  [['check', '4'], 'exercise 4 is not started yet. Start it with: ./tcplab start 4'],
  [['run', '4'], 'exercise 4 is not started yet. Start it with: ./tcplab start 4'],
  [['check', '4', '--from', 'nowhere'], 'there is no folder nowhere'],
  [['check', '4', '--from', 'lab'], 'lab has no client.ts, nor a folder 04-syn-rcvd with one'],
  [['check', '4', '--from', 'lab', '--reference'], '--from and --reference exclude each other'],
  [['check', '4', '--loud'], 'no option "--loud". The options of check are: --backend, --json, '],
  [['check', '4', '--backend', 'moon'], 'no backend "moon"'],
  [['hint', '4', '--level', '4'], '--level takes a whole number from 1 to 3, not "4"'],
  [['predict', '4', 'z'], '"z" is no answer to "after-silence". The answers are: a, b, c'],
  [
    ['predict', '4', 'who=a'],
    'no question "who". The questions of exercise 4 are: after-silence=… sees-it=…',
  ],
  [['predict', '4', 'a', 'b', 'c'], 'exercise 4 asks 2 questions, not 3'],
])('%j is one line on standard error and exit code 2', async (args, sentence) => {
  const { stdout, stderr, exitCode } = await new Student().tcplab(...args);
  expect(stderr).toContain(`tcplab: ${sentence}`);
  expect(stderr.split('\n')).toHaveLength(1);
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
});

interface List {
  readonly schema: string;
  readonly exercises: readonly {
    readonly number: number;
    readonly points: number;
    readonly status: string;
  }[];
  readonly map: {
    readonly states: readonly { readonly state: string; readonly seen: boolean }[];
    readonly transitions: readonly { readonly from: string; readonly to: string; readonly seen: boolean }[];
  };
}

function of4({ exercises }: List): List['exercises'][number] {
  return exercises.find(({ number }) => number === 4) as List['exercises'][number];
}
