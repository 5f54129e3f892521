import { execa } from 'execa';
import { expect, test } from 'vitest';
import { GATE_KINDS, GATE_NAMES } from '../../lab/gate/kinds.ts';
import { KNOB_NAMES } from '../../lab/host/knobs.ts';
import { play } from '../support/play.ts';
import { ROOT } from '../support/tcplab.ts';

const PAIR = ['servers/echo.ts', 'clients/close.ts'];

test.each<[string[], string]>([
  [[], 'play takes two programs, a server and a client ("-" for none), not 0'],
  [['servers/echo.ts'], 'play takes two programs, a server and a client ("-" for none), not 1'],
  [[...PAIR, 'clients/close.ts'], 'play takes two programs, a server and a client ("-" for none), not 3'],
  [['-', '-'], 'there is nothing to play'],
  [['servers/nope.ts', '-'], 'there is no file servers/nope.ts'],
  [['servers', '-'], 'servers is not a file'],
  [[...PAIR, '--gate', 'server:fni'], `no gate "fni". The gates are: ${GATE_NAMES.join(', ')}`],
  [[...PAIR, '--gate', 'moon:fin'], 'no host "moon". The hosts are: client, server'],
  [[...PAIR, '--gate', 'fin'], '--gate takes HOST:GATE or HOST:GATE@MS, such as server:fin@1500, not "fin"'],
  [
    [...PAIR, '--gate', 'server:fin@soon'],
    '--gate server:fin@MS takes a whole number from 0 to 3600000, not "soon"',
  ],
  [[...PAIR, '--knob', 'tcp_luck=1'], `no knob "tcp_luck". The knobs are: ${KNOB_NAMES.join(', ')}`],
  [[...PAIR, '--knob', 'tcp_luck'], '--knob takes NAME=VALUE or HOST:NAME=VALUE'],
  [[...PAIR, '--knob', 'moon:tcp_sack=0'], 'no host "moon". The hosts are: client, server'],
  [[...PAIR, '--knob', 'server:tcp_sack=many'], 'the kernel refused tcp_sack=many on server'],
  [[...PAIR, '--for', 'ever'], '--for takes a whole number from 0 to 3600000, not "ever"'],
  [[...PAIR, '--for=-1'], '--for takes a whole number from 0 to 3600000, not "-1"'],
  [[...PAIR, '--for'], "Option '--for <value>' argument missing"],
  [[...PAIR, '--port', '70000'], '--port takes a whole number from 1 to 65535, not "70000"'],
  [[...PAIR, '--backend', 'moon'], 'no backend "moon". The backends are: '],
  [[...PAIR, '--loud'], 'no option "--loud". The options of play are: --gate, --knob, '],
])('%j is one line on standard error and exit code 2', async (args, sentence) => {
  const { stdout, stderr, exitCode } = await play(...args);
  expect(stderr).toContain(`tcplab: ${sentence}`);
  expect(stderr.split('\n')).toHaveLength(1);
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
});

const { stdout: help } = await play('--help');

test('the help names every gate with what it drops, every knob, and fits the screen', () => {
  const words = help.replaceAll(/\s+/g, ' ');
  for (const name of GATE_NAMES) expect(words).toContain(`${name} ${GATE_KINDS[name].drops}`);
  for (const name of KNOB_NAMES) expect(help).toMatch(new RegExp(`\\b${name}\\b`));
  expect(help.split('\n').filter((line) => line.length > 125)).toEqual([]);
});

const examples = [...help.matchAll(/^ {2}\.\/tcplab (play .+)$/gm)].map(([, command = '']) => command);

test('there are two examples', () => {
  expect(examples).toHaveLength(2);
});

test.each(examples)('the example of the help works: %s', async (command) => {
  const { stdout, exitCode } = await play(...command.split(' ').slice(1));
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/TIME_WAIT/);
});

test('when nobody reads any more the play ends quietly', async () => {
  const command = `"${process.execPath}" lab/cli/main.ts play servers/echo.ts clients/close.ts --for 60000 | head -1`;
  const { stdout, stderr } = await execa('sh', ['-c', command], { cwd: ROOT, stdin: 'ignore' });
  expect(stdout).toMatch(/^Flags: /);
  expect(stderr).toBe('');
});
