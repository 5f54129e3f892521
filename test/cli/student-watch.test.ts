import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { REFERENCE, Student, WRONG } from '../support/student.ts';
import { ROOT } from '../support/tcplab.ts';

const wrong = readFileSync(WRONG, 'utf8');
const reference = readFileSync(REFERENCE, 'utf8');
/** Ends at once, so that its check is quick. */
const quick = "console.log('PASS');\n";
const hangs = 'setInterval(() => {}, 1000);\n';
/** Not an option of watch: where no file events can be had. inotify(7). */
const DEAF = 'deaf';
const INOTIFY_LIMIT = '/proc/sys/user/max_inotify_instances';
const CHECKING = /checking exercise 4 …/;
const ENDED = /(Passed|Not yet): \d+ of \d+ points/;
const ASKED = /or s to skip it:/;

test('a save is checked within 300 ms of it; a pass moves on; q quits', async () => {
  const watch = new Watch();
  await watch.says(ASKED);
  watch.type('b', 'b');
  await watch.says(/Edit and save/);
  expect(watch.count(CHECKING)).toBe(0);
  const saved = performance.now();
  writeFileSync(watch.file, wrong);
  await watch.says(CHECKING);
  expect(performance.now() - saved).toBeLessThan(300);
  await watch.says(/Not yet: /);
  expect(watch.text).toContain('the client sent an RST');
  expect(watch.text).toMatch(/you said {4}It sends the SYN-ACK again/);
  writeFileSync(watch.file, reference);
  await watch.says(/Passed: (\d+) of \1 points/);
  await watch.says(/^5\. /m);
  expect(watch.student.progress().exercises).toMatchObject({
    'syn-rcvd': {
      attempts: 2,
      bestPoints: expect.any(Number),
      predictions: { 'after-silence': 'b', 'sees-it': 'b' },
    },
    'two-queues': { startedAt: expect.any(String) },
  });
  watch.type('q');
  expect(await watch.ended).toEqual([0, null]);
});

const SAVES: Record<string, (file: string, text: string) => Promise<void> | void> = {
  'in place': (file, text) => writeFileSync(file, text),
  'by rename': (file, text) => {
    writeFileSync(`${file}~`, text);
    renameSync(`${file}~`, file);
  },
  'in two writes': async (file, text) => {
    const fd = openSync(file, 'w');
    writeSync(fd, text.slice(0, 20));
    await delay(10);
    writeSync(fd, text.slice(20));
    closeSync(fd);
  },
  'twice the same': async (file, text) => {
    writeFileSync(file, text);
    await delay(60);
    writeFileSync(file, text);
  },
  'truncated first': async (file, text) => {
    writeFileSync(file, '');
    await delay(120);
    writeFileSync(file, text);
  },
};

test.each([
  ...Object.keys(SAVES).map((kind) => [kind, ''] as const),
  ['by rename', '--poll'] as const,
  ['in two writes', '--poll'] as const,
  ['in place', DEAF] as const,
])('saved %s %s: one run, with the final content', async (kind, how) => {
  const watch = new Watch(...(how === '' ? [] : [how]));
  await watch.says(ASKED);
  await SAVES[kind]?.(watch.file, wrong);
  await watch.says(/Not yet: /);
  expect(watch.text).toContain('the client sent an RST');
  expect(watch.count(CHECKING)).toBe(1);
});

test('a save during a run gives that run up, however it hangs', async () => {
  const watch = new Watch();
  await watch.says(ASKED);
  writeFileSync(watch.file, hangs);
  await watch.says(CHECKING);
  await delay(500);
  const saved = performance.now();
  writeFileSync(watch.file, wrong);
  await watch.says(CHECKING, 2);
  expect(performance.now() - saved).toBeLessThan(300);
  await watch.says(/Not yet: /);
  await delay(500);
  expect(watch.count(ENDED)).toBe(1);
  expect(watch.student.progress().exercises['syn-rcvd']).toMatchObject({ attempts: 1 });
});

test('a program that does not even start stops nothing', async () => {
  const watch = new Watch();
  await watch.says(ASKED);
  writeFileSync(watch.file, 'const = ;\n');
  await watch.says(ENDED);
  expect(watch.text).toMatch(/SyntaxError|Expected|Expression/);
  writeFileSync(watch.file, wrong);
  await watch.says(/the client sent an RST/);
});

test('words on standard input do what the keys do', async () => {
  const watch = new Watch();
  await watch.says(ASKED);
  watch.type('hint');
  await watch.says(/Hint 1 of 3/);
  watch.type('z');
  await watch.says(/"z" is none of the answers: a, b, c/);
  watch.type('list');
  await watch.says(/of the 11 states/);
  watch.type('run');
  await watch.says(ENDED);
  watch.type('predict');
  await watch.says(/a prediction comes before that/);
  watch.type('next');
  await watch.says(/^5\. /m);
  watch.type('quit');
  expect(await watch.ended).toEqual([0, null]);
});

test('--json: one document with every result at the end', async () => {
  const watch = new Watch('--json');
  await watch.says(ASKED, 1, 'errors');
  writeFileSync(watch.file, wrong);
  await watch.says(ENDED, 1, 'errors');
  watch.type('q');
  await watch.ended;
  const { schema, runs } = JSON.parse(watch.text) as { schema: string; runs: { verdict: string }[] };
  expect({ schema, verdicts: runs.map(({ verdict }) => verdict) }).toEqual({
    schema: 'tcplab/watch/1',
    verdicts: ['fail'],
  });
});

test.each(['q', 'Ctrl-C', 'SIGTERM', 'SIGKILL'])('the terminal is as it was after %s', async (end) => {
  const student = new Student();
  // script(1) gives it a terminal; the shell in it says how that is set before and after.
  const watch = `echo $$ > pid; exec "${join(ROOT, 'tcplab')}" watch 4`;
  const lines = ['stty -a > before', `sh -c '${watch}'`, 'sleep 1', 'stty -a > after'];
  writeFileSync(student.path('run.sh'), `${lines.join('\n')}\n`);
  const child = spawn('script', ['-qfc', 'sh run.sh', '/dev/null'], {
    cwd: student.work,
    env: { ...process.env, ...student.env, TERM: 'xterm' },
  });
  const terminal = new Output(child);
  await terminal.says(ASKED);
  const outermost = Number(readFileSync(student.path('pid'), 'utf8'));
  if (end === 'q') child.stdin.write('q');
  else if (end === 'Ctrl-C') child.stdin.write('\x03');
  else process.kill(outermost, end as NodeJS.Signals);
  await once(child, 'close');
  expect(readFileSync(student.path('after'), 'utf8')).toBe(readFileSync(student.path('before'), 'utf8'));
});

test('at a terminal keys need no Enter, and questions are asked one after the other', async () => {
  const student = new Student();
  const child = spawn('script', ['-qfec', `${join(ROOT, 'tcplab')} watch 4`, '/dev/null'], {
    cwd: student.work,
    env: { ...process.env, ...student.env, TERM: 'xterm' },
  });
  const terminal = new Output(child);
  await terminal.says(ASKED);
  // Enter is typed out of habit, and skips nothing.
  child.stdin.write('a\r');
  await terminal.says(ASKED, 2);
  child.stdin.write('s');
  await terminal.says(/Edit and save/);
  writeFileSync(student.path('04-syn-rcvd', 'client.ts'), quick);
  await terminal.says(ENDED);
  child.stdin.write('h');
  await terminal.says(/Hint 1 of 3/);
  child.stdin.write('q');
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(student.progress().exercises['syn-rcvd']).toMatchObject({ predictions: { 'after-silence': 'a' } });
});

/** What a process prints, and a way to wait for it. */
class Output {
  text = '';
  errors = '';
  readonly #child: ChildProcessWithoutNullStreams;

  constructor(child: ChildProcessWithoutNullStreams) {
    this.#child = child;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.text += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.errors += text;
    });
    onTestFinished(() => void child.kill('SIGKILL'));
  }

  count(what: RegExp, where: 'text' | 'errors' = 'text'): number {
    return [...this[where].matchAll(new RegExp(what, `g${what.flags}`))].length;
  }

  /** Resolves when it has printed this so many times. */
  async says(what: RegExp, times = 1, where: 'text' | 'errors' = 'text'): Promise<void> {
    const stream = where === 'text' ? this.#child.stdout : this.#child.stderr;
    const late = AbortSignal.timeout(15_000);
    while (this.count(what, where) < times) {
      await once(stream, 'data', { signal: late }).catch(() => {
        throw new Error(`it never said ${what}, but:\n${this.text}\n${this.errors}`);
      });
    }
  }
}

/** A watch of exercise 4 without a terminal, in a workspace of its own. */
class Watch extends Output {
  readonly student: Student;
  readonly ended: Promise<unknown[]>;
  readonly #stdin: ChildProcessWithoutNullStreams['stdin'];

  constructor(...options: string[]) {
    // A user namespace of its own has a limit of its own: no file events at all.
    const deaf = ['--user', '--map-root-user', 'sh', '-c', `echo 0 > ${INOTIFY_LIMIT}; exec "$0" "$@"`];
    const command = [join(ROOT, 'tcplab'), 'watch', '4', ...options.filter((option) => option !== DEAF)];
    const [file = '', ...args] = options.includes(DEAF) ? ['unshare', ...deaf, ...command] : command;
    const student = new Student();
    const child = spawn(file, args, {
      env: { ...process.env, ...student.env },
    });
    super(child);
    this.student = student;
    this.ended = once(child, 'close');
    this.#stdin = child.stdin;
  }

  get file(): string {
    return this.student.path('04-syn-rcvd', 'client.ts');
  }

  type(...lines: string[]): void {
    for (const line of lines) this.#stdin.write(`${line}\n`);
  }
}
