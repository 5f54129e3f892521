import type { Duplex, Writable } from 'node:stream';
import type Docker from 'dockerode';
import type { Endings } from './endings.ts';
import type { Size } from './messages.ts';
import { type Piece, piecesOf } from './pieces.ts';

/** With the capabilities of an observer. */
const AS_OBSERVER = '/tcplab/docker/as-observer.sh';

/** Notes its process id, gives its terminal the size that it is to have, and becomes the command. */
const BEGIN = 'echo $$ >"$1"; [ "$2" = 0 ] || stty columns "$2" rows "$3"; shift 3; exec "$@"';

/** Sends a signal to the process group of the process whose id was noted; one that is just beginning is waited for. */
const SIGNAL =
  'n=0; until [ -s "$2" ] || [ $((n += 1)) -gt 100 ]; do sleep 0.02; done; kill -s "$1" -- "-$(cat "$2")"';

/** What would have the engine let go of a command's streams when it is typed: hardly anybody will. Its usual one is Ctrl-P Ctrl-Q. */
const DETACH_KEYS = 'ctrl-@,ctrl-^,ctrl-@,ctrl-^';

export interface CommandOptions {
  readonly env: Readonly<Record<string, string>>;
  /** Runs it on a terminal of this size; without one when undefined. */
  readonly size: Size | undefined;
  /** Whether it gets anything on its standard input. */
  readonly input: boolean;
}

let last = 0;

/** A command that the engine runs in an observer's container, for somebody who looks around on a host. */
export class BesideCommand {
  /** What it prints, as it comes: to be read to its end. */
  readonly output: AsyncIterable<Piece>;
  /** Its standard input. */
  readonly input: Writable;
  readonly #container: Docker.Container;
  readonly #exec: Docker.Exec;
  readonly #endings: Endings;
  readonly #note: string;

  private constructor(
    container: Docker.Container,
    exec: Docker.Exec,
    stream: Duplex,
    endings: Endings,
    { terminal, note }: { readonly terminal: boolean; readonly note: string },
  ) {
    this.#container = container;
    this.#exec = exec;
    this.#endings = endings;
    this.#note = note;
    this.output = piecesOf(stream, terminal);
    this.input = stream;
    // A command that has ended reads nothing more.
    stream.on('error', () => {});
  }

  static async start(
    container: Docker.Container,
    endings: Endings,
    command: readonly string[],
    { env, size, input }: CommandOptions,
  ): Promise<BesideCommand> {
    last += 1;
    const note = `/dev/shm/tcplab-command-${last}`;
    const begun = [note, ...(size ?? [0, 0]).map(String)];
    const exec = await container.exec({
      Cmd: [AS_OBSERVER, 'sh', '-c', BEGIN, 'tcplab', ...begun, ...command],
      Env: Object.entries(env).map(([name, value]) => `${name}=${value}`),
      Tty: size !== undefined,
      AttachStdin: input,
      AttachStdout: true,
      AttachStderr: true,
      DetachKeys: DETACH_KEYS,
    });
    const stream = await exec.start({ hijack: true, stdin: input, Tty: size !== undefined });
    return new BesideCommand(container, exec, stream, endings, { terminal: size !== undefined, note });
  }

  /** Tells its terminal that it has another size now. */
  async resize([columns, rows]: Size): Promise<void> {
    await this.#exec.resize({ w: columns, h: rows });
  }

  /** Sends a signal to it, and to what it has started in its process group. */
  async signal(signal: NodeJS.Signals): Promise<void> {
    const exec = await this.#container.exec({
      Cmd: ['sh', '-c', SIGNAL, 'tcplab', signal.replace(/^SIG/, ''), this.#note],
    });
    await exec.start({ Detach: true });
  }

  /** Its exit code, once its output was read to the end: 127 when there is no such command, 128 more than a signal's number. */
  async exitCode(): Promise<number> {
    const { Running, ExitCode } = await this.#exec.inspect();
    return Running || ExitCode === null ? await this.#endings.of(this.#exec.id) : ExitCode;
  }
}
