import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Page } from 'playwright-core';
import type { Wish } from '../../dashboard/protocol.ts';
import { serve } from '../../dashboard/server/serve.ts';
import { startBrowser } from './browser.ts';
import { atMost, type Benchmark, median } from './measure.ts';
import { residentMiB } from './resident.ts';

const CONNECTIONS = 30;
const SEGMENTS = 10_000;
const SCROLLS = 200;
/** A screen shows so many pictures a second that each has this long, in milliseconds. */
const FRAME_MS = 16;
const PATIENCE_MS = 120_000;

/**
 * The live page in a real browser: how long it takes from a SYN's arrival at the server's kernel to the picture with a row of
 * the connection, and what scrolling costs after 10,000 segments.
 */
export async function benchUi(told: (line: string) => void): Promise<Benchmark> {
  const work = mkdtempSync(join(tmpdir(), 'tcplab-bench-ui-'));
  const before = process.env.TCPLAB_WORK;
  process.env.TCPLAB_WORK = work;
  try {
    await using served = await serve({ backend: 'namespaces', port: 0, address: '127.0.0.1' });
    await using browser = await startBrowser();
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(served.url);
    await page.evaluate(SPY);
    const delays = await connectionsToPixels(page);
    told(
      `${CONNECTIONS} connections: ${Math.min(...delays).toFixed(0)} to ${Math.max(...delays).toFixed(0)} ms`,
    );
    const idleMiB = keptMiB();
    const { frames, scripts } = await scrolling(page, told);
    const fullMiB = keptMiB();
    return {
      name: 'ui',
      what: `the live page in a browser: ${CONNECTIONS} connections one after the other, then ${SEGMENTS} segments`,
      figures: [
        atMost("from the kernel's change to the pixel, median", median(delays), 'ms', 100),
        { name: 'slowest', value: Math.max(...delays), unit: 'ms' },
        atMost('a frame while scrolling, work on the page, median', median(scripts), 'ms', FRAME_MS),
        atMost('19 of 20 frames', percentile(scripts, 0.95), 'ms', FRAME_MS),
        { name: 'from frame to frame, median', value: median(frames), unit: 'ms' },
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

/** Opens connections by hand, one after the other. @returns milliseconds from the SYN's arrival to the picture of each. */
async function connectionsToPixels(page: Page): Promise<number[]> {
  await wish(page, { do: 'hands-on', number: 4 });
  await page.locator('main[data-phase="running"]').waitFor();
  await wish(page, { do: 'start', host: 'server', program: 'servers/echo.ts' });
  await page.locator('[data-table="server"] [data-state="LISTEN"]').waitFor();
  for (let n = 1; n <= CONNECTIONS; n += 1) {
    await wish(page, { do: 'start', host: 'client', program: 'clients/close.ts' });
    await page.evaluate(`spy.when(() => spy.delays().length >= ${n})`);
  }
  const delays = (await page.evaluate('spy.delays()')) as number[];
  await wish(page, { do: 'end' });
  await page.locator('main[data-phase="over"]').waitFor();
  return delays;
}

async function scrolling(
  page: Page,
  told: (line: string) => void,
): Promise<{ frames: number[]; scripts: number[] }> {
  await wish(page, { do: 'hands-on', number: 4 });
  await page.locator('main[data-phase="running"]').waitFor();
  await wish(page, { do: 'start', host: 'server', program: 'servers/echo.ts' });
  await page.locator('[data-table="server"] [data-state="LISTEN"]').waitFor();
  const begun = performance.now();
  await wish(page, { do: 'start', host: 'client', program: 'clients/churn.ts' });
  await page.evaluate(`spy.when(() => spy.segments >= ${SEGMENTS})`);
  await wish(page, { do: 'end' });
  await page.locator('main[data-phase="over"]').waitFor();
  told(`${SEGMENTS} segments in ${((performance.now() - begun) / 1_000).toFixed(1)} s`);
  return (await page.evaluate(`spy.scroll(${SCROLLS})`)) as { frames: number[]; scripts: number[] };
}

async function wish(page: Page, wished: Wish): Promise<void> {
  await page.evaluate(`spy.wish(${JSON.stringify(wished)})`);
}

/** What this process keeps, once everything else is collected, in MiB. */
function keptMiB(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

function percentile(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * part)] ?? Number.NaN;
}

/**
 * What looks on in the page. Both clocks are this machine's. A connection's row is the first one in a table that names the client's
 * port; it is in the picture when the frame after it came is drawn.
 */
const SPY = `
globalThis.spy = (() => {
  const token = new URLSearchParams(location.search).get('token');
  const arrived = new Map(), seen = new Map();
  let startMs = 0;
  const spy = { segments: 0 };
  const events = new EventSource('/api/events?token=' + token);
  events.onmessage = ({ data }) => {
    const told = JSON.parse(data);
    if (told.tell === 'header') { startMs = Number(BigInt(told.header.startedAtNs) / 1000n) / 1000; spy.segments = 0; }
    if (told.tell !== 'events') return;
    for (const event of told.events) {
      if (event.kind !== 'segment') continue;
      spy.segments += 1;
      if (event.segment.flags === 'S' && event.to === 'server') arrived.set(String(event.segment.source[1]), startMs + event.atMs);
    }
  };
  new MutationObserver(() => {
    const cells = document.querySelectorAll('[data-table] [data-state] td');
    const ports = [...cells].flatMap((cell) => /:(\\d+)$/.exec(cell.textContent.trim())?.[1] ?? []);
    const fresh = ports.filter((port) => !seen.has(port));
    for (const port of fresh) seen.set(port, Infinity);
    if (fresh.length > 0) requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => { for (const port of fresh) seen.set(port, performance.timeOrigin + performance.now()); };
      channel.port2.postMessage(0);
    });
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
  spy.delays = () => [...arrived].map(([port, atMs]) => (seen.get(port) ?? Infinity) - atMs).filter(Number.isFinite);
  spy.when = async (isSo) => {
    const lateMs = performance.now() + ${PATIENCE_MS};
    while (!isSo()) {
      if (performance.now() > lateMs) throw new Error('the page did not show it in time: ' + isSo);
      await new Promise(requestAnimationFrame);
    }
  };
  spy.wish = async (wish) => {
    const answer = await fetch('/api/do', {
      method: 'POST', headers: { 'content-type': 'application/json', 'x-tcplab-token': token }, body: JSON.stringify(wish),
    });
    if (!answer.ok) throw new Error((await answer.json()).problem);
  };
  spy.scroll = async (times) => {
    const ladder = document.querySelector('[data-ladder]');
    const far = ladder.scrollHeight - ladder.clientHeight;
    const frames = [], scripts = [];
    let last = performance.now();
    for (let n = 0; n < times; n += 1) {
      await new Promise((resolve) => requestAnimationFrame(() => {
        const begun = performance.now();
        frames.push(begun - last);
        last = begun;
        ladder.scrollTop = far * Math.abs(Math.sin(n / 20));
        const channel = new MessageChannel();
        channel.port1.onmessage = () => { scripts.push(performance.now() - begun); resolve(); };
        channel.port2.postMessage(0);
      }));
    }
    return { frames: frames.slice(5), scripts: scripts.slice(5) };
  };
  return spy;
})();
0`;
