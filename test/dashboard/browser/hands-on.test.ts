import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browsable, needsBrowser, openPage, picture } from '../support/browser.ts';
import { LiveLab } from '../support/live-lab.ts';

/** The row of a host's table in a state. */
const row = (page: Page, host: string, state: string) =>
  page.locator(`[data-table="${host}"] [data-state="${state}"]`).first();
const token = (page: Page, host: string, state: string) =>
  page.locator(`[data-token][data-host="${host}"][data-state="${state}"]`).first();

describe.skipIf(!browsable)(`the hand on the wire ${needsBrowser}`, { timeout: 60_000 }, () => {
  test('the ACK is held by button, and SYN_RCVD is in the table and under the token; released, ESTABLISHED', async () => {
    const page = await openPage((await LiveLab.start()).url);
    await page.locator('[data-exercise="4"]').click();
    await page.locator('[data-action="hands-on"]').click();
    await page.locator('main[data-phase="running"]').waitFor();
    await page.locator('[data-start="server"]').click();
    await row(page, 'server', 'LISTEN').waitFor();
    const hold = page.locator('[data-gate="server/ack-of-syn-ack"]');
    await hold.click();
    await page.locator('[data-gate="server/ack-of-syn-ack"][aria-pressed="true"]').waitFor();
    await page.locator('[data-start="client"]').click();
    await row(page, 'server', 'SYN_RCVD').waitFor();
    expect(await row(page, 'server', 'SYN_RCVD').textContent()).toContain('SYN-RECV');
    expect(await row(page, 'client', 'ESTABLISHED').textContent()).toContain('ESTAB');
    await token(page, 'server', 'SYN_RCVD').waitFor();
    await page.locator('[data-ladder] [data-segment]').nth(2).waitFor();
    await picture(page, 'syn-rcvd-held');
    await hold.click();
    await row(page, 'server', 'ESTABLISHED').waitFor();
    await token(page, 'server', 'ESTABLISHED').waitFor();
    await page.locator('[data-action="end"]').click();
    await page.locator('main[data-phase="over"]').waitFor();
    await picture(page, 'over');
  });

  test('who has never seen it holds SYN_RCVD in three clicks', async () => {
    const page = await openPage((await LiveLab.start()).url);
    const begun = performance.now();
    await page.locator('[data-guide="hosts"]').waitFor();
    await picture(page, 'first-sight');
    for (const step of ['hosts', 'gate', 'client']) {
      await page.locator(`[data-guide="${step}"]`).waitFor();
      await page.locator('[data-guide] li.now button').click();
    }
    await page.locator('[data-guide="held"]').waitFor();
    await row(page, 'server', 'SYN_RCVD').waitFor();
    expect(performance.now() - begun).toBeLessThan(60_000);
    await picture(page, 'guide-held');
    await page.locator('[data-guide-release]').click();
    await page.locator('[data-guide="through"]').waitFor();
    await row(page, 'server', 'ESTABLISHED').waitFor();
    await page.locator('[data-guide="through"] button', { hasText: 'Again from the beginning' }).click();
    await page.locator('[data-guide="gate"]').waitFor();
    await page.locator('[data-action="check"][data-from="reference"]').click();
    await page.locator('[data-guide]').waitFor({ state: 'detached' });
    await page.locator('main[data-phase="running"]').waitFor();
    await page.locator('[data-action="end"]').click();
    await page.locator('main[data-phase="over"]').waitFor();
  });

  test('by keyboard alone', async () => {
    const page = await openPage((await LiveLab.start()).url);
    await page.locator('[data-exercise="4"]').waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await picture(page, 'keys');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.keyboard.press('h');
    await page.locator('main[data-phase="running"]').waitFor();
    await page.keyboard.press('s');
    await row(page, 'server', 'LISTEN').waitFor();
    await page.keyboard.press('1');
    await page.locator('[data-gate="server/ack-of-syn-ack"][aria-pressed="true"]').waitFor();
    await page.keyboard.press('a');
    await row(page, 'server', 'SYN_RCVD').waitFor();
    await page.keyboard.press('1');
    await row(page, 'server', 'ESTABLISHED').waitFor();
    await page.keyboard.press('e');
    await page.locator('main[data-phase="over"]').waitFor();
  });

  test.each([
    ['en-US', 1280, 800],
    ['zh-CN', 768, 1024],
  ])('the three hosts of an exercise, by keyboard, %s, %i × %i', async (locale, width, height) => {
    const url = new URL('#28', (await LiveLab.start()).url);
    const page = await openPage(url, { locale, viewport: { width, height } });
    const entry = page.locator('[data-exercise="28"][aria-current="true"]');
    await entry.waitFor({ state: 'attached' });
    if (await entry.isVisible()) await expect.poll(() => isInSight(entry)).toBe(true);
    await page.keyboard.press('h');
    await page.locator('main[data-phase="running"]').waitFor();
    await page.keyboard.press('s');
    await row(page, 'web', 'LISTEN').waitFor();
    await page.keyboard.press('2');
    await page.locator('[data-gate="web/ack-of-syn-ack"][aria-pressed="true"]').waitFor();
    await page.keyboard.press('a');
    await row(page, 'web', 'SYN_RCVD').waitFor();
    await page.keyboard.press('d');
    await row(page, 'db', 'ESTABLISHED').waitFor();
    await token(page, 'db', 'ESTABLISHED').waitFor();
    await page.locator('[data-ladder] [data-segment]').nth(3).waitFor();
    await picture(page, `three-hosts-${locale}-${width}`);
    const wide = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
    expect(wide).toBeLessThanOrEqual(0);
  });

  test('two pages show the same run, and one that is loaded again goes on where it was', async () => {
    const lab = await LiveLab.start();
    const [one, other] = [await openPage(lab.url), await openPage(lab.url)];
    await one.locator('[data-exercise="4"]').click();
    await one.locator('[data-action="hands-on"]').click();
    await other.locator('main[data-phase="running"]').waitFor();
    await one.locator('[data-start="server"]').click();
    await row(other, 'server', 'LISTEN').waitFor();
    await other.locator('[data-gate="server/ack-of-syn-ack"]').click();
    await one.locator('[data-gate="server/ack-of-syn-ack"][aria-pressed="true"]').waitFor();
    await one.locator('[data-start="client"]').click();
    await row(other, 'server', 'SYN_RCVD').waitFor();
    await one.reload();
    await row(one, 'server', 'SYN_RCVD').waitFor();
    await token(one, 'server', 'SYN_RCVD').waitFor();
    await one.locator('[data-ladder] [data-segment]').nth(2).waitFor();
    await one.locator('[data-gate="server/ack-of-syn-ack"]').click();
    await row(other, 'server', 'ESTABLISHED').waitFor();
  });
});

async function isInSight(element: Locator): Promise<boolean> {
  const box = await element.boundingBox();
  return box !== null && box.y >= 0 && box.y + box.height <= (element.page().viewportSize()?.height ?? 0);
}
