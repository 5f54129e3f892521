import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../../support/tcplab.ts';
import { browsable, needsBrowser, openPage, picture } from '../support/browser.ts';
import { LiveLab } from '../support/live-lab.ts';

describe.skipIf(!browsable)(`checks in the page ${needsBrowser}`, { timeout: 60_000 }, () => {
  test('a check fails, and passes after the file is edited on disk, without a click', async () => {
    const lab = await LiveLab.start();
    await lab.student.tcplab('start', '2');
    const file = lab.student.path('02-handshake', 'client.ts');
    writeFileSync(file, "console.log('PASS');\n");
    const page = await openPage(lab.url);
    await page.locator('[data-exercise="2"]').click();
    await page.locator('[data-action="check"][data-from="work"]').click();
    await page.locator('[data-verdict-of-run="fail"]').waitFor();
    expect(await page.locator('[data-check][data-verdict="fail"]').count()).toBeGreaterThan(0);
    await picture(page, 'check-failed');
    copyFileSync(join(ROOT, 'clients/connect.ts'), file);
    await page.locator('[data-verdict-of-run="pass"]').waitFor();
    expect(await page.locator('[data-check]:not([data-verdict="pass"])').count()).toBe(0);
    await picture(page, 'check-passed');
  });

  test('while a check goes on, its steps come as the kernel takes them', async () => {
    const page = await openPage((await LiveLab.start()).url);
    await page.locator('[data-exercise="4"]').click();
    await page.locator('[data-action="check"][data-from="reference"]').click();
    await page.locator('[data-check="answered"][data-verdict="pending"] [data-step]').nth(1).waitFor();
    expect(await page.locator('[data-verdict-of-run]').count()).toBe(0);
    await picture(page, 'check-going-on');
    await page.locator('[data-verdict-of-run="pass"]').waitFor();
  });

  test('the prediction stands beside what the kernel did', async () => {
    const lab = await LiveLab.start();
    await lab.student.tcplab('start', '2');
    await lab.student.tcplab('predict', '2', 'a');
    copyFileSync(join(ROOT, 'clients/connect.ts'), lab.student.path('02-handshake', 'client.ts'));
    const page = await openPage(lab.url);
    await page.locator('[data-exercise="2"]').click();
    await page.locator('[data-action="check"][data-from="work"]').click();
    await page.locator('[data-verdict-of-run="pass"]').waitFor();
    await page.locator('[data-tab="questions"]').click();
    await page.locator('[data-outcome][data-agrees]').first().waitFor();
    await picture(page, 'prediction');
  });

  test.each([
    ['en-US', 'light', 1280, 800],
    ['en-US', 'dark', 1280, 800],
    ['zh-CN', 'light', 1280, 800],
    ['en-US', 'light', 768, 1024],
  ] as const)('nothing sticks out: %s, %s, %i × %i', async (locale, colorScheme, width, height) => {
    const lab = await LiveLab.start();
    const page = await openPage(lab.url, { locale, colorScheme, viewport: { width, height } });
    await page.locator('[data-action="check"][data-from="reference"]:enabled').waitFor();
    await page.keyboard.press('r');
    await page.locator('[data-verdict-of-run]').waitFor();
    await picture(page, `reference-${locale}-${colorScheme}-${width}`);
    const wide = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
    expect(wide).toBeLessThanOrEqual(0);
    if (locale === 'zh-CN') expect(await page.locator('body').textContent()).toMatch(/\p{Script=Han}/u);
  });
});
