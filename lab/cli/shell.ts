import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Cast, folderCast, missingFiles, referenceCast } from '../exercise/casting.ts';
import { dataFiles, type Exercise, folderName } from '../exercise/exercise.ts';
import { exerciseNamed } from '../exercises/catalog.ts';
import { exerciseWork } from '../workspace/place.ts';
import { ownProgress } from '../workspace/record.ts';
import { verbArguments } from './arguments.ts';
import { type Command, EXIT, UsageError } from './command.ts';
import { backend } from './options.ts';
import { runCommand, runShell, type Session } from './shell/session.ts';
import { type Halt, Stage } from './shell/stage.ts';

const HELP = `
Usage: ./tcplab shell N HOST [options] [-- COMMAND …]

Opens a shell on a host of exercise N, for ss, tcpdump, nft, ip, sysctl, nc and whatever else you like to type. The exercise's
scenario runs with your programs of work/NN-slug/ until it has brought about what the exercise is about, and stands still there:
programs and gates stay as they are until you leave the shell. Then everything is gone. Without HOST the hosts are listed.

  on HOST COMMAND …   in the shell: runs a command on another host, such as: on client ss -tan
  next                in the shell: lets the scenario go on, to its next such moment or to its end
  -- COMMAND …        runs one command instead of a shell, and exits with its exit code

  --reference  the reference plays your parts
  --from DIR   the programs in DIR, or in DIR/NN-slug, play your parts
  --seed WORD  other ports, addresses and counts than yours
  --ipv6       over IPv6
  --backend B  where the hosts are made: namespaces (the default where they work), or docker

On Docker the shell is in a container beside the host's, in its network: it sees every socket and segment of the host, none of its
processes, and no file of yours. To keep what is seen: ./tcplab shell 4 server -- tcpdump -w - tcp > mine.pcap
`;

export const shell: Command = {
  help: HELP,
  async run(args) {
    const { own, command } = split(args);
    const { values, positionals } = verbArguments(
      'shell',
      own,
      {
        backend: { type: 'string' },
        from: { type: 'string' },
        ipv6: { type: 'boolean', default: false },
        reference: { type: 'boolean', default: false },
        seed: { type: 'string' },
      },
      2,
    );
    const where = backend(values.backend);
    const { from, reference, ipv6 } = values;
    if (reference && from !== undefined)
      throw new UsageError('--from and --reference exclude each other: whose programs are to run?');
    const exercise = exerciseNamed(positionals[0] ?? '');
    const [, name] = positionals;
    if (name === undefined && command.length > 0)
      throw new UsageError(
        `on which host? Those of exercise ${exercise.number} are: ${hostsOf(exercise).join(', ')}`,
      );
    if (name === undefined) return listHosts(exercise);
    if (!hostsOf(exercise).includes(name))
      throw new UsageError(
        `exercise ${exercise.number} has no host "${name}". Its hosts are: ${hostsOf(exercise).join(', ')}`,
      );
    const cast = reference ? referenceCast(exercise) : folderCast(exercise, folderOf(exercise, from));
    const seed = values.seed ?? (await ownProgress()).seed;

    await using stage = await Stage.open(exercise, { backend: where, seed, cast, ipv6 });
    tell(absence(exercise, cast), wherever(await stage.halt()));
    let leaving = false;
    const goOn = async (): Promise<void> => {
      try {
        tell(wherever(await stage.goOn()));
      } catch (error) {
        // A scenario that still waits when the shell is left has nobody to tell.
        if (!leaving) tell(error instanceof Error ? error.message : String(error));
      }
    };
    const session: Session = {
      host: stage.network.host(name),
      hosts: [...stage.network.hosts.values()],
      prompt: (host) => `${host} (exercise ${exercise.number}) \\$ `,
      next: () => void goOn(),
    };
    if (command.length === 0 && process.stdin.isTTY) tell(...welcome(session, exercise, cast));
    const code = command.length > 0 ? await runCommand(session, command) : await runShell(session);
    leaving = true;
    if (command.length > 0) return code;
    // What the last command typed came to is nothing that concerns whoever started this.
    return process.stdin.isTTY ? EXIT.passed : code;
  },
};

/** What stands before `--`, and the command behind it. */
function split(args: readonly string[]): { own: readonly string[]; command: readonly string[] } {
  const at = args.indexOf('--');
  if (at === -1) return { own: args, command: [] };
  if (at === args.length - 1) throw new UsageError('which command? It stands behind the --');
  return { own: args.slice(0, at), command: args.slice(at + 1) };
}

function hostsOf(exercise: Exercise): readonly string[] {
  return exercise.hosts ?? ['client', 'server'];
}

function folderOf(exercise: Exercise, from: string | undefined): string {
  if (from === undefined) return exerciseWork(exercise);
  const below = resolve(from, folderName(exercise));
  return existsSync(below) ? below : resolve(from);
}

function listHosts(exercise: Exercise): number {
  const hosts = hostsOf(exercise);
  const width = Math.max(...hosts.map((host) => host.length));
  console.log(
    [
      `The hosts of exercise ${exercise.number}, ${exercise.title}:`,
      ...hosts.map((host) => `  ${host.padEnd(width)}  ./tcplab shell ${exercise.number} ${host}`),
    ].join('\n'),
  );
  return EXIT.passed;
}

/** Said on standard error, for standard output is the command's. */
function tell(...sentences: readonly (string | undefined)[]): void {
  for (const sentence of sentences) if (sentence !== undefined) console.error(`tcplab: ${sentence}`);
}

/** Which of the student's programs are not there; a file that is no program is not missed. */
function absence(exercise: Exercise, cast: Cast): string | undefined {
  const data = dataFiles(exercise);
  const missing = missingFiles(cast).filter((file) => !data.includes(file));
  if (missing.length === 0) return undefined;
  return `there is no ${missing.join(' and no ')} yet, so the scenario is short. ./tcplab start ${exercise.number} makes one; with --reference the reference plays`;
}

function wherever(halt: Halt): string | undefined {
  if (halt.at === 'wait') return `the scenario cannot go on: ${halt.because}`;
  return halt.at === 'end' ? 'the scenario has come to its end; the hosts stay' : undefined;
}

function welcome({ host, hosts }: Session, exercise: Exercise, cast: Cast): string[] {
  const other = hosts.find(({ name }) => name !== host.name)?.name ?? host.name;
  const lines = hosts.map(({ name, address, address6 }) =>
    [`  ${name}`, address, ...(address6 === undefined ? [] : [address6]), ...playersOn(name, cast)].join(
      '  ',
    ),
  );
  return [
    `you are on ${host.name} of exercise ${exercise.number}\n${lines.join('\n')}`,
    `other hosts: on ${other} ss -tan    the scenario goes on: next    leave, and end everything: exit`,
  ];
}

/** The student's programs on a host. */
function playersOn(host: string, cast: Cast): string[] {
  const names = Object.values(cast).flatMap((part) =>
    part.student && part.data === undefined && part.host === host ? [part.file.split('/').at(-1) ?? ''] : [],
  );
  return [...new Set(names)];
}
