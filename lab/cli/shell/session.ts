import { once } from 'node:events';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Network } from '../../host/host.ts';
import type { NamespaceHost } from '../../host/namespaces/namespace-host.ts';
import { EnvironmentError } from '../command.ts';
import { findTool } from '../doctor/find-tool.ts';

/** `on` and `next`, for whoever is at the terminal. */
const OWN_COMMANDS = join(import.meta.dirname, 'bin');
const FIRST_DESCRIPTOR = 3;

/** Where a shell or a command is to run. */
export interface Session {
  readonly network: Network<NamespaceHost>;
  readonly host: NamespaceHost;
  /** The exercise's number, for the prompt. */
  readonly number: number;
}

/**
 * Runs a shell on a host until it is left; on a terminal one with job control, so that Ctrl-C is the command's in it.
 * @returns its exit code. @throws EnvironmentError when there is no shell.
 */
export async function runShell(session: Session): Promise<number> {
  const { file, args } = shellHere();
  return await attached(session, file, process.stdin.isTTY ? args : []);
}

/** Runs one command on a host. @returns its exit code, as a shell has it: 127 when there is none, 128 more than a signal's number. */
export async function runCommand(
  session: Session,
  [command = '', ...args]: readonly string[],
): Promise<number> {
  return await attached(session, command, args);
}

async function attached(
  { network, host, number }: Session,
  command: string,
  args: readonly string[],
): Promise<number> {
  const hosts = [...network.hosts.values()];
  // Whoever sits at the terminal interrupts what runs there; what that makes of it decides.
  process.removeAllListeners('SIGINT');
  process.on('SIGINT', () => {});
  const child = host.attach(command, args, {
    descriptors: hosts.map(({ namespace }) => namespace),
    env: {
      ...process.env,
      PATH: `${OWN_COMMANDS}${delimiter}${process.env.PATH ?? ''}`,
      PS1: `${host.name} (exercise ${number}) \\$ `,
      TCPLAB_HOSTS: hosts.map(({ name }, n) => `${name}=${FIRST_DESCRIPTOR + n}`).join(' '),
      HISTFILE: '',
    },
  });
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
  } catch (error) {
    console.error(
      `tcplab: ${command} cannot be started: ${error instanceof Error ? error.message : String(error)}`,
    );
    return 127;
  }
}

/** bash without anybody's own settings, or any other shell. */
function shellHere(): { file: string; args: readonly string[] } {
  const path = process.env.PATH ?? '';
  const bash = findTool('bash', path);
  if (bash !== undefined) return { file: bash.file, args: ['--noprofile', '--norc', '-i'] };
  const sh = findTool('sh', path);
  if (sh !== undefined) return { file: sh.file, args: ['-i'] };
  throw new EnvironmentError('there is no shell on the PATH: neither bash nor sh');
}
