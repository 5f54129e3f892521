import { expect, test } from 'vitest';
import { provocations } from '../../../lab/atlas/catalog.ts';
import { EDGES, edgeName } from '../../../lab/atlas/edges.ts';
import type { Verdict } from '../../../lab/atlas/finding.ts';
import { runAtlas } from '../../../lab/atlas/run-atlas.ts';
import { witnesses } from '../../../lab/report/atlas-text.ts';

const LASTS_MS = 120_000;
const JOBS = 6;

/** The edges that are not simply observed; RFC 9293 figure 5 and the RSTs have 26 more. */
const OTHERS: Readonly<Record<string, readonly Verdict[]>> = {
  'LISTEN → SYN_SENT, SEND': ['unreachable'],
  'SYN_RCVD → FIN_WAIT_1, CLOSE': ['deviates', 'observed'],
  'TIME_WAIT → CLOSED, timeout 2MSL': ['pending'],
};

test.for([
  { ip: 4, ipv6: false },
  { ip: 6, ipv6: true },
])('every edge is settled over IPv$ip, by two witnesses or more', { timeout: LASTS_MS }, async ({ ipv6 }) => {
  const { transitions } = await runAtlas(provocations(), { backend: 'namespaces', ipv6, jobs: JOBS });
  expect(
    transitions.flatMap((result) => (result.missing ?? []).map((text) => `${edgeName(result)}: ${text}`)),
  ).toEqual([]);
  for (const result of transitions)
    expect(witnesses(result).length, edgeName(result)).toBeGreaterThanOrEqual(2);
  const verdicts = Map.groupBy(transitions, edgeName);
  for (const edge of EDGES) {
    const name = edgeName(edge);
    expect([name, verdicts.get(name)?.map(({ verdict }) => verdict)]).toEqual([
      name,
      OTHERS[name] ?? ['observed'],
    ]);
  }
});
