import type { DockerHost } from '../../host/docker/docker-host.ts';
import type { WatchableHost } from '../../host/host.ts';
import { NamespaceHost } from '../../host/namespaces/namespace-host.ts';
import { EnvironmentError } from '../command.ts';
import { findTool } from '../doctor/find-tool.ts';
import { attachHere } from './namespace/attach.ts';

/** Where a shell or a command is to run. */
export interface Session<H extends WatchableHost = WatchableHost> {
  readonly host: H;
  /** All of the exercise's hosts. They are of one kind. */
  readonly hosts: readonly H[];
  /** A shell's prompt on a host, as PS1 has it. */
  readonly prompt: (host: string) => string;
  /** Has the scenario go on. */
  readonly next: () => void;
}

/** bash without anybody's own settings. */
const BASH = ['--noprofile', '--norc', '-i'];

/**
 * Runs a shell on a host until it is left; on a terminal one with job control, so that Ctrl-C is the command's in it.
 * @returns its exit code. @throws EnvironmentError when there is no shell.
 */
export async function runShell(session: Session): Promise<number> {
  if (!isHere(session)) return await runCommand(session, ['bash', ...(onTerminal() ? BASH : [])]);
  const { file, args } = shellHere();
  return await runCommand(session, [file, ...(process.stdin.isTTY ? args : [])]);
}

/** Runs one command on a host. @returns its exit code, as a shell has it: 127 when there is none, 128 more than a signal's number. */
export async function runCommand(
  session: Session,
  [command = '', ...args]: readonly string[],
): Promise<number> {
  if (isHere(session)) return await attachHere(session, command, args);
  const { attachBeside } = await import('./container/attach.ts');
  return await attachBeside(session as Session<DockerHost>, command, args);
}

/** Whether a command elsewhere gets a terminal of its own: only where nobody but a person reads what it prints. */
export function onTerminal(): boolean {
  return process.stdin.isTTY && process.stdout.isTTY;
}

function isHere(session: Session): session is Session<NamespaceHost> {
  return session.host instanceof NamespaceHost;
}

/** bash, or any other shell of this machine. */
function shellHere(): { file: string; args: readonly string[] } {
  const path = process.env.PATH ?? '';
  const bash = findTool('bash', path);
  if (bash !== undefined) return { file: bash.file, args: BASH };
  const sh = findTool('sh', path);
  if (sh !== undefined) return { file: sh.file, args: ['-i'] };
  throw new EnvironmentError('there is no shell on the PATH: neither bash nor sh');
}
