import { once } from 'node:events';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import type { NamespaceHost } from '../../../host/namespaces/namespace-host.ts';
import type { Session } from '../session.ts';

/** `on` and `next`, for whoever is at the terminal. */
const OWN_COMMANDS = join(import.meta.dirname, 'bin');
const FIRST_DESCRIPTOR = 3;

/** Runs a command on a host that is a namespace, on this process's own standard streams. @returns its exit code. */
export async function attachHere(
  { hosts, host, prompt, next }: Session<NamespaceHost>,
  command: string,
  args: readonly string[],
): Promise<number> {
  process.on('SIGUSR2', next);
  // Whoever sits at the terminal interrupts what runs there; what that makes of it decides.
  process.removeAllListeners('SIGINT');
  process.on('SIGINT', () => {});
  const child = host.attach(command, args, {
    descriptors: hosts.map(({ namespace }) => namespace),
    env: {
      ...process.env,
      PATH: `${OWN_COMMANDS}${delimiter}${process.env.PATH ?? ''}`,
      PS1: prompt(host.name),
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
