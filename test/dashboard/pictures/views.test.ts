import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TimelineData } from '../../../lab/observe/timeline.ts';
import { eventToJson } from '../../../lab/report/event-json.ts';
import { savedRun } from '../../report/run/saved.ts';
import { ROOT } from '../../support/tcplab.ts';
import { browsable, needsBrowser, openPage, picture } from '../support/browser.ts';

const PICTURES = join(ROOT, 'lab/dashboard/page/pictures');

/** A page with the three pictures and nothing else, and `live` to feed them. */
const MAIN = `
import { signal } from '@preact/signals';
import { h, render } from 'preact';
import { EN } from '${ROOT}/lab/dashboard/page/words-en.ts';
import { DiagramView } from '${PICTURES}/diagram-view.tsx';
import { LadderView } from '${PICTURES}/ladder-view.tsx';
import { LiveTimeline } from '${PICTURES}/live-timeline.ts';
import { TrackView } from '${PICTURES}/track-view.tsx';
window.live = new LiveTimeline();
const props = { timeline: window.live.data, words: EN };
render([h(LadderView, props), h(DiagramView, props), h(TrackView, { ...props, lookedMs: signal(0) })], document.querySelector('main'));
`;
const INDEX = `<!doctype html><meta charset="utf-8"><meta name="color-scheme" content="light dark"><link rel="icon" href="data:,">
<style>main{display:grid;grid-template-columns:640px 1fr;grid-template-rows:560px auto;gap:8px}.track-view{grid-column:1/3}</style>
<script type="module" src="./main.js"></script><main></main>`;

let url: URL;
const ends: (() => void)[] = [];

beforeAll(async () => {
  if (!browsable) return;
  const folder = mkdtempSync(join(tmpdir(), 'tcplab-pictures-'));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'entry.js'), MAIN);
  await build({
    root: ROOT,
    configFile: false,
    mode: 'production',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
    resolve: { dedupe: ['preact', '@preact/signals'] },
    build: {
      outDir: join(folder, 'out'),
      lib: { entry: join(folder, 'entry.js'), formats: ['es'], fileName: () => 'main.js' },
    },
  });
  const server = createServer((request, response) => {
    if (request.url !== '/main.js') response.setHeader('content-type', 'text/html').end(INDEX);
    else
      void readFile(join(folder, 'out/main.js')).then((script) =>
        response.setHeader('content-type', 'text/javascript').end(script),
      );
  });
  ends.push(() => server.close());
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  url = new URL(`http://127.0.0.1:${address.port}/`);
}, 60_000);

afterAll(() => {
  for (const end of ends.toReversed()) end();
});

/** Shows a timeline from its beginning. */
async function show(
  page: Page,
  { header, events }: TimelineData,
  fromMs = 0,
  toMs = Infinity,
): Promise<void> {
  const sent = events.filter(({ atMs }) => atMs >= fromMs && atMs < toMs).map(eventToJson);
  const script = fromMs === 0 ? `live.begin(${JSON.stringify(header)});` : '';
  await page.evaluate(`${script} live.add(${JSON.stringify(sent)})`);
}

/** The saved run over and over: thousands of segments. */
function longRun(times: number): TimelineData {
  const { header, events } = savedRun('held-ack');
  return {
    header,
    events: Array.from({ length: times }, (_, n) =>
      events.map((event) => ({ ...event, atMs: event.atMs + n * 5_000 })),
    ).flat(),
  };
}

const ladder = '[data-ladder]';
const isAtEnd = `(() => { const it = document.querySelector('${ladder}'); return it.scrollTop > 0 && it.scrollTop + it.clientHeight >= it.scrollHeight - 1; })()`;
const token = (host: string, state: string): string =>
  `[data-token][data-host="${host}"][data-state="${state}"]`;

describe.skipIf(!browsable)(`the live pictures ${needsBrowser}`, { timeout: 60_000 }, () => {
  test('a handshake that is held: the ladder, the ways, and a token a socket that moves as the ACK comes through', async () => {
    const page = await openPage(url);
    const run = savedRun('held-ack');
    await show(page, run, 0, 1_200);
    await page.locator('[data-segment="SYN+ACK"]').waitFor();
    for (const [host, state] of [
      ['server', 'LISTEN'],
      ['server', 'SYN_RCVD'],
      ['client', 'FIN_WAIT_1'],
    ] as const)
      await page.locator(token(host, state)).waitFor();
    expect(await page.locator('[data-token]').count()).toBe(3);
    expect(await page.locator('.segment.dropped').count()).toBe(4);
    await page.locator('.track-view .s-SYN_RCVD').waitFor();
    await picture(page, 'pictures-held');
    const key = await page.locator(token('server', 'SYN_RCVD')).getAttribute('data-token');
    await show(page, run, 1_200, 2_340);
    await page.locator(`[data-token="${key}"][data-state="CLOSE_WAIT"]`).waitFor();
    await show(page, run, 2_340, 2_400);
    // It is gone: at CLOSED for a moment, and then nowhere.
    await page.locator(`[data-token="${key}"][data-state="CLOSED"]`).waitFor();
    await page.locator(`[data-token="${key}"]`).waitFor({ state: 'detached' });
    await page.locator(token('client', 'TIME_WAIT')).waitFor();
    await page.locator('[data-edge="LAST_ACK CLOSED"].other').waitFor();
    await show(page, run, 2_400);
    await page.locator(token('server', 'LISTEN')).waitFor({ state: 'detached' });
    await picture(page, 'pictures-over');
  });

  test('thousands of segments: only those in view are on the page, and the end is kept in view until one scrolls up', async () => {
    const page = await openPage(url);
    const run = longRun(400);
    await show(page, run, 0, 1_990_000);
    await page.waitForFunction(isAtEnd);
    expect(await page.locator('[data-segment]').count()).toBeLessThan(60);
    expect(await page.locator('[data-newest]').count()).toBe(0);

    await page.locator(ladder).hover();
    await page.mouse.wheel(0, -2_000);
    await page.locator('[data-newest]').waitFor();
    const top = await page.locator(ladder).evaluate((element) => element.scrollTop);
    await show(page, run, 1_990_000);
    await page.waitForFunction(`live.data.value.events.length === ${run.events.length}`);
    expect(await page.locator(ladder).evaluate((element) => element.scrollTop)).toBe(top);
    expect(await page.locator('[data-segment]').count()).toBeGreaterThan(5);

    await page.locator('[data-newest]').click();
    await page.waitForFunction(isAtEnd);
    await page.locator('[data-newest]').waitFor({ state: 'detached' });
    // By keyboard to the beginning.
    await page.locator(ladder).focus();
    await page.keyboard.press('Home');
    await page.locator('[data-segment="SYN"]').first().waitFor();
  });

  test('numbers as on the wire and back, and another run begins anew', async () => {
    const page = await openPage(url);
    await show(page, savedRun('close'));
    await page.getByText('SYN seq 0').waitFor();
    const toggle = page.locator('[data-numbers]');
    await toggle.click();
    await page.getByText('SYN seq 0').waitFor({ state: 'detached' });
    expect(await toggle.getAttribute('aria-pressed')).toBe('true');
    await toggle.click();
    await page.getByText('SYN seq 0').waitFor();
    await show(page, savedRun('withhold-ack'));
    await page.locator('[data-edge="SYN_RCVD LISTEN"].other').waitFor();
    await page.evaluate('live.clear()');
    await page.locator('.picture-empty').nth(2).waitFor();
    expect(await page.locator('[data-token]').count()).toBe(0);
  });
});
