import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { EnvironmentError } from '../command.ts';

const PLACES = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'];

/** It loads nothing by itself, and asks nobody whether there is a newer one. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Where a browser is that can be driven, if there is one. */
export function browserPath(): string | undefined {
  return PLACES.map((name) => `/usr/bin/${name}`).find((path) => existsSync(path));
}

/** Starts a browser without a window and without any history. @throws EnvironmentError when there is none, or nothing to drive it with. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = browserPath();
  if (executablePath === undefined)
    throw new EnvironmentError('there is no Chromium here: apt-get install chromium-headless-shell');
  const { chromium } = await import('playwright-core').catch((cause: unknown) => {
    throw new EnvironmentError('the developers’ packages are missing: npm test installs them', { cause });
  });
  return await chromium.launch({ executablePath, args: QUIET });
}
