import { mkdtempDisposable, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EDGES, edgeName } from '../../lab/atlas/edges.ts';
import type { AtlasResult } from '../../lab/atlas/run-atlas.ts';
import { tcplab } from '../support/tcplab.ts';

const LASTS_MS = 90_000;

test('settles every edge, prints one document, and draws it', { timeout: LASTS_MS }, async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'tcplab-atlas-'));
  const [svg, html] = ['atlas.svg', 'atlas.html'].map((name) => join(folder.path, name)) as [string, string];
  const { stdout, stderr, exitCode } = await tcplab('atlas', '--json', '--svg', svg, '--html', html);
  const atlas = JSON.parse(stdout) as AtlasResult;
  const unsettled = atlas.transitions.filter(({ verdict }) => verdict === 'unsettled');
  expect(unsettled.map((result) => [edgeName(result), result.missing])).toEqual([]);
  expect(exitCode).toBe(0);
  expect(atlas).toMatchObject({ schema: 'tcplab/atlas/1', backend: 'namespaces' });
  expect(new Set(atlas.transitions.map(edgeName))).toEqual(new Set(EDGES.map(edgeName)));
  expect(stderr).toContain('✔ observed     CLOSED      → LISTEN');
  expect(await readFile(svg, 'utf8')).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
  expect(await readFile(html, 'utf8')).toMatch(/^<!doctype html>/);
});

test('what cannot be written is said before anything is done', async () => {
  const { stdout, stderr, exitCode } = await tcplab('atlas', '--svg', '/nowhere/atlas.svg');
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toContain('/nowhere/atlas.svg cannot be written');
});
