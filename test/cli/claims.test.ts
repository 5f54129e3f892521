import { expect, test } from 'vitest';
import { tcplab } from '../support/tcplab.ts';

interface Told {
  readonly id: string;
  readonly verdict: string;
  readonly text: string;
  readonly note: string;
  readonly evidence: readonly { readonly kind: string; readonly host: string; readonly text: string }[];
  readonly said: Readonly<Record<'en' | 'zh', { readonly text: string; readonly note: string }>>;
}

/** One of the runs waits for the end of TIME_WAIT, a minute; the others go on beside it, and so does another test. */
const MOST_MS = 110_000;

/** What is said while they run: on a busy machine some are done again. */
const SAID =
  /^tcplab: \d+ runs; the longest takes up to \d+ s \.\.\.(\n\ntcplab: this machine was too busy to look at \d+ of them, which are done again \.\.\.)*$/;

/** What this project has seen Linux do. */
const VERDICTS = {
  true: 'H1 H2 H3 H5 H8 H10 H14 H15 H17 C1 C2 C3 C8 C9 C11 T2 T3 T5 R2 R3 R6 R8',
  false: 'H7 H13 H16 C4 T6 T8 R7 O4',
  depends: 'H4 H6 H9 H11 H12 C5 C6 C7 C10 C12 C13 C14 T1 T4 T7 R1 R4 R5 R9 R10 O1 O2 O3',
} as const;

/** How many sentences a text has, whatever its language: they end in a mark and a space, or in a Chinese mark. */
function sentences(text: string): number {
  return text.match(/[.!?](?=\s|$)|[。！？]/g)?.length ?? 0;
}

test('every claim is settled within its time, each with a short note in both languages, and with evidence', {
  timeout: MOST_MS,
}, async () => {
  const { stdout, stderr, exitCode } = await tcplab('claims', '--json');
  expect(stderr).toMatch(SAID);
  const { schema, claims } = JSON.parse(stdout) as { schema: string; claims: readonly Told[] };
  expect(schema).toBe('tcplab/claims/1');
  expect(
    claims.flatMap(({ id, verdict, note }) => (verdict === 'unsettled' ? [`${id}: ${note}`] : [])),
  ).toEqual([]);
  const byVerdict = Object.keys(VERDICTS).map((wanted) => [
    wanted,
    claims.flatMap(({ id, verdict }) => (verdict === wanted ? [id] : [])).join(' '),
  ]);
  expect(Object.fromEntries(byVerdict)).toEqual(VERDICTS);
  expect(exitCode).toBe(0);
  for (const { id, text, note, said, evidence } of claims) {
    expect({ text, note }, id).toEqual(said.en);
    for (const told of Object.values(said)) {
      expect(sentences(told.note), `${id}: ${told.note}`).toBeGreaterThan(0);
      expect(sentences(told.note), `${id}: ${told.note}`).toBeLessThanOrEqual(3);
      expect(told.note, id).not.toMatch(/undefined|NaN|Infinity/);
    }
    expect(said.zh.note, id).toMatch(/\p{Script=Han}/u);
    expect(evidence.length, id).toBeGreaterThan(0);
  }
});

test('claims that are named are told alone, with their evidence, in the order of the course', async () => {
  const { stdout, exitCode } = await tcplab('claims', 'h13', 'H7', '--lang', 'zh');
  expect(exitCode).toBe(0);
  expect(stdout.match(/^[✔✘◐?] \S+/gm)).toEqual(['✘ H7', '✘ H13']);
  expect(stdout).toMatch(/lab +ss +u_str LISTEN 2 1 /);
  expect(stdout.split('\n').at(-1)).toBe('2 错误');
});

test.each([
  [['X1'], 'no claim "X1". The claims are: H1, H2'],
  [['--lang', 'fr'], 'no language "fr". The languages are: en, zh'],
  [['--html', '/nowhere/claims.html'], 'there is no folder /nowhere to write claims.html into'],
])('what cannot be done is said before anything runs: %j', async (args, says) => {
  const { stderr, stdout, exitCode } = await tcplab('claims', ...args);
  expect(stderr).toContain(says);
  expect(stdout).toBe('');
  expect(exitCode).toBe(2);
});
