import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, onTestFinished } from 'vitest';
import { browserPath, startBrowser } from '../../../lab/cli/bench/browser.ts';
import { ROOT } from '../../support/tcplab.ts';

/** Whether there is a browser to look with: where one is installed, and in CI in any case. */
export const browsable = browserPath() !== undefined || process.env.CI !== undefined;

/** For the names of tests that are skipped. */
export const needsBrowser = '(needs chromium)';

/** Chromium drops what it loads when an interface comes or goes on its machine, as other runs make them; the page connects again. */
const CHANGED = 'net::ERR_NETWORK_CHANGED';

/** What a laptop shows. */
const LAPTOP = { width: 1280, height: 800 };

let browser: Promise<Browser> | undefined;

afterAll(async () => {
  await (await browser)?.close();
});

/** Opens a page in a browser without any history. What goes wrong in it fails the test. */
export async function openPage(url: URL, options: BrowserContextOptions = {}): Promise<Page> {
  browser ??= startBrowser();
  const context = await (await browser).newContext({ viewport: LAPTOP, locale: 'en-US', ...options });
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes(CHANGED)) wrong.push(message.text());
  });
  page.on('request', (request) => {
    if (new URL(request.url()).host !== url.host && !request.url().startsWith('data:'))
      wrong.push(`it asked ${request.url()}`);
  });
  onTestFinished(async () => {
    await context.close();
    if (wrong.length > 0) throw new Error(`The page did what it should not: ${wrong.join('; ')}`);
  });
  page.setDefaultTimeout(15_000);
  await page.goto(url.href);
  return page;
}

/** Keeps a picture for people, when TCPLAB_PICTURES says where. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.TCPLAB_PICTURES;
  if (folder === undefined) return;
  mkdirSync(resolve(ROOT, folder), { recursive: true });
  await page.screenshot({ path: resolve(ROOT, folder, `${name}.png`) });
}
