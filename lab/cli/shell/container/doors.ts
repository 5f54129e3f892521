import { PassThrough } from 'node:stream';
import type Docker from 'dockerode';
import { Calls } from '../../../host/docker/calls.ts';
import type { DockerHost } from '../../../host/docker/docker-host.ts';
import type { BesideCommand } from './command.ts';
import type { DoorNews, Said, Size, Told } from './messages.ts';

const DOOR_PROGRAM = '/tcplab/lab/cli/shell/container/door.ts';

/** What can be asked for at a door. */
export interface Asked {
  readonly hosts: readonly DockerHost[];
  /** Has the scenario go on. */
  readonly next: () => void;
  /** Starts a command beside a host. */
  readonly start: (
    host: DockerHost,
    command: readonly string[],
    how: { readonly size: Size | undefined; readonly input: boolean },
  ) => Promise<BesideCommand>;
}

/** The doors at which `on` and `next` ask, one for each host on which somebody types. */
export class Doors {
  readonly #docker: Docker;
  readonly #asked: Asked;
  readonly #open = new Map<DockerHost, Promise<unknown>>();

  constructor(docker: Docker, asked: Asked) {
    this.#docker = docker;
    this.#asked = asked;
  }

  /** Opens a door beside a host, unless there is one. It goes when its container does. */
  async openAt(host: DockerHost): Promise<void> {
    const open = this.#open.get(host) ?? this.#make(host);
    this.#open.set(host, open);
    await open;
  }

  async #make(host: DockerHost): Promise<unknown> {
    const exec = await this.#docker.getContainer(host.attendant.id).exec({
      Cmd: ['node', DOOR_PROGRAM],
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
    });
    const stream = await exec.start({ hijack: true, stdin: true });
    const output = new PassThrough();
    this.#docker.modem.demuxStream(stream, output, process.stderr);
    stream.on('end', () => output.end()).on('error', () => {});
    const door = new Calls(`the door of ${host.name}`, output, stream);
    const visits = new Map<number, Visit>();
    door.listen({
      told: (event) => {
        if (!isNews(event)) return;
        const visit = visits.get(event.from) ?? new Visit(this, this.#asked, door, event.from);
        visits.set(event.from, visit);
        if ('said' in event) visit.hear(event.said);
        else {
          visits.delete(event.from);
          visit.end();
        }
      },
      failed: () => {},
    });
    return await door.call('open');
  }
}

/** One `on` or `next`. */
class Visit {
  readonly #doors: Doors;
  readonly #asked: Asked;
  readonly #door: Calls;
  readonly #visitor: number;
  #command: BesideCommand | undefined;
  #over = false;
  #last: Promise<void> = Promise.resolve();

  constructor(doors: Doors, asked: Asked, door: Calls, visitor: number) {
    this.#doors = doors;
    this.#asked = asked;
    this.#door = door;
    this.#visitor = visitor;
  }

  /** Does what was said, after what was said before. */
  hear(said: Said): void {
    this.#do(() => this.#take(said));
  }

  /** Nobody is there any more: a command that still runs is told so, as when a terminal is closed. */
  end(): void {
    if (!this.#over) this.#do(async () => await this.#command?.signal('SIGHUP'));
  }

  #do(work: () => Promise<void>): void {
    this.#last = this.#last.then(work).catch((error: unknown) => this.#fail(error));
  }

  async #take(said: Said): Promise<void> {
    if ('next' in said) {
      this.#asked.next();
      await this.#tell({ exit: 0 });
    } else if ('on' in said) await this.#begin(said);
    else if ('inputEnds' in said) this.#command?.input.end();
    else if ('size' in said) await this.#command?.resize(said.size);
    else if ('signal' in said) await this.#command?.signal(said.signal);
    else {
      await this.#feed(Buffer.from(said.input, 'base64'));
      await this.#tell({ taken: true });
    }
  }

  async #begin({ on: [name, ...command], size, input }: Extract<Said, { on: unknown }>): Promise<void> {
    const { hosts, start } = this.#asked;
    const host = hosts.find((each) => each.name === name);
    if (host === undefined || command.length === 0) {
      const names = hosts.map((each) => each.name).join(' ');
      await this.#print(
        `Usage: on HOST COMMAND …, such as: on client ss -tan. The hosts are: ${names}\n`,
        'stderr',
      );
      return await this.#tell({ exit: 2 });
    }
    // For what may be typed there, if it is a shell.
    this.#doors.openAt(host).catch(() => {});
    this.#command = await start(host, command, { size, input });
    void this.#follow(this.#command);
  }

  async #follow(command: BesideCommand): Promise<void> {
    try {
      for await (const { stream, bytes } of command.output) await this.#print(bytes, stream);
      this.#over = true;
      await this.#tell({ exit: await command.exitCode() });
    } catch (error) {
      await this.#fail(error);
    }
  }

  async #feed(bytes: Buffer): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    // One that reads nothing any more has taken it, too.
    if (this.#command?.input.writable === true) this.#command.input.write(bytes, () => resolve());
    else resolve();
    await promise;
  }

  async #print(text: string | Buffer, stream: 'stdout' | 'stderr'): Promise<void> {
    const base64 = Buffer.from(text).toString('base64');
    await this.#tell(stream === 'stdout' ? { stdout: base64 } : { stderr: base64 });
  }

  async #tell(told: Told): Promise<void> {
    await this.#door.call('tell', this.#visitor, told);
  }

  /** Says what went wrong to whoever asked, who may be gone as well. */
  async #fail(error: unknown): Promise<void> {
    this.#over = true;
    try {
      await this.#print(`on: ${error instanceof Error ? error.message : String(error)}\n`, 'stderr');
      await this.#tell({ exit: 1 });
    } catch {
      // The door has gone with its container: everything ends.
    }
  }
}

function isNews(event: unknown): event is DoorNews {
  return typeof event === 'object' && event !== null && 'from' in event;
}
