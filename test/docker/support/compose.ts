import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { execa, type Result } from 'execa';
import { quietly, ROOT } from '../../support/tcplab.ts';

/** What a clone does not have. `.env` is kept: it says what this machine needs to build the image. */
const NOT_CLONED = new Set(['.git', '.tcplab', 'node_modules', 'runs', 'work']);
const LOOK_MS = 100;
const DEADLINE_MS = 20_000;

type Settings = Omit<typeof quietly, 'cwd' | 'env'> & { cwd: string; env: Record<string, string> };

/** The lab in containers, of a copy of the checkout: a project, image and subnet of its own, so that the user's is not touched. */
export class Compose implements AsyncDisposable {
  readonly folder: string;
  readonly project: string;
  readonly image: string;
  readonly options: Settings;

  private constructor(folder: string) {
    this.folder = folder;
    this.project = basename(folder).toLowerCase();
    this.image = this.project;
    const env = {
      ...quietly.env,
      COMPOSE_PROJECT_NAME: this.project,
      TCPLAB_IMAGE: this.image,
      TCPLAB_HAND_SUBNET: `198.19.${100 + (process.pid % 100)}`,
      TCPLAB_UI_PORT: String(17_000 + (process.pid % 1_000)),
    };
    this.options = { ...quietly, cwd: folder, env };
  }

  /** Copies the checkout, as it is now. */
  static async ofCopy(): Promise<Compose> {
    const folder = await mkdtemp(join(tmpdir(), 'tcplab-compose-'));
    await cp(ROOT, folder, {
      recursive: true,
      filter: (source) => !NOT_CLONED.has(source.slice(ROOT.length + 1)),
    });
    return new Compose(folder);
  }

  /** `docker compose ARGUMENTS`. @throws ExecaError with its output when it fails. */
  async do(...args: string[]): Promise<string> {
    const { stdout } = await execa('docker', ['compose', ...args], { ...this.options, reject: true });
    return stdout;
  }

  /** `docker compose exec -T SERVICE COMMAND`; a failing command is a result. */
  async exec(service: string, ...command: string[]): Promise<Result<Settings>> {
    return await execa('docker', ['compose', 'exec', '-T', service, ...command], this.options);
  }

  /** Starts a program that stays. */
  async start(service: string, ...command: string[]): Promise<void> {
    await this.do('exec', '-T', '--detach', service, ...command);
  }

  /** Runs a command until its output has `wanted`, which it then gives. @throws Error that shows the last output, after 20 seconds. */
  async until(wanted: RegExp, service: string, ...command: string[]): Promise<string> {
    const lateMs = performance.now() + DEADLINE_MS;
    for (;;) {
      const { stdout, stderr } = await this.exec(service, ...command);
      if (wanted.test(stdout)) return stdout;
      if (performance.now() > lateMs)
        throw new Error(
          `${service} never showed ${wanted} in ${command.join(' ')}, but:\n${stdout}${stderr}`,
        );
      await setTimeout(LOOK_MS);
    }
  }

  /** What the engine has of this project: containers, networks, volumes. */
  async belongings(): Promise<string[]> {
    const label = `label=com.docker.compose.project=${this.project}`;
    const lists = [
      ['ps', '--all'],
      ['network', 'ls'],
      ['volume', 'ls'],
    ].map(async (list) => {
      const { stdout } = await execa('docker', [...list, '--quiet', '--filter', label]);
      return stdout.split('\n').filter((line) => line !== '');
    });
    return (await Promise.all(lists)).flat();
  }

  /** Removes everything, the image and the copy as well. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.do('down', '--volumes', '--timeout', '2');
    await execa('docker', ['image', 'rm', this.image], { reject: false });
    await rm(this.folder, { recursive: true });
  }
}
