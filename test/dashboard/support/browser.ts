import { existsSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, onTestFinished } from 'vitest';
import { ROOT } from '../../support/tcplab.ts';

const PLACES = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'].map(
  (name) => `/usr/bin/${name}`,
);

const executablePath = PLACES.find((place) => existsSync(place));

/** Whether there is a browser to look with: where one is installed, and in CI in any case. */
export const browsable = executablePath !== undefined || process.env.CI !== undefined;

/** For the names of tests that are skipped. */
export const needsBrowser = '(needs chromium)';

/** It loads nothing, asks nobody whether there is a newer one, and is told apart from a user's own. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** What a laptop shows. */
const LAPTOP = { width: 1280, height: 800 };

let browser: Promise<Browser> | undefined;

afterAll(async () => {
  await (await browser)?.close();
});

/** Opens a page in a browser without any history. What goes wrong in it fails the test. */
export async function openPage(url: URL, options: BrowserContextOptions = {}): Promise<Page> {
  browser ??= chromium.launch({ ...(executablePath === undefined ? {} : { executablePath }), args: QUIET });
  const context = await (await browser).newContext({ viewport: LAPTOP, locale: 'en-US', ...options });
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') wrong.push(message.text());
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
