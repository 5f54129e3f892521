import type { Browser, Page } from 'playwright-core';
import { type Frames, framesDuring } from './frames.ts';
import { SegmentsTold, wish } from './server.ts';

/** What it costs a browser to show segments while they come. */
export interface Streamed {
  readonly frames: Frames;
  /** How long it took until the server had told of all of them, in milliseconds. */
  readonly ms: number;
  /** Processor time of the page's main thread, and of all the browser's processes, in milliseconds. */
  readonly mainThreadMs: number;
  readonly browserMs: number;
  /** How long it took from the end of the run until the page had shown all of it, in milliseconds. */
  readonly behindMs: number;
  /** How many there were at the end. */
  readonly segments: number;
}

/** Has a client open and close connections until there were so many segments, with the page looking on. */
export async function stream(browser: Browser, page: Page, url: string, segments: number): Promise<Streamed> {
  const main = await page.context().newCDPSession(page);
  // https://chromedevtools.github.io/devtools-protocol/tot/Performance/#method-setTimeDomain
  await main.send('Performance.enable', { timeDomain: 'threadTicks' });
  const all = await browser.newBrowserCDPSession();
  const clocks = async () => {
    const { metrics } = await main.send('Performance.getMetrics');
    const { processInfo } = await all.send('SystemInfo.getProcessInfo');
    return {
      ms: performance.now(),
      mainThreadMs: (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1_000,
      browserMs: processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0) * 1_000,
    };
  };
  await wish(url, { do: 'hands-on', number: 4 });
  await page.locator('main[data-phase="running"]').waitFor();
  await wish(url, { do: 'start', host: 'server', program: 'servers/echo.ts' });
  await page.locator('[data-table="server"] [data-state="LISTEN"]').waitFor();
  using told = new SegmentsTold(url);
  const before = await clocks();
  let after = before;
  const frames = await framesDuring(page, async () => {
    await wish(url, { do: 'start', host: 'client', program: 'clients/churn.ts' });
    await told.reach(segments);
    after = await clocks();
  });
  await wish(url, { do: 'end' });
  await page.locator('main[data-phase="over"]').waitFor();
  const overMs = performance.now();
  await page.locator('.pictures[aria-busy="false"]').waitFor();
  const behindMs = performance.now() - overMs;
  await main.detach();
  return {
    frames,
    ms: after.ms - before.ms,
    mainThreadMs: after.mainThreadMs - before.mainThreadMs,
    browserMs: after.browserMs - before.browserMs,
    behindMs,
    segments: told.count,
  };
}
