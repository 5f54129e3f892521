import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, describe, expect, test } from 'vitest';
import { belongings } from '../support/leftovers.ts';
import { quietly, ROOT } from '../support/tcplab.ts';
import { Terminal } from '../support/terminal.ts';

const TCPLAB = join(ROOT, 'tcplab');
const work = mkdtempSync(join(tmpdir(), 'tcplab-test-'));
const env = { NO_COLOR: '1', TCPLAB_WORK: work };

afterAll(() => rmSync(work, { recursive: true }));

function shell(...args: string[]) {
  return execa(TCPLAB, ['shell', ...args], { ...quietly, env });
}

/** On the hosts of exercise 4 with the reference, whose scenario stands still in SYN_RCVD. */
function onServer(...command: string[]) {
  return shell('4', 'server', '--reference', '--', ...command);
}

describe('without a host, or with a wrong one', () => {
  test('it lists the hosts', async () => {
    const { exitCode, stdout } = await shell('28');
    expect(exitCode).toBe(0);
    for (const host of ['web', 'app', 'db']) expect(stdout).toContain(`./tcplab shell 28 ${host}`);
  });

  test.each([
    [['4', 'sever'], 'exercise 4 has no host "sever". Its hosts are: client, server'],
    [['4', '--', 'ss'], 'on which host? Those of exercise 4 are: client, server'],
    [['4', 'server', '--'], 'which command? It stands behind the --'],
    [['99', 'server'], 'no exercise "99"'],
  ])('%j is a mistake that says what can be typed', async (args, sentence) => {
    const { exitCode, stderr } = await shell(...args);
    expect(stderr).toContain(sentence);
    expect(exitCode).toBe(2);
  });
});

describe('one command', () => {
  test('it runs on its host while the scenario stands still, and only its output is on standard output', async () => {
    const { exitCode, stdout } = await onServer('ss', '-Htan');
    expect(exitCode).toBe(0);
    expect(stdout.split('\n').map((line) => line.split(' ')[0])).toEqual(['LISTEN', 'SYN-RECV']);
  });

  test.each([
    ['an exit code', ['sh', '-c', 'exit 7'], 7],
    ['a signal, as a shell has it', ['sh', '-c', 'kill -9 $$'], 137],
    ['what cannot be started', ['no-such-command'], 127],
  ])('its exit code is the command’s: %s', async (_what, command, code) => {
    expect((await onServer(...command)).exitCode).toBe(code);
  });

  test('an option behind -- is the command’s', async () => {
    const { stdout, exitCode } = await onServer('on', 'client', 'ss', '--help');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Usage: ss');
  });

  test('it may look at rules and packets, and reaches the other hosts', async () => {
    const { stdout } = await onServer('on', 'client', 'nft', 'list', 'ruleset');
    expect(stdout).toContain('own_rst');
    const { stdout: link } = await onServer('on', 'client', 'ip', '-br', 'addr', 'show', 'eth0');
    expect(link).toMatch(/198\.18\.\d+\.1\/24/);
  });

  test('without the student’s program it says so, and the rest is there all the same', async () => {
    const { stdout, stderr } = await shell('4', 'server', '--', 'ss', '-Htln');
    expect(stderr).toContain('there is no client.ts yet');
    expect(stdout).toMatch(/^LISTEN/);
  });

  test('`next` lets the scenario go on', async () => {
    const child = shell('28', 'web', '--', 'sh', '-c', 'next && exec sleep 60');
    const { promise: atItsEnd, resolve } = Promise.withResolvers<void>();
    child.stderr.on('data', (text: Buffer) => {
      if (text.includes('the scenario has come to its end; the hosts stay')) resolve();
    });
    await atItsEnd;
    child.kill('SIGTERM');
    expect((await child).exitCode).toBe(130);
  });
});

test('a shell without a terminal reads commands, and its exit code is that of the last', async () => {
  const input = 'ss -Htan | cut -d" " -f1\non client hostname > /dev/null && exit 3\n';
  const { stdin: _, ...rest } = quietly;
  const { stdout, exitCode } = await execa(TCPLAB, ['shell', '4', 'server', '--reference'], {
    ...rest,
    env,
    input,
  });
  expect(stdout.split('\n')).toEqual(['LISTEN', 'SYN-RECV']);
  expect(exitCode).toBe(3);
});

/** A command that says when it runs, in words that are not in what is typed, and waits. */
const RUNS = "sh -c 'echo $((3*7)); exec cat'\n";

test('on a terminal Ctrl-C and Ctrl-Z are the command’s, and the hosts stay', async () => {
  const terminal = new Terminal(`${TCPLAB} shell 4 server --reference`, env);
  await terminal.shows('server (exercise 4) $ ');
  await terminal.types(RUNS, '21');
  await terminal.types('\x03', 'server (exercise 4) $ ');
  await terminal.types('echo $((100+$?))\n', '230');
  await terminal.types(RUNS, '21');
  await terminal.types('\x1a', 'Stopped');
  await terminal.types('kill %1; on client echo $((40+2)) there\n', '42 there');
  await terminal.types('ss -Htln | wc -l\n', '1');
  await terminal.types('exit\n', 'exit');
  expect(await terminal.ended).toEqual([0, null]);
});

test('a SIGKILL of the outermost process leaves nothing behind', async () => {
  const marker = `tcplab-shell-${process.pid}`;
  const child = spawn(TCPLAB, ['shell', '28', 'web', '--', 'sleep', '60'], {
    env: { ...process.env, ...env, PATH: `${process.env.PATH}:/${marker}` },
    stdio: 'ignore',
  });
  const exited = once(child, 'exit');
  await expect
    .poll(async () => (await belongings(marker)).namespaces.length, { timeout: 10_000 })
    .toBeGreaterThan(0);
  child.kill('SIGKILL');
  await exited;
  const left = async () => {
    const { processes, namespaces } = await belongings(marker);
    return { processes, namespaces };
  };
  await expect.poll(left, { timeout: 5_000, interval: 20 }).toEqual({ processes: [], namespaces: [] });
});
