import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Browser, Page } from 'playwright-core';
import { serve } from '../../dashboard/server/serve.ts';
import { startBrowser } from './browser.ts';
import { atMost, type Benchmark, median } from './measure.ts';
import { residentMiB } from './resident.ts';
import { drag, framesDuring, turnWheel } from './ui/frames.ts';
import { connectionsToPixels } from './ui/latency.ts';
import { PATIENCE_MS } from './ui/server.ts';
import { stream } from './ui/stream.ts';

const CONNECTIONS = 30;
const SEGMENTS = 10_000;
const SCROLLS = 200;
/** A screen shows so many pictures a second that each has this long, in milliseconds. */
const FRAME_MS = 16;

/**
 * The live page in a real browser: how long it takes from a SYN's arrival at the server's kernel to the picture with a row of
 * the connection, what 10,000 segments and more cost while they come, how soon all are shown, and what scrolling costs after them.
 */
export async function benchUi(told: (line: string) => void): Promise<Benchmark> {
  const work = mkdtempSync(join(tmpdir(), 'tcplab-bench-ui-'));
  const before = process.env.TCPLAB_WORK;
  process.env.TCPLAB_WORK = work;
  try {
    await using served = await serve({ backend: 'namespaces', port: 0, address: '127.0.0.1' });
    await using browser = await startBrowser();
    const spied = await open(browser, served.url);
    const delays = await connectionsToPixels(spied, served.url, CONNECTIONS);
    told(
      `${CONNECTIONS} connections: ${Math.min(...delays).toFixed(0)} to ${Math.max(...delays).toFixed(0)} ms`,
    );
    const page = await open(browser, served.url);
    await spied.close();
    const idleMiB = await keptMiB();
    const streamed = await stream(browser, page, served.url, SEGMENTS);
    const fullMiB = await keptMiB();
    told(
      `${SEGMENTS} segments in ${(streamed.ms / 1_000).toFixed(1)} s, ${streamed.segments} when the run had ended`,
    );
    const scrolled = await framesDuring(page, () => turnWheel(page, SCROLLS));
    const dragged = await framesDuring(page, () => drag(page, SCROLLS));
    return {
      name: 'ui',
      what: `the live page in a browser: ${CONNECTIONS} connections one after the other, then ${SEGMENTS} segments`,
      figures: [
        atMost("from the kernel's change to the pixel, median", median(delays), 'ms', 100),
        { name: 'slowest', value: Math.max(...delays), unit: 'ms' },
        atMost(
          'while they come: main thread busy',
          percent(streamed.mainThreadMs, streamed.ms),
          '% of a processor',
          50,
        ),
        {
          name: 'all processes of the browser',
          value: percent(streamed.browserMs, streamed.ms),
          unit: '% of a processor',
        },
        {
          name: 'a frame meanwhile, work on the page, median',
          value: median(streamed.frames.works),
          unit: 'ms',
        },
        { name: '19 of 20 of those frames', value: percentile(streamed.frames.works, 0.95), unit: 'ms' },
        atMost('until all of them are shown, after the end', streamed.behindMs, 'ms', 5_000),
        atMost(
          'a frame while the wheel turns, work on the page, median',
          median(scrolled.works),
          'ms',
          FRAME_MS,
        ),
        atMost('19 of 20 of those frames', percentile(scrolled.works, 0.95), 'ms', FRAME_MS),
        atMost('a frame while the bar is dragged, median', median(dragged.works), 'ms', FRAME_MS),
        atMost('19 of 20 of those frames', percentile(dragged.works, 0.95), 'ms', FRAME_MS),
        { name: 'from frame to frame, median', value: median(dragged.apart), unit: 'ms' },
        atMost('what the server keeps of them', fullMiB - idleMiB, 'MiB', 64),
        { name: 'its resident memory', value: residentMiB(process.pid), unit: 'MiB' },
      ],
      notes: ['the browser draws without a graphics card, on the same processors as the lab'],
    };
  } finally {
    if (before === undefined) delete process.env.TCPLAB_WORK;
    else process.env.TCPLAB_WORK = before;
    rmSync(work, { recursive: true, force: true });
  }
}

async function open(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(url);
  return page;
}

function percent(part: number, whole: number): number {
  return (part / whole) * 100;
}

/** What this process keeps, once everything else is collected, in MiB. What a stream wrote is let go a turn after that. */
async function keptMiB(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  await new Promise((resolve) => setImmediate(resolve));
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

function percentile(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * part)] ?? Number.NaN;
}
