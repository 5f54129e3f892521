import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { describe, onTestFinished } from 'vitest';
import { type RedisAddress, redisAddress } from '../../lab/grade/queue/address.ts';

const READY_MS = 10_000;

/** A real redis-server of a test's own, on a Unix socket in a folder of its own. It goes with the test. */
export class RedisServer {
  readonly socket: string;
  readonly #folder: string;
  readonly #options: readonly string[];
  #process: ChildProcess | undefined;

  private constructor(folder: string, options: readonly string[]) {
    this.#folder = folder;
    this.socket = join(folder, 'redis.sock');
    this.#options = options;
  }

  /** @param options more of redis-server's, such as `--appendonly yes`; without any, it keeps nothing when it is killed. */
  static async start(...options: readonly string[]): Promise<RedisServer> {
    const server = new RedisServer(mkdtempSync(join(tmpdir(), 'tcplab-redis-')), options);
    onTestFinished(() => server.#remove());
    await server.begin();
    return server;
  }

  get address(): RedisAddress {
    return redisAddress(this.socket);
  }

  /** Starts it, or starts it again with what it has on its disk. */
  async begin(): Promise<void> {
    const place = ['--port', '0', '--unixsocket', this.socket, '--dir', this.#folder, '--save', ''];
    this.#process = spawn('redis-server', [...place, ...this.#options], { stdio: 'ignore' });
    await using client = this.client();
    const deadline = performance.now() + READY_MS;
    while ((await client.ping().catch(() => '')) !== 'PONG') {
      if (performance.now() > deadline) throw new Error(`redis-server is not ready after ${READY_MS} ms`);
    }
  }

  async kill(): Promise<void> {
    const process = this.#process;
    if (process === undefined || process.exitCode !== null || process.signalCode !== null) return;
    const ended = once(process, 'exit');
    process.kill('SIGKILL');
    await ended;
  }

  /** A connection to it, for looking. */
  client(): Redis & AsyncDisposable {
    const client = new Redis({
      path: this.socket,
      retryStrategy: () => 20,
      maxRetriesPerRequest: null,
      ...this.#password(),
    });
    client.on('error', () => {});
    return Object.assign(client, {
      [Symbol.asyncDispose]: () => {
        client.disconnect();
        return Promise.resolve();
      },
    });
  }

  #password(): { password?: string } {
    const password = this.#options[this.#options.indexOf('--requirepass') + 1];
    return this.#options.includes('--requirepass') && password !== undefined ? { password } : {};
  }

  async #remove(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** It has every write on its disk before it answers. */
export const LOSES_NOTHING = ['--appendonly', 'yes', '--appendfsync', 'always'];

/** Tests on a real redis-server: left out where none is installed, except in CI. */
export function describeWithRedis(what: string, tests: () => void): void {
  const isThere = (process.env.PATH ?? '').split(':').some((folder) => existsSync(`${folder}/redis-server`));
  describe.skipIf(!isThere && process.env.CI === undefined)(what, { timeout: 60_000 }, tests);
}
