import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, onTestFinished } from 'vitest';
import type { NamespaceHost } from '../../../../lab/host/namespaces/namespace-host.ts';
import { grantToChildren } from '../../../../lab/sys/capabilities.ts';

/** A real server, or a real client, on a host. It ends with the test. */
export class RealProgram implements AsyncDisposable {
  readonly pid: number;
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;

  constructor(host: NamespaceHost, command: string, args: readonly string[]) {
    this.#child = host.enter(() => {
      grantToChildren([]);
      return spawn(command, args, { stdio: 'ignore' });
    });
    this.#exited = once(this.#child, 'exit');
    this.#exited.catch(() => {});
    onTestFinished(() => void this.#child.kill('SIGKILL'));
    this.pid = this.#child.pid ?? 0;
  }

  /** Its exit code, when it has ended. */
  async ended(): Promise<unknown> {
    const [code] = (await this.#exited) as [number | null];
    return code;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGTERM');
    await this.#exited;
  }
}

/** nginx with two workers: over IPv4 and IPv6 on port 8080, for both by one socket on 8081, with SO_REUSEPORT on 8082. */
export function startNginx(host: NamespaceHost): RealProgram {
  const folder = mkdtempSync(join(tmpdir(), 'tcplab-nginx-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; worker_processes 2; pid ${folder}/pid; error_log ${folder}/error.log;
     events { worker_connections 2000; }
     http {
       access_log off; keepalive_timeout 600s; client_header_timeout 600s; ${temporary.join(' ')}
       server {
         listen 127.0.0.1:8080; listen [::1]:8080; listen [::]:8081 ipv6only=off; listen 127.0.0.1:8082 reuseport;
         return 200 "well\\n";
       }
     }`,
  );
  return new RealProgram(host, 'nginx', [
    '-p',
    folder,
    '-e',
    `${folder}/error.log`,
    '-c',
    `${folder}/nginx.conf`,
  ]);
}

/** redis-server on port 6379 of both loopback addresses, which keeps nothing. */
export function startRedis(host: NamespaceHost): RealProgram {
  const options = ['--bind', '127.0.0.1', '::1', '--port', '6379', '--save', '', '--dir', tmpdir()];
  return new RealProgram(host, 'redis-server', [...options, '--protected-mode', 'no']);
}

/** Tests on real servers: left out, and counted as such, where they are not installed, except in CI. */
export function describeWithServers(what: string, servers: readonly string[], tests: () => void): void {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin'];
  const missing = servers.filter((name) => !folders.some((folder) => existsSync(`${folder}/${name}`)));
  if (missing.length === 0 || process.env.CI !== undefined) describe(what, { timeout: 60_000 }, tests);
  else describe.skip(`${what} (not installed: ${missing.join(', ')})`, tests);
}
