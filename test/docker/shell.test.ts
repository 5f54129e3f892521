import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, expect, test } from 'vitest';
import { quietly, ROOT } from '../support/tcplab.ts';
import { Terminal } from '../support/terminal.ts';
import { describeWithEngine } from './support/engine.ts';
import { madeBy } from './support/made-by.ts';

const TCPLAB = join(ROOT, 'tcplab');
const work = mkdtempSync(join(tmpdir(), 'tcplab-test-'));
const env = { NO_COLOR: '1', TCPLAB_WORK: work, TCPLAB_BACKEND: 'docker' };
const PROMPT = 'server (exercise 10) $ ';

/** A command that says when it runs, in words that are not in what is typed, and waits. */
const RUNS = "sh -c 'echo $((3*7)); exec cat'\n";

afterAll(() => rmSync(work, { recursive: true }));

/** On the server of exercise 10 with the reference, whose scenario stands still in CLOSE_WAIT, and the client's in FIN_WAIT_2. */
function onServer(command: readonly string[], options: { input?: string | Buffer } = {}) {
  const { stdin: _, ...rest } = quietly;
  const dashed = command.length === 0 ? [] : ['--', ...command];
  return execa(TCPLAB, ['shell', '10', 'server', '--reference', ...dashed], {
    ...rest,
    ...(options.input === undefined ? { stdin: 'ignore' } : { input: options.input }),
    encoding: 'buffer',
    env,
  });
}

describeWithEngine('a shell on a host in a container', () => {
  test('a command sees the host’s sockets, segments and rules, and reaches the other hosts', async () => {
    const script = [
      'ss -Htan | cut -d" " -f1',
      'on client sh -c "hostname; ss -Htan | cut -d\\  -f1"',
      'nft add table inet mine && nft list tables | grep mine',
      'tcpdump -c 1 -ni eth0 tcp port 9 > /tmp/seen 2> /dev/null & until ss -0anH | grep -q :eth0; do sleep 0.1; done',
      'on client nc -z -w 1 $(hostname -i) 9; wait; grep -o "Flags .S.," /tmp/seen',
      'on client sh -c "echo amiss >&2; exit 7"',
    ].join('\n');
    const { exitCode, stdout, stderr } = await onServer(['sh', '-c', script]);
    expect(text(stdout).split('\n')).toEqual([
      'LISTEN',
      'CLOSE-WAIT',
      'client',
      'FIN-WAIT-2',
      'table inet mine',
      'Flags [S],',
    ]);
    expect(text(stderr)).toBe('amiss');
    expect(exitCode).toBe(7);
  });

  test.each([
    ['a signal, as a shell has it', ['sh', '-c', 'kill -9 $$'], 137, ''],
    ['what cannot be started', ['no-such-command'], 127, 'no-such-command: not found'],
    ['a host that is not there', ['on', 'sever', 'ss'], 2, 'The hosts are: client server'],
  ])('its exit code is the command’s: %s', async (_what, command, code, said) => {
    const { exitCode, stderr } = await onServer(command);
    expect(text(stderr)).toContain(said);
    expect(exitCode).toBe(code);
  });

  test('without a terminal a shell reads commands, which `on` leaves to it', async () => {
    const input = 'on client hostname\necho piped | on client cat\nhostname\nexit 3\n';
    const { stdout, exitCode } = await onServer([], { input });
    expect(text(stdout).split('\n')).toEqual(['client', 'piped', 'server']);
    expect(exitCode).toBe(3);
  });

  test('bytes go in and come out as they are, also by `on`', async () => {
    const input = randomBytes(1_000_000);
    const { stdout } = await onServer(['on', 'client', 'cat'], { input });
    expect(Buffer.from(stdout).equals(input)).toBe(true);
  });

  test('an interruption is the command’s, which says what it makes of it', async () => {
    const child = onServer([
      'sh',
      '-c',
      'trap "echo interrupted; exit 5" INT; echo runs; while :; do sleep 0.1; done',
    ]);
    child.stdout.once('data', () => void child.kill('SIGINT'));
    const { stdout, exitCode } = await child;
    expect(text(stdout)).toBe('runs\ninterrupted');
    expect(exitCode).toBe(5);
  });

  test('`next` lets the scenario go on, and a SIGTERM ends everything', async () => {
    const child = onServer(['sh', '-c', 'next && exec sleep 60']);
    const { promise: atItsEnd, resolve } = Promise.withResolvers<void>();
    child.stderr.on('data', (said: Buffer) => {
      if (said.includes('the scenario has come to its end; the hosts stay')) resolve();
    });
    await atItsEnd;
    child.kill('SIGTERM');
    expect((await child).exitCode).toBe(130);
    expect(await madeBy(child.pid ?? 0)).toEqual([]);
  });

  test('on a terminal Ctrl-C and Ctrl-Z are the command’s, here and by `on`, and it has its size', async () => {
    const tty = join(work, 'tty');
    const terminal = new Terminal(
      `tty > ${tty}; stty rows 33 cols 99; exec ${TCPLAB} shell 10 server --reference`,
      env,
    );
    await terminal.shows(PROMPT);
    await terminal.types(RUNS, '21');
    await terminal.types('\x03', PROMPT);
    await terminal.types('echo $((100+$?))\n', '230');
    await terminal.types(RUNS, '21');
    await terminal.types('\x1a', 'Stopped');
    await terminal.types(`kill %1; on client ${RUNS}`, '21');
    await terminal.types('\x03', PROMPT);
    await terminal.types('echo $((100+$?))\n', '230');
    await terminal.types('on client stty size\n', '33 99');
    await terminal.shows(PROMPT);
    await execa('stty', ['-F', readFileSync(tty, 'utf8').trim(), 'rows', '22', 'cols', '88']);
    await terminal.types('until [ "$(stty size)" = "22 88" ]; do sleep 0.1; done; echo $((7*11))\n', '77');
    await terminal.types("on client sh -c 'echo $((6*7)); sleep 60' &\n", '42');
    await terminal.types('kill %1; wait %1; echo $((100+$?))\n', '243');
    // A zombie is none: nobody waits for it there.
    const count = 'cat /proc/[0-9]*/stat | grep -c "(sleep) [^Z]"; echo $((40+$?)) left';
    await terminal.types(`on client sh -c '${count}'\n`, '41 left');
    await terminal.shows(PROMPT);
    await terminal.types('exit\n', 'exit');
    expect(await terminal.ended).toEqual([0, null]);
  });
});

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString().trimEnd();
}
