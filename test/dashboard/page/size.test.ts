import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildPage } from '../../../lab/dashboard/server/build-page.ts';

/** All JavaScript of the page together, compressed, in bytes. */
const MOST = 60_000;

let folder: string;
let files: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tcplab-page-'));
  await buildPage(folder);
  files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.includes('.'));
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true }));

const textOf = (file: string): string => readFileSync(join(folder, file), 'utf8');

test('its JavaScript is at most 60 kB, compressed', () => {
  const scripts = files.filter((file) => file.endsWith('.js'));
  expect(scripts).not.toEqual([]);
  const bytes = scripts.reduce((sum, file) => sum + gzipSync(textOf(file), { level: 9 }).length, 0);
  expect(bytes).toBeLessThanOrEqual(MOST);
});

test('what it loads is beside it, and named by its hash', () => {
  const loaded = [...textOf('index.html').matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address);
  expect(loaded.length).toBeGreaterThan(1);
  for (const address of loaded) expect(address).toMatch(/^(data:,|\.\/assets\/[\w-]+-[\w-]{8}\.(js|css))$/);
  expect(files.filter((file) => !/^(index\.html|assets\/[\w-]+-[\w-]{8}\.(js|css))$/.test(file))).toEqual([]);
});

test('its styles load nothing', () => {
  const styles = files.filter((file) => file.endsWith('.css')).map(textOf);
  for (const style of styles) expect(style).not.toMatch(/url\(|@import/);
});
