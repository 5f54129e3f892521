import { expect, test } from 'vitest';
import { belongings } from '../support/leftovers.ts';
import { asNobody, isRoot } from '../support/nobody.ts';
import { ROOT, tcplab } from '../support/tcplab.ts';
import { Terminal } from '../support/terminal.ts';

const ALTERNATE = '\x1b[?1049h';
const BACK = '\x1b[?1049l';
const TOP = `node lab/cli/main.ts observe --top --interval 50`;

test('without a terminal it looks once, with or without --json', async () => {
  const text = await tcplab('observe');
  expect(text).toMatchObject({ exitCode: 0, stderr: '' });
  expect(text.stdout).toMatch(/^this machine · \d\d:\d\d:\d\d · \d+ sockets?\n/);
  expect(text.stdout).not.toContain('\x1b');
  const { stdout, exitCode } = await tcplab('observe', '--json');
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ schema: 'tcplab/observe/1', look: 1, place: { kind: 'here' } });
});

test('--count says how often, --pid whose', async () => {
  const pid = String(process.pid);
  const { stdout } = await tcplab('observe', '--json', '--count', '3', '--interval', '10', '--pid', pid);
  const looks = stdout.split('\n').map((line) => JSON.parse(line) as { look: number; place: object });
  expect(looks.map(({ look }) => look)).toEqual([1, 2, 3]);
  expect(looks[0]?.place).toMatchObject({ kind: 'process', pid: process.pid });
});

test.each([
  [['--pid', '0'], '--pid takes a whole number from 1 to 2147483647, not "0"'],
  [['--pid', '2147483647'], 'there is no process 2147483647. To find one: '],
  [['--port', '70000'], '--port takes a whole number from 1 to 65535, not "70000"'],
  [['--interval', '0'], '--interval takes at least 1'],
  [['--count', 'all'], '--count takes a whole number from 1 to '],
  [['--pid', '1', '--container', 'web'], '--pid and --container exclude each other'],
  [['--top'], '--top needs a terminal. Without one: --count 5'],
  [['--top', '--json'], '--top and --json exclude each other'],
  [['8080'], 'observe does not know what to do with "8080"'],
])('observe %j is one line on standard error and exit code 2', async (args, sentence) => {
  const { stdout, stderr, exitCode } = await tcplab('observe', ...args);
  expect(stderr).toContain(`tcplab: ${sentence}`);
  expect(stderr.split('\n')).toHaveLength(1);
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
});

test.skipIf(!isRoot)(
  'an ordinary user sees every socket, and not what another user’s process holds',
  async () => {
    await asNobody(async (run) => {
      expect(await run('observe')).toMatchObject({ exitCode: 0, stderr: '' });
      expect(await run('observe', '--pid', String(process.pid))).toMatchObject({
        exitCode: 4,
        stderr: `tcplab: you may not see which sockets process ${process.pid} holds. Run the same command as root, with sudo`,
      });
    });
  },
);

test.each([
  ['q', 'q', 0],
  ['Ctrl-C', '\x03', 130],
])('--top draws anew until %s, and leaves the terminal as it was', async (_name, key, code) => {
  const settings = 'stty -g';
  const command = `cd ${ROOT}; stty cols 80 rows 24; a=$(${settings}); ${TOP}; c=$?; [ "$a" = "$(${settings})" ] && echo code=$c same`;
  const terminal = new Terminal(command, { NO_COLOR: '1' });
  await terminal.shows(ALTERNATE);
  await terminal.shows('this machine (q to leave)');
  await terminal.shows('look 3');
  await terminal.types(key, BACK);
  await terminal.shows(`code=${code} same`);
  await terminal.ended;
});

test('SIGTERM leaves the terminal as it was', async () => {
  const mark = `tcplab-observe-${process.pid}`;
  const terminal = new Terminal(`cd ${ROOT}; ${TOP}; echo code=$?`, { TCPLAB_TEST_MARK: mark });
  await terminal.shows(ALTERNATE);
  const { processes } = await belongings(mark);
  const pid = processes.find((line) => /^\d+ node /.test(line))?.split(' ')[0];
  process.kill(Number(pid), 'SIGTERM');
  await terminal.shows(BACK);
  await terminal.shows('code=130');
  await terminal.ended;
});

test('--top --count ends by itself', async () => {
  const counted = new Terminal(`cd ${ROOT}; ${TOP} --count 2; echo code=$?`, {});
  await counted.shows('look 2');
  await counted.shows(BACK);
  await counted.shows('code=0');
  await counted.ended;
});
