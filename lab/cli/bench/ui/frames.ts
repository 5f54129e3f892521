import type { Page } from 'playwright-core';

/** Frames of a page, each from the beginning of its picture to the end of all work on it, and from one to the next; in milliseconds. */
export interface Frames {
  readonly works: readonly number[];
  readonly apart: readonly number[];
}

/** Notes every frame while something is done. */
export async function framesDuring(page: Page, act: () => Promise<void>): Promise<Frames> {
  await page.evaluate(NOTE_FRAMES);
  await act();
  return (await page.evaluate('frames.end()')) as Frames;
}

/** Scrolls the ladder through, a step a frame. */
export async function scroll(page: Page, times: number): Promise<void> {
  await page.evaluate(`(async () => {
    const ladder = document.querySelector('[data-ladder]');
    const far = ladder.scrollHeight - ladder.clientHeight;
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
  port1.onmessage = () => works.push(performance.now() - begunMs);
  const next = () => {
    const nowMs = performance.now();
    apart.push(nowMs - begunMs);
    begunMs = nowMs;
    port2.postMessage(0);
    if (!isOver) requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
  return { end: () => { isOver = true; return { works: works.slice(5), apart: apart.slice(5) }; } };
})();
0`;
