import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { exerciseFolder } from '../../../lab/exercise/casting.ts';
import { exercise as synRcvd } from '../../../lab/exercises/04-syn-rcvd/exercise.ts';
import { zh } from '../../../lab/exercises/04-syn-rcvd/zh.ts';
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
    ['en-US', 'light', 768, 1024],
  ] as const)('nothing sticks out: %s, %s, %i × %i', async (locale, colorScheme, width, height) => {
    const lab = await LiveLab.start();
    const page = await openPage(lab.url, { locale, colorScheme, viewport: { width, height } });
    await page.locator('[data-action="check"][data-from="reference"]:enabled').waitFor();
    await page.keyboard.press('r');
    await page.locator('[data-verdict-of-run]').waitFor();
    await picture(page, `reference-${locale}-${colorScheme}-${width}`);
    expect(await sticksOut(page)).toBeLessThanOrEqual(0);
  });

  test('in Chinese: the exercise, what came of it and the words in the ladder; and in English at a click', async () => {
    const lab = await LiveLab.start();
    await lab.student.tcplab('start', '4');
    copyFileSync(
      join(exerciseFolder(synRcvd), 'wrong/send-the-ack.ts'),
      lab.student.path('04-syn-rcvd', 'client.ts'),
    );
    const page = await openPage(lab.url, { locale: 'zh-CN' });
    const says = async (place: string, words: string) =>
      await page.locator(place).filter({ hasText: words }).first().waitFor();
    await page.locator('[data-exercise="4"]').click();
    await says('[data-exercise="4"]', zh.title);
    await says('.text[lang="zh-CN"] h2', '为什么重要');
    await picture(page, 'chinese-text');
    await page.locator('[data-tab="questions"]').click();
    await says('[data-question="after-silence"] legend', zh.questions['after-silence']?.ask ?? '');
    await page.locator('[data-tab="hints"]').click();
    await page.locator('[data-action="hint"]').click();
    await says('[data-hint="1"]', zh.hints[0] ?? '');
    await page.keyboard.press('c');
    await page.locator('[data-verdict-of-run="fail"]').waitFor();
    await says(
      '[data-check="silent"] [data-message]',
      '应该是：没有来自客户端的报文段（置位 ACK）；但是：客户端在',
    );
    expect(await page.locator('.checks [lang="en"]:not(pre)').allInnerTexts()).toEqual([]);
    await says('[data-ladder]', '运行结束了');
    await picture(page, 'chinese-failed');
    await page.keyboard.press('r');
    await page.locator('[data-verdict-of-run="pass"]').waitFor();
    await says('[data-check="runs"]', '你的程序能启动');
    await says('[data-check="held"]', zh.checks.held?.title ?? '');
    await says('[data-ladder]', '无事发生');
    expect(await sticksOut(page)).toBeLessThanOrEqual(0);
    await picture(page, 'chinese-passed');
    await page.locator('[data-tab="questions"]').click();
    await says('[data-outcome="after-silence"]', zh.questions['after-silence']?.choices.b ?? '');
    await page.locator('header button[lang="en"]').click();
    await says('[data-outcome="after-silence"]', 'It sends the SYN-ACK again.');
    await says('[data-exercise="4"]', 'Hold SYN_RCVD');
    await says('[data-ladder]', ' s nothing …');
    await page.locator('[data-tab="hints"]').click();
    await says('[data-hint="1"]', 'between two segments');
    await page.locator('[data-tab="text"]').click();
    await says('.text[lang="en"] h2', 'Why it matters');
  });
});

/** How much wider the page is than its window, in pixels. */
async function sticksOut(page: Page): Promise<number> {
  return await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
}
