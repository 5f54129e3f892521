import type { Page } from 'playwright-core';
import { PATIENCE_MS, wish } from './server.ts';

/** Opens connections by hand, one after the other. @returns milliseconds from the SYN's arrival to the picture of each. */
export async function connectionsToPixels(page: Page, url: string, connections: number): Promise<number[]> {
  await page.evaluate(SPY);
  await wish(url, { do: 'hands-on', number: 4 });
  await page.locator('main[data-phase="running"]').waitFor();
  await wish(url, { do: 'start', host: 'server', program: 'servers/echo.ts' });
  await page.locator('[data-table="server"] [data-state="LISTEN"]').waitFor();
  for (let n = 1; n <= connections; n += 1) {
    await wish(url, { do: 'start', host: 'client', program: 'clients/close.ts' });
    await page.evaluate(`spy.when(() => spy.delays().length >= ${n})`);
  }
  const delays = (await page.evaluate('spy.delays()')) as number[];
  await wish(url, { do: 'end' });
  await page.locator('main[data-phase="over"]').waitFor();
  return delays;
}

/**
 * What looks on in the page. Both clocks are this machine's. A connection's row is the first one in a table that names the client's
 * port; it is in the picture when the frame after it came is drawn.
 */
const SPY = `
globalThis.spy = (() => {
  const arrived = new Map(), seen = new Map();
  let startMs = 0;
  const note = ({ to, packet, atMs }) => {
    const at = (n) => packet.charCodeAt(n);
    const tcp = (at(0) & 15) * 4;
    if (to === 'server' && at(tcp + 13) === 2) arrived.set(String(at(tcp) * 256 + at(tcp + 1)), startMs + atMs);
  };
  const events = new EventSource('/api/events?token=' + new URLSearchParams(location.search).get('token'));
  events.onmessage = ({ data }) => {
    const told = JSON.parse(data);
    if (told.tell === 'header') startMs = Number(BigInt(told.header.startedAtNs) / 1000n) / 1000;
    if (told.tell !== 'events') return;
    for (const event of told.events) if (event.kind === 'segment') note({ ...event, packet: atob(event.packet) });
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
  return {
    delays: () => [...arrived].map(([port, atMs]) => (seen.get(port) ?? Infinity) - atMs).filter(Number.isFinite),
    when: async (isSo) => {
      const lateMs = performance.now() + ${PATIENCE_MS};
      while (!isSo()) {
        if (performance.now() > lateMs) throw new Error('the page did not show it in time: ' + isSo);
        await new Promise(requestAnimationFrame);
      }
    },
  };
})();
0`;
