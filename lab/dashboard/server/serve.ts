import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Backend } from '../../host/backend.ts';
import { app } from './app.ts';
import { builtPage } from './built-page.ts';
import { Lab } from './lab.ts';

export interface ServePlan {
  readonly backend: Backend;
  /** 0 for any that is free. */
  readonly port: number;
  /** 127.0.0.1, but in a container whose port is published there. */
  readonly address: string;
  /** The port under which a browser finds it, where that is another one. */
  readonly published?: number;
}

/** The page is there: its address with the token, and how to end it and everything it has made. */
export interface Served extends AsyncDisposable {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the live page. @throws RunnerError when nothing can run here, Error with code EADDRINUSE when the port is taken. */
export async function serve({ backend, port, address, published }: ServePlan): Promise<Served> {
  const token = randomBytes(24).toString('base64url');
  const lab = new Lab(backend);
  const ready = lab.getReady();
  ready.catch(() => {});
  const page = await builtPage();
  let seen = published ?? 0;
  const server = createAdaptorServer({
    fetch: app({ lab, token, page, port: () => seen }).fetch,
  }) as Server;
  const close = async (): Promise<void> => {
    await lab.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  try {
    const listening = await listen(server, port, address);
    seen = published ?? listening;
    await ready;
  } catch (error) {
    await close();
    throw error;
  }
  return { url: `http://127.0.0.1:${seen}/?token=${token}`, close, [Symbol.asyncDispose]: close };
}

async function listen(server: Server, port: number, address: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, address, resolve);
  await promise;
  server.off('error', reject);
  return (server.address() as AddressInfo).port;
}
