import type { Page } from 'playwright-core';

/** Frames of a page, each from the beginning of its picture to the end of all work on it, and from one to the next; in milliseconds. */
export interface Frames {
  readonly works: readonly number[];
  readonly apart: readonly number[];
}

/** How far the page scrolls with a notch of the wheel, in pixels. */
const NOTCH = 120;

/** Notes every frame while something is done. */
export async function framesDuring(page: Page, act: () => Promise<void>): Promise<Frames> {
  await page.evaluate(NOTE_FRAMES);
  await act();
  return (await page.evaluate('frames.end()')) as Frames;
}

/** Turns a mouse's wheel over the ladder: up from its end, and down again for the second half. */
export async function turnWheel(page: Page, times: number): Promise<void> {
  await page.locator('[data-ladder]').hover();
  for (let n = 0; n < times; n += 1) await page.mouse.wheel(0, n < times / 2 ? -NOTCH : NOTCH);
}

/** Drags the bar of the ladder up and down, to another place in each frame. */
export async function drag(page: Page, times: number): Promise<void> {
  await page.evaluate(`(async () => {
    const ladder = document.querySelector('[data-ladder]');
    const far = (ladder.scrollHeight - ladder.clientHeight) * 0.95;
    for (let n = 0; n < ${times}; n += 1) {
      await new Promise(requestAnimationFrame);
      ladder.scrollTop = far * Math.abs(Math.sin(n / 20));
    }
  })()`);
}

/** What is posted in a frame comes when its picture is handed on. */
const NOTE_FRAMES = `
globalThis.frames = (() => {
  const works = [], apart = [];
  let [begunMs, isOver] = [performance.now(), false];
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => works.push(performance.now() - data);
  const next = () => {
    const nowMs = performance.now();
    apart.push(nowMs - begunMs);
    begunMs = nowMs;
    port2.postMessage(nowMs);
    if (!isOver) requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
  return { end: () => { isOver = true; return { works: works.slice(5), apart: apart.slice(5) }; } };
})();
0`;
