import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execa, type Options, type ResultPromise } from 'execa';

const READY_MS = 20_000;
const DISK_BYTES = 32 << 20;
const quietly = { stdin: 'ignore', all: true, reject: false } as const satisfies Options;

/**
 * A second engine, for what nobody would do to the one that is in use. What it keeps is in memory, on a disk of 32 MiB that only it
 * sees. Its rules and addresses do not get in anybody's way, as it makes none. Starting one takes half a second, and root.
 */
export class OwnEngine implements AsyncDisposable {
  readonly address: string;
  readonly #folder: string;
  readonly #daemon: ResultPromise<typeof quietly>;
  #ended = false;

  private constructor(folder: string) {
    this.#folder = folder;
    this.address = `unix://${folder}/socket`;
    const off = ['bridge=none', 'iptables=false', 'ip6tables=false', 'ip-forward=false'].map(
      (flag) => `--${flag}`,
    );
    const own = ['data-root', 'exec-root', 'pidfile'].map((name) => `--${name}=${folder}/${name}`);
    const disk = `mkdir ${folder}/data-root && mount -t tmpfs -o size=${DISK_BYTES} tmpfs ${folder}/data-root`;
    this.#daemon = execa(
      'setpriv',
      [
        '--pdeathsig',
        'KILL',
        'unshare',
        '--mount',
        'sh',
        '-c',
        `${disk} && exec "$@"`,
        'dockerd',
        'dockerd',
        '--host',
        this.address,
        ...own,
        ...off,
      ],
      quietly,
    );
    void this.#daemon.then(() => {
      this.#ended = true;
    });
  }

  /** @throws Error that has the engine's last words. */
  static async start(): Promise<OwnEngine> {
    const own = new OwnEngine(await mkdtemp(join(tmpdir(), 'tcplab-engine-')));
    const lateMs = performance.now() + READY_MS;
    while ((await own.docker('version')).exitCode !== 0) {
      if (performance.now() > lateMs || own.#ended) {
        await own[Symbol.asyncDispose]();
        throw new Error(`no second engine: ${String((await own.#daemon).all).slice(-500)}`);
      }
      await delay(50);
    }
    return own;
  }

  /** Runs the client on it. A failing command is a result. */
  async docker(
    ...args: string[]
  ): Promise<{ readonly exitCode?: number | undefined; readonly stdout: string }> {
    return await execa('docker', ['--host', this.address, ...args], { reject: false });
  }

  /** Makes an image that has nothing in it. */
  async importNothing(tag: string): Promise<void> {
    const image = `tar --create --files-from /dev/null | docker --host ${this.address} import - ${tag}`;
    await execa('sh', ['-c', image]);
  }

  /** Takes all the room there is on its disk. */
  fillDisk(): void {
    const file = `/proc/${this.#daemon.pid}/root${this.#folder}/data-root/full`;
    try {
      writeFileSync(file, Buffer.alloc(DISK_BYTES + 1));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#daemon.kill('SIGTERM');
    await this.#daemon;
    await rm(this.#folder, { recursive: true, force: true });
  }
}
