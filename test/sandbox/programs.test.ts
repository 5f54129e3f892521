import { expect, test } from 'vitest';
import { runInSlot, submission } from './support/slot.ts';

const WAITS = `setInterval(() => {}, 1_000); console.log('ready');`;

test('exit codes and signals are the program’s own', async () => {
  using folder = submission({
    'three.ts': 'process.exit(3);',
    'waits.ts': WAITS,
    'handles.ts': `process.on('SIGTERM', () => process.exit(7)); ${WAITS}`,
    'ignores.ts': `process.on('SIGTERM', () => console.log('no')); ${WAITS}`,
    'counts.ts': `let n = 0; process.on('SIGUSR2', () => process.exit(40 + ++n)); ${WAITS}`,
    'aborts.ts': 'process.abort();',
    'throws.ts': `await Promise.resolve();\nthrow new Error('oh dear');`,
  });
  const file = (name: string): string => folder.file(name);
  const { ended } = await runInSlot([
    { file: file('three.ts') },
    { file: file('waits.ts'), stop: true },
    { file: file('handles.ts'), stop: true },
    { file: file('ignores.ts'), stop: true },
    { file: file('counts.ts'), signals: ['SIGUSR2'] },
    { file: file('waits.ts'), signals: ['SIGINT'] },
    { file: file('waits.ts'), signals: ['SIGKILL'] },
    { file: file('aborts.ts') },
    { file: file('throws.ts') },
    { file: file('missing.ts') },
  ]);
  expect(ended.map(({ exit }) => exit.code ?? exit.signal)).toEqual([
    ...[3, 'SIGTERM', 7, 'SIGKILL', 41, 'SIGINT', 'SIGKILL', 'SIGABRT', 1, 1],
  ]);
  expect(ended.map(({ limit, hasRun }) => [limit, hasRun])).toEqual(ended.map(() => [undefined, true]));
  expect(ended[8]?.stderr).toContain('file:///submission/throws.ts:2');
  expect(ended[9]?.stderr).toContain("Cannot find module '/submission/missing.ts'");
});

test('what a program leaves running ends with it, also what has left its session', async () => {
  using folder = submission({
    'daemon.ts': `import { spawn } from 'node:child_process';
      const script = 'trap "" TERM HUP INT; i=0; while [ $i -lt 20000000 ]; do i=$((i+1)); done';
      spawn('sh', ['-c', script], { detached: true, stdio: 'inherit' }).unref();`,
    'looks.ts': `import { readdirSync } from 'node:fs';
      console.log(readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name)).length, readdirSync('/tmp').length);`,
    'kills.ts': `for (const pid of [-1, 1]) try { process.kill(pid, 'SIGKILL'); } catch {}\nconsole.log('still here');`,
    'writes.ts': `import { writeFileSync } from 'node:fs'; writeFileSync('/tmp/left', 'x');`,
  });
  const jobs = ['daemon.ts', 'writes.ts', 'kills.ts', 'looks.ts'].map((name) => ({
    file: folder.file(name),
  }));
  const { ended } = await runInSlot(jobs);
  expect(ended.map(({ exit, stdout }) => [exit.code, stdout])).toEqual([
    ...[
      [0, ''],
      [0, ''],
      [0, 'still here\n'],
      [0, '2 0\n'],
    ],
  ]);
  expect(ended[0]?.ms).toBeLessThan(3_000);
});

test('a submission with a package.json of its own has the teaching modules all the same', async () => {
  using folder = submission({
    'package.json': '{ "type": "module", "imports": { "#lab/socket": "./mine.ts" } }',
    'mine.ts': 'export const KernelSocket = undefined;',
    'client.ts': `import { KernelSocket } from '#lab/socket'; console.log(typeof KernelSocket);`,
  });
  const { ended } = await runInSlot([{ file: folder.file('client.ts') }]);
  expect(ended[0]).toMatchObject({ exit: { code: 0 }, stdout: 'function\n' });
});

test('the lab’s own programs run on a confined host as they do elsewhere', async () => {
  using folder = submission({
    'own.ts': `import { readFileSync } from 'node:fs'; console.log(readFileSync('/proc/self/uid_map', 'utf8').trim().length > 0);`,
  });
  const { ended } = await runInSlot([{ file: folder.file('own.ts'), untrusted: false }]);
  expect(ended[0]).toMatchObject({ exit: { code: 0, signal: null }, stdout: 'true\n' });
});
