import { describe, expect, test } from 'vitest';
import { EDGES } from '../../lab/atlas/edges.ts';
import type { Verdict } from '../../lab/atlas/finding.ts';
import type { EdgeResult } from '../../lab/atlas/provoke.ts';
import { atlasDiagram } from '../../lab/report/atlas-diagram.ts';
import { atlasPage } from '../../lab/report/atlas-page.ts';
import { atlasDetail, atlasRow } from '../../lab/report/atlas-text.ts';
import { stateDiagram } from '../../lab/report/state-diagram.ts';
import { STATES } from '../../lab/tcp/states.ts';

const KERNEL = '6.18.0 <tested>';

function results(verdict: Verdict = 'observed'): EdgeResult[] {
  return EDGES.map(({ from, to, event }) => ({
    from,
    to,
    event,
    verdict,
    evidence: [
      { kind: 'sock_diag', host: 'server', text: `${from} → gone` },
      { kind: 'ss', host: 'server', text: 'LISTEN <->' },
    ],
    ms: 1,
  }));
}

function edgesOf(svg: string): string[] {
  return [...svg.matchAll(/data-edge="([^"]+)"/g)].map(([, edge]) => edge ?? '');
}

describe('the diagram of the atlas', () => {
  const svg = atlasDiagram({ transitions: results(), kernel: KERNEL });

  test('has every state, CLOSED twice as in RFC 9293, and every edge', () => {
    for (const state of STATES)
      expect(svg.split(`>${state}</text>`), state).toHaveLength(state === 'CLOSED' ? 3 : 2);
    expect(edgesOf(svg).sort()).toEqual(EDGES.map(({ from, to }) => `${from} ${to}`).sort());
  });

  test('says its verdicts with signs as well as colours, and escapes what it is given', () => {
    expect(svg).toContain('✔ rcv SYN,ACK');
    expect(atlasDiagram({ transitions: results('unsettled'), kernel: KERNEL })).toContain('✘ rcv SYN,ACK');
    expect(svg).not.toContain('<tested>');
  });

  test('every element that is opened is closed', () => {
    const open: string[] = [];
    for (const [, end, name, self] of svg.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/gi)) {
      if (end === '/') expect(open.pop()).toBe(name);
      else if (self !== '/') open.push(name ?? '');
    }
    expect(open).toEqual([]);
  });

  test('draws a call that has another verdict beside the first one', () => {
    const two = results().map((result) =>
      result.from === 'SYN_RCVD' && result.event === 'CLOSE'
        ? [
            { ...result, verdict: 'deviates' as const, by: 'shutdown()' },
            { ...result, by: 'close()' },
          ]
        : [result],
    );
    const drawn = atlasDiagram({ transitions: two.flat(), kernel: KERNEL });
    expect(drawn).toContain('≠ shutdown()');
    expect(drawn).toContain('✔ close()');
    expect(edgesOf(drawn)).toHaveLength(EDGES.length);
  });
});

test('a path that the figure has not is drawn straight, and strongly when asked', () => {
  const svg = stateDiagram({
    title: 'a walk',
    edges: [
      { from: 'ESTABLISHED', to: 'TIME_WAIT', words: ['too fast to see'], look: 'plain', isEmphasised: true },
    ],
    emphasised: ['ESTABLISHED'],
  });
  expect(svg).toContain('class="edge plain strong"');
  expect(svg).toMatch(/points="520,461 520,789"/);
  expect(svg.match(/class="state strong"/g)).toHaveLength(1);
});

test('the page has a row for each, the evidence, and nothing that is loaded', () => {
  const page = atlasPage({
    schema: 'tcplab/atlas/1',
    kernel: KERNEL,
    backend: 'namespaces',
    ip: 4,
    elapsedMs: 1,
    transitions: results(),
  });
  expect(page.match(/<details>/g)).toHaveLength(EDGES.length);
  expect(page).toContain('LISTEN &lt;-&gt;');
  expect(page).not.toMatch(/<script|src=|@import|url\((?!#)/);
});

test('a row says who saw it, and one that is unsettled why', () => {
  const [first] = results() as [EdgeResult];
  expect(atlasRow(first)).toBe('✔ observed     CLOSED      → LISTEN       passive OPEN        sock_diag, ss');
  const unsettled = { ...first, verdict: 'unsettled', missing: ['ss did not show it'] } as const;
  expect(atlasDetail(first, false)).toEqual([]);
  expect(atlasDetail(unsettled, false)).toEqual([
    '    ✘ ss did not show it',
    '      sock_diag  server  CLOSED → gone',
    '      ss         server  LISTEN <->',
  ]);
});
