import { expect, test } from 'vitest';
import { TOKEN_HEADER } from '../../../lab/dashboard/protocol.ts';
import { app } from '../../../lab/dashboard/server/app.ts';
import { Lab } from '../../../lab/dashboard/server/lab.ts';
import { ROOT } from '../../support/tcplab.ts';

const PORT = 7413;
const OWN = `127.0.0.1:${PORT}`;
const token = 'a-token';

// No run begins in these tests, so that no process is started for any.
const server = app({ lab: new Lab('namespaces'), token, page: `${ROOT}/docs`, port: () => PORT });

async function ask(
  path: string,
  headers: Record<string, string> = {},
  init: RequestInit = {},
): Promise<Response> {
  return await server.request(path, { ...init, headers: { host: OWN, ...headers } });
}

test.each(['localhost:7413', '[::1]:7413', OWN])('a page of this machine is let in as %s', async (host) => {
  expect((await ask('/api/exercise/4?token=a-token', { host })).status).toBe(200);
});

test.each(['evil.example', 'evil.example:7413', '127.0.0.1', '127.0.0.1:80', ''])(
  'a name of somebody else that points here is refused: "%s"',
  async (host) => {
    const answer = await ask('/api/exercise/4?token=a-token', { host });
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('this machine only');
  },
);

test.each(['http://evil.example', 'null', 'https://127.0.0.1:7413', 'http://localhost:7413'])(
  'another origin is refused, token or not: %s',
  async (origin) => {
    expect((await ask('/api/exercise/4?token=a-token', { origin })).status).toBe(403);
  },
);

test.each([
  '/',
  '/api/events',
  '/api/exercise/4',
  '/api/exercise/4?token=',
  '/api/exercise/4?token=a-toke',
  '/?token=b',
])('without its token there is nothing at %s', async (path) => {
  const answer = await ask(path);
  expect(answer.status).toBe(403);
  expect(await answer.text()).toContain('Open the whole address');
});

test('a wish needs the token, JSON, and a size that a wish has', async () => {
  const body = JSON.stringify({ do: 'end' });
  const length = { 'content-length': String(body.length) };
  const json = { 'content-type': 'application/json' };
  const post = async (headers: Record<string, string>): Promise<number> =>
    (await ask('/api/do', headers, { method: 'POST', body })).status;
  expect(await post({ ...json, ...length })).toBe(403);
  expect(await post({ [TOKEN_HEADER]: token, ...length, 'content-type': 'text/plain' })).toBe(415);
  expect(await post({ [TOKEN_HEADER]: token, ...json, 'content-length': '1000000' })).toBe(413);
  expect((await ask('/api/exercise/99?token=a-token')).status).toBe(404);
  expect((await ask('/api/exercise/4?token=a-token&language=../en')).status).toBe(400);
});

test.each([
  '/../package.json',
  '/%2e%2e/package.json',
  '/..%2fpackage.json',
  '/%2e%2e%2fpackage.json',
  '//etc/passwd',
])('no path leads out of the page: %s', async (path) => {
  const answer = await ask(path);
  expect(answer.status).toBe(404);
});

test('a page may load nothing from elsewhere, and nobody may show it in a frame', async () => {
  const { headers } = await ask('/api/exercise/4?token=a-token');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
});
