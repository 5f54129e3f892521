import { expect, test } from 'vitest';
import { fitted } from '../../lab/report/survey-fit.ts';
import { surveyJson } from '../../lab/report/survey-json.ts';
import { surveyLines } from '../../lab/report/survey-text.ts';
import { NOTHING_YET, survey } from '../../lab/survey/survey.ts';
import type { HeldSurvey } from '../../lab/survey/surveyor.ts';
import { STATES } from '../../lab/tcp/states.ts';
import { look, row, rows } from './rows.ts';

/** Every state, thirty listeners, of which two are in trouble, and forty peers. */
function crowded(): HeldSurvey {
  const sockets = [
    ...Array.from({ length: 30 }, (_, n) => row('LISTEN', `10.0.0.1 ${8_000 + n}`, { inode: n + 1 })),
    row('LISTEN', '2001:db8:1234:5678:9abc:def0:1234:5678 80', { receiveQueue: 6, sendQueue: 5, inode: 99 }),
    row('LISTEN', '10.0.0.1 81', { sendQueue: 3 }),
    ...rows(4, 'SYN_RCVD', '10.0.0.1 81'),
    ...STATES.filter((state) => state !== 'LISTEN').flatMap((state) => rows(12, state, '10.0.0.1 8000')),
    ...Array.from({ length: 40 }, (_, n) => row('ESTABLISHED', `10.0.0.1 8000 10.1.0.${n} 9`)),
  ];
  const found = survey(look(sockets, { at: Date.UTC(2026, 0, 1) }), {}, NOTHING_YET).survey;
  return {
    ...found,
    tookMs: 1.234,
    warnings: found.warnings.map(({ inodes, ...warning }) => ({
      ...warning,
      holders: inodes === undefined ? undefined : [{ pid: 12, command: 'node', sockets: inodes.size }],
    })),
  };
}

const onScreen = (width: number, height: number): string[] =>
  surveyLines(crowded(), { title: 'this machine', width, rows: height - 1 });

test.each([
  [80, 24],
  [80, 40],
  [132, 50],
  [40, 10],
])('on a screen of %i by %i everything is inside', (width, height) => {
  const lines = onScreen(width, height);
  expect(lines.length).toBeLessThanOrEqual(height - 1);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
});

test.each([
  [80, 24],
  [80, 40],
  [132, 50],
])('on a screen of %i by %i every state and every warning is there', (width, height) => {
  const text = onScreen(width, height).join('\n');
  for (const state of STATES) expect(text).toContain(state);
  expect(text).toContain('! accept queue full at [2001:db8:');
  expect(text).toContain('! 4 of 4 half-open connections at 10.0.0.1:81');
});

test('without a screen everything is said', () => {
  const text = surveyLines(crowded(), { title: 'this machine', width: 120 }).join('\n');
  expect(text).toContain('Held by node (process 12): 1');
  expect(text).toContain('Next: See who sends them');
  expect(text).toContain('10.0.0.1:8029');
  expect(text).toContain('… and 21 more peers (--json has them all)');
  expect(text).toContain('12 in CLOSE_WAIT: whether they grow in number one look cannot say.');
});

test('no sockets', () => {
  const { survey: empty } = survey(look([]), {}, NOTHING_YET);
  expect(surveyLines({ ...empty, warnings: [], tookMs: 1 }, { title: 'here', width: 80 }).slice(1)).toEqual([
    '',
    'No TCP socket.',
  ]);
});

test('a document is one line, has every state, and null for what is not known', () => {
  const json = surveyJson(crowded(), { kind: 'here' });
  expect(json).not.toContain('\n');
  const document = JSON.parse(json) as Record<string, unknown>;
  expect(document).toMatchObject({
    schema: 'tcplab/observe/1',
    at: '2026-01-01T00:00:00.000Z',
    place: { kind: 'here' },
    look: 1,
    unattributed: null,
  });
  expect(Object.keys(document.states as object)).toEqual([...STATES]);
  expect(document.warnings).toMatchObject([
    { code: 'accept-queue-full', holders: [{ pid: 12, command: 'node', sockets: 1 }] },
    { code: 'half-open-near-limit', holders: null },
  ]);
});

test('what is cut says how much is missing', () => {
  const lines = ['head', 'a', 'b', 'c', 'd'];
  const section = { lines, least: 3, more: (missing: number) => `${missing} more` };
  expect(fitted([{ lines: ['title'] }, section], 6)).toEqual(['title', '', 'head', 'a', 'b', '2 more']);
  expect(fitted([{ lines: ['title'] }, section], 7)).toEqual(['title', '', ...lines]);
});
