import { timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { TOKEN_HEADER } from '../protocol.ts';

/** Names under which a browser on this machine reaches the page. Any other name in `Host` is somebody else's, who has it point here. */
const NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/** The page loads nothing from anywhere, and nothing may show it in a frame. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'content-security-policy': POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

/** Lets nobody in but pages of this machine that this server has sent: by `Host`, and `Origin` where there is one. */
export function ownPagesOnly(port: () => number): MiddlewareHandler {
  return async (c, next) => {
    const hosts = NAMES.map((name) => `${name}:${port()}`);
    const host = c.req.header('host') ?? '';
    const origin = c.req.header('origin');
    if (!hosts.includes(host)) return c.text('This page is for this machine only.\n', 403);
    if (origin !== undefined && origin !== `http://${host}`)
      return c.text('Another site has no business here.\n', 403);
    await next();
    for (const [name, value] of Object.entries(HEADERS)) c.res.headers.set(name, value);
  };
}

/** Lets nobody in without the token of the page's address. */
export function withToken(token: string): MiddlewareHandler {
  return async (c, next) => {
    const given = c.req.header(TOKEN_HEADER) ?? c.req.query('token') ?? '';
    if (isSame(given, token)) return await next();
    return refused(c);
  };
}

function refused(c: Context): Response {
  return c.text('This address lacks its token. Open the whole address that ./tcplab ui has printed.\n', 403);
}

function isSame(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}
