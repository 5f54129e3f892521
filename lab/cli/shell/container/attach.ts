import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { DockerHost } from '../../../host/docker/docker-host.ts';
import { engine } from '../../../host/docker/engine.ts';
import { onTerminal, type Session } from '../session.ts';
import { BesideCommand, type CommandOptions } from './command.ts';
import { Doors } from './doors.ts';
import { Endings } from './endings.ts';
import type { Size } from './messages.ts';
import type { Piece } from './pieces.ts';

/** Where the image has `on` and `next`, before everything else there is to type. */
const PATH =
  '/tcplab/lab/cli/shell/container/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * Runs a command beside a host that is a container, in its network, on this process's own standard streams: on a terminal of its own
 * when this process has one. @returns its exit code.
 */
export async function attachBeside(
  { hosts, host, prompt, next }: Session<DockerHost>,
  command: string,
  args: readonly string[],
): Promise<number> {
  const { docker } = await engine();
  using endings = await Endings.listen(
    docker,
    hosts.map(({ attendant }) => attendant.id),
  );
  const start = async (
    { name, attendant }: DockerHost,
    words: readonly string[],
    how: Omit<CommandOptions, 'env'>,
  ): Promise<BesideCommand> =>
    await BesideCommand.start(docker.getContainer(attendant.id), endings, words, {
      ...how,
      env: { PATH, PS1: prompt(name), HISTFILE: '', LANG: 'C.UTF-8', TERM: process.env.TERM ?? 'dumb' },
    });
  await new Doors(docker, { hosts, next, start }).openAt(host);

  const { stdin, stdout } = process;
  const terminal = onTerminal();
  const size = (): Size => [stdout.columns, stdout.rows];
  const running = await start(host, [command, ...args], { size: terminal ? size() : undefined, input: true });
  // What it cannot be told any more is nothing that concerns whoever sits there.
  const tell = (telling: Promise<void>): void => void telling.catch(() => {});
  process.removeAllListeners('SIGINT');
  process.on('SIGINT', () => tell(running.signal('SIGINT')));
  if (terminal) {
    stdin.setRawMode(true);
    stdout.on('resize', () => tell(running.resize(size())));
  }
  stdin.pipe(running.input);
  try {
    for await (const piece of running.output) await print(piece);
    return await running.exitCode();
  } finally {
    stdin.unpipe().pause();
    if (terminal) stdin.setRawMode(false);
  }
}

/** Prints what a command has printed, as quickly as whoever reads it here reads. */
async function print({ stream, bytes }: Piece): Promise<void> {
  const to: Writable = process[stream];
  if (!to.write(bytes)) await once(to, 'drain');
}
