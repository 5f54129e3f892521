import { expect, test } from 'vitest';
import type { StageResult } from '../../lab/exercise/tour/stage-run.ts';
import type { TourResult } from '../../lab/exercise/tour/tour.ts';
import { STATES, ssName } from '../../lab/tcp/states.ts';
import { tcplab } from '../support/tcplab.ts';

async function tourJson(...args: string[]): Promise<{ tour: TourResult; exitCode: number | undefined }> {
  const { stdout, exitCode } = await tcplab('tour', '--json', ...args);
  return { tour: JSON.parse(stdout) as TourResult, exitCode };
}

test('the tour holds all eleven states for as long as asked, and releases them', async () => {
  const { tour, exitCode } = await tourJson('--hold', '300');
  expect(
    tour.states.flatMap(({ state, problems }) => problems.map((problem) => `${state}: ${problem}`)),
  ).toEqual([]);
  expect(exitCode).toBe(0);
  expect(tour.schema).toBe('tcplab/tour/1');
  expect(tour.states.map(({ state }) => state)).toEqual([...STATES]);
  for (const state of tour.states) {
    expect(state).toMatchObject({ held: true, released: true });
    expect(state.heldMs).toBeGreaterThanOrEqual(300);
    expect(state.looks).toBeGreaterThanOrEqual(2);
  }
});

test('each state is shown with the line of ss that has its name and its cookie', async () => {
  const { tour } = await tourJson('--hold', '0');
  for (const { state, ss, cookie } of tour.states) {
    if (state === 'CLOSED') {
      expect({ ss, cookie }).toEqual({ ss: null, cookie: null });
      continue;
    }
    expect(ss?.split(' ')[0]).toBe(ssName(state));
    expect(ss).toMatch(new RegExp(` sk:${cookie}\\b`));
  }
});

test('over IPv6 as well, between IPv6 addresses only', async () => {
  const { tour, exitCode } = await tourJson('--hold', '50', '--ipv6');
  expect(tour.states.flatMap(({ problems }) => problems)).toEqual([]);
  expect({ exitCode, ip: tour.ip }).toEqual({ exitCode: 0, ip: 6 });
  expect(tour.states.filter(({ held, released }) => held && released)).toHaveLength(11);
  for (const { state, ss } of tour.states)
    if (state !== 'CLOSED') expect(ss).toMatch(/ \[2001:db8::[12]\]:\d+ \[(2001:db8::[12]|::)\]:/);
});

test('each state is reached for the right reason on the wire', async () => {
  const { tour } = await tourJson('--hold', '0');
  // Each kind of segment once: on a busy machine a kernel has time to send one again.
  const flags = (wanted: string): string[] => {
    const { segments } = tour.states.find(({ state }) => state === wanted) as StageResult;
    const kinds = segments.map((line) =>
      line.replace(/^ *[\d.]+ ms {2}(\w+) → \w+ {2}\d+ → \d+ {2}(\S+).*$/, '$1 $2'),
    );
    return [...new Set(kinds)];
  };
  const handshake = ['client S', 'server S.', 'client .'];
  expect(flags('CLOSED')).toEqual(['client S', 'server R.']);
  expect(flags('LISTEN')).toEqual([]);
  expect(flags('SYN_SENT')).toEqual(['client S']);
  expect(flags('SYN_RCVD')).toEqual(['client S', 'server S.']);
  expect(flags('ESTABLISHED')).toEqual(handshake);
  expect(flags('FIN_WAIT_1')).toEqual([...handshake, 'client F.']);
  expect(flags('FIN_WAIT_2')).toEqual([...handshake, 'client F.', 'server .']);
  expect(flags('CLOSE_WAIT').slice(0, 4)).toEqual([...handshake, 'client F.']);
  expect(flags('CLOSING').slice(0, 5)).toEqual([...handshake, 'server F.', 'client F.']);
  expect(flags('LAST_ACK').filter((line) => line.endsWith('F.'))).toEqual(['client F.', 'server F.']);
  // The client's kernel may acknowledge the FIN before the program closes, or with the FIN that it sends then.
  const closing = flags('TIME_WAIT')
    .slice(0, 7)
    .filter((line) => line !== 'client .');
  expect(closing).toEqual(['client S', 'server S.', 'server F.', 'client F.', 'server .']);
});

test.each([2, 8])('%i tours at once do not disturb each other', { timeout: 60_000 }, async (count) => {
  const tours = await Promise.all(Array.from({ length: count }, () => tourJson('--hold', '50')));
  const problems = tours.flatMap(({ tour }) => tour.states.flatMap((state) => state.problems));
  expect(problems).toEqual([]);
  expect(tours.map(({ exitCode }) => exitCode)).toEqual(Array.from({ length: count }, () => 0));
});

test('without a terminal the tour prints one plain line a state, and no control codes', async () => {
  const { stdout, exitCode } = await tcplab('tour', '--hold', '0');
  expect(exitCode).toBe(0);
  expect(stdout).not.toContain('\u001b');
  for (const state of STATES) expect(stdout).toMatch(new RegExp(`^✔ ${state} `, 'm'));
  expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^11 of 11 states held and released in \d\.\d\d s/);
});

test.each([
  [['nonsense'], 'tcplab: no verb "nonsense". The verbs are: tour, '],
  [['tour', '--hold', 'soon'], 'tcplab: --hold takes a whole number from 0 to 600000, not "soon"'],
  [['tour', '--jobs', '0'], 'tcplab: --jobs takes a whole number from 1 to 64, not "0"'],
  [['tour', '--fast'], "tcplab: Unknown option '--fast'"],
  [['tour', '--backend', 'moon'], 'tcplab: no backend "moon". The backends are: namespaces'],
  [['tour', 'LISTEN'], 'tcplab: '],
  [
    ['bench', 'speed'],
    'tcplab: no benchmark "speed". They are: states, half-open, observe, suite, suite-slow, verdict, references, repeat',
  ],
])('%j is one line on standard error and exit code 2', async (args, sentence) => {
  const { stdout, stderr, exitCode } = await tcplab(...args);
  expect(exitCode).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(sentence);
  expect(stderr.split('\n')).toHaveLength(1);
});
