import { readFileSync, readlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { RunningProgram } from '../../../lab/host/program.ts';
import { pair } from '../support/pair.ts';
import { testProgram } from '../support/programs.ts';
import { written } from '../support/written.ts';

/** Waits until the program has printed `text`. */
async function printed(program: RunningProgram, text: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  program.onOutput(() => {
    if (program.stdout.includes(text)) resolve();
  });
  await Promise.race([promise, program.exited]);
  expect(program.stdout).toContain(text);
}

function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

test('what a program has printed before anybody listens is told to whoever comes', async () => {
  await using lab = pair();
  using program = written("console.log('one'); console.error('two');");
  const running = await lab.client.host.run(program.file, []);
  await running.exited;
  const pieces: [string, string][] = [];
  running.onOutput((stream, text) => pieces.push([stream, text]));
  expect(pieces.toSorted(([a], [b]) => a.localeCompare(b))).toEqual([
    ['stderr', 'two\n'],
    ['stdout', 'one\n'],
  ]);
});

test('a program has nothing of the caller’s environment but a path, a home and the compile cache', async () => {
  process.env.TCPLAB_SECRET = 'secret';
  process.env.NODE_OPTIONS = '--no-warnings';
  await using lab = pair();
  using program = written('console.log(JSON.stringify(Object.keys(process.env).sort()));');
  const running = await lab.client.run(program.file, []);
  await running.exited;
  const names = JSON.parse(running.stdout) as string[];
  expect(['HOME', 'LANG', 'NODE_COMPILE_CACHE', 'PATH', 'TMPDIR']).toEqual(expect.arrayContaining(names));
  expect(names).toContain('PATH');
});

test('a program gets its arguments, an empty standard input, and a process group of its own', async () => {
  await using lab = pair();
  using program = written(
    `import { readFileSync } from 'node:fs';
    const group = Number(readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ')[2]);
    console.log(JSON.stringify([process.argv.slice(2), readFileSync(0).length, group === process.pid]));`,
  );
  const running = await lab.client.run(program.file, ['198.18.0.2', '80']);
  await running.exited;
  expect(JSON.parse(running.stdout)).toEqual([['198.18.0.2', '80'], 0, true]);
});

test('a program runs in the network namespace of its host, the lab stays in its own', async () => {
  await using lab = pair();
  const { pid } = await lab.client.run(testProgram('wait.ts'), []);
  const namespace = (of: number | 'self'): string => readlinkSync(`/proc/${of}/ns/net`);
  expect(namespace(pid)).toBe(lab.client.host.enter(() => readlinkSync('/proc/thread-self/ns/net')));
  expect(namespace(pid)).not.toBe(namespace('self'));
});

test('stop sends SIGTERM', async () => {
  await using lab = pair();
  const running = await lab.client.run(testProgram('wait.ts'), []);
  expect(running.stopping).toBe(false);
  expect(await running.stop()).toEqual({ code: null, signal: 'SIGTERM' });
  expect(running.stopping).toBe(true);
});

test('a program that ignores SIGTERM is ended by SIGKILL two seconds later', async () => {
  await using lab = pair();
  const running = await lab.client.host.run(testProgram('ignore-sigterm.ts'), []);
  await printed(running, 'ready');
  const beganMs = performance.now();
  expect(await running.stop()).toEqual({ code: null, signal: 'SIGKILL' });
  expect(performance.now() - beganMs).toBeGreaterThan(1_950);
  expect(running.stdout).toBe('ready\nno\n');
});

test('stopping a program that has ended gives its end', async () => {
  await using lab = pair();
  using program = written('process.exit(3);');
  const running = await lab.client.run(program.file, []);
  await running.exited;
  expect(await running.stop()).toEqual({ code: 3, signal: null });
  expect(running.stopping).toBe(false);
  expect(running.endedForMs).toBeGreaterThan(0);
});

test('what a program has started itself ends with it', async () => {
  await using lab = pair();
  using program = written(
    `import { spawn } from 'node:child_process';
    const child = spawn('sleep', ['60'], { stdio: 'inherit' });
    console.log(child.pid + '.');`,
  );
  const running = await lab.client.host.run(program.file, []);
  await printed(running, '.');
  const grandchild = Number.parseInt(running.stdout, 10);
  expect(isRunning(grandchild)).toBe(true);
  await running.stop();
  await lab.client.waits.holds('CLOSED', 10);
  expect(isRunning(grandchild)).toBe(false);
});

test('stop comes back although somebody else still holds the program’s output', async () => {
  await using lab = pair();
  using program = written(
    `import { spawn } from 'node:child_process';
    const child = spawn('sleep', ['60'], { stdio: 'inherit', detached: true });
    console.log(child.pid + '.');
    setInterval(() => {}, 1_000);`,
  );
  const running = await lab.client.host.run(program.file, []);
  await printed(running, '.');
  expect(await running.stop()).toEqual({ code: null, signal: 'SIGTERM' });
  process.kill(Number.parseInt(running.stdout, 10), 'SIGKILL');
});

test('of what a program prints 1 MiB is kept, and the rest does not stop it', async () => {
  await using lab = pair();
  using program = written(
    `for (const stream of [process.stdout, process.stderr]) {
      for (let n = 0; n < 48; n++) stream.write('tcplab! '.repeat(8_192));
    }`,
  );
  const running = await lab.client.host.run(program.file, []);
  expect(await running.exited).toEqual({ code: 0, signal: null });
  expect([running.stdout.length, running.stderr.length]).toEqual([1 << 20, 1 << 20]);
});

test('closing the hosts ends their programs, even those that ignore SIGTERM', async () => {
  const lab = pair();
  const running = await lab.client.host.run(testProgram('ignore-sigterm.ts'), []);
  await printed(running, 'ready');
  await lab[Symbol.asyncDispose]();
  expect(running.exit).toEqual({ code: null, signal: 'SIGKILL' });
  expect(isRunning(running.pid)).toBe(false);
});

test('a host that is closed refuses to run programs', async () => {
  const lab = pair();
  await lab[Symbol.asyncDispose]();
  await expect(lab.client.host.run(testProgram('wait.ts'), [])).rejects.toThrow('host client is closed');
});

test('a program has no descriptor of the lab’s, with a gate on its host as well', async () => {
  await using lab = pair();
  await lab.client.gates.drop('own-rst');
  using program = written(
    `import { readdirSync, readlinkSync } from 'node:fs';
    const open = readdirSync('/proc/self/fd').flatMap((fd) => {
      try { return [fd + ' ' + readlinkSync('/proc/self/fd/' + fd)]; } catch { return []; }
    });
    console.log(JSON.stringify(open.filter((name) => /^([3-9]|\\d\\d+) socket:/.test(name))));`,
  );
  const running = await lab.client.run(program.file, []);
  await running.exited;
  expect(JSON.parse(running.stdout)).toEqual([]);
});
