import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync } from 'node:fs';
import { Socket } from 'node:net';
import { keepTrace } from './kept-trace.ts';

/** Set for the process inside; its value is the descriptor of the line to the process outside. */
const INSIDE = 'TCPLAB_INSIDE';
const LIFELINE = 3;
const FORCE_MS = 2_000;

/** The exit code of a command that was interrupted and has cleaned up. */
const INTERRUPTED = 130;

/** No lab could be entered. What the system said about it is already on standard error. */
export class EnterError extends Error {
  override readonly name = 'EnterError';
  readonly code = 'no-namespaces';
  readonly reason: string;

  constructor(reason: string, cause?: unknown) {
    super(
      `the lab's namespaces could not be made or entered: ${reason}. To see why, and what to do: ./tcplab doctor`,
      { cause },
    );
    this.reason = reason;
  }
}

/** The process inside did not end by itself, and nobody interrupted it. */
class InsideError extends Error {
  override readonly name = 'InsideError';
  readonly code = 'inside-ended';

  constructor(signal: string | null) {
    super(
      `the lab was ended by ${signal ?? 'nobody knows what'}. SIGKILL is how a machine without memory to spare ends a process; ` +
        'anything else is a mistake in the lab, please report it',
    );
  }
}

/** What a user, a terminal or a machine that shuts down interrupts with. */
const INTERRUPTIONS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Whether this process runs inside a lab's namespaces. */
export function insideLab(): boolean {
  return process.env[INSIDE] !== undefined;
}

/** What the process inside could not open itself. It has the descriptors from 4 on, and the variables. */
export interface HandedOver {
  readonly descriptors: readonly number[];
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Runs this same command again inside fresh user, network, mount and PID namespaces, and waits for its end. When this
 * process dies, even by SIGKILL, the process inside dies, and as it is PID 1 there the kernel ends everything it started.
 * @param over is closed here once it was handed over
 * @param sharesInterrupts for a command that has a terminal of its own use for Ctrl-C: SIGINT, which the terminal sends to all of
 * its processes, does not end it from here
 * @returns its exit code; INTERRUPTED after SIGINT, SIGTERM or SIGHUP.
 * @throws EnterError when the namespaces cannot be made.
 */
export async function enterLab(
  entry: string,
  args: readonly string[],
  over: HandedOver = { descriptors: [], environment: {} },
  { sharesInterrupts = false }: { readonly sharesInterrupts?: boolean } = {},
): Promise<number> {
  const command = [...IN_NAMESPACES, process.execPath, entry, ...args];
  const child = spawn(command[0] as string, command.slice(1), {
    env: { ...process.env, ...over.environment, [INSIDE]: String(LIFELINE) },
    stdio: ['inherit', 'inherit', 'inherit', 'pipe', ...over.descriptors],
  });
  for (const fd of over.descriptors) closeSync(fd);
  const lifeline = child.stdio[LIFELINE] as Socket;
  lifeline.on('error', () => {});
  let entered = false;
  lifeline.once('data', () => {
    entered = true;
  });
  let interrupted = false;
  const interrupt = (): void => {
    interrupted = true;
    lifeline.end();
    setTimeout(() => child.kill('SIGKILL'), FORCE_MS).unref();
  };
  const signals = INTERRUPTIONS;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (!(sharesInterrupts && signal === 'SIGINT')) interrupt();
  };
  for (const signal of signals) process.on(signal, onSignal);
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    if (interrupted) return INTERRUPTED;
    if (!entered) throw new EnterError(`unshare ended with ${signal ?? `exit code ${code}`}`);
    if (code === null && !INTERRUPTIONS.some((name) => name === signal)) throw new InsideError(signal);
    return code ?? INTERRUPTED;
  } catch (error) {
    if (error instanceof EnterError || error instanceof InsideError) throw error;
    throw new EnterError(notStarted(command[0] as string, error), error);
  } finally {
    for (const signal of signals) process.off(signal, onSignal);
  }
}

function notStarted(program: string, error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
    return `there is no ${program} here`;
  return error instanceof Error ? error.message : String(error);
}

/**
 * `setpriv` has the kernel kill `unshare` when we die, and `unshare` has it kill the process inside. An ordinary user id
 * is mapped, with all capabilities kept: a mapped root would make tools such as tcpdump try to drop privileges.
 */
export const IN_NAMESPACES: readonly string[] = [
  ...['setpriv', '--pdeathsig', 'KILL'],
  ...['unshare', '--user', '--map-user=1000', '--map-group=1000', '--keep-caps'],
  ...['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'],
];

/**
 * To be called once by the process inside: tells the one outside that it is there, and ends this process, and with it
 * everything in its namespaces, when the one outside is interrupted or gone.
 * @param interrupted runs before the end, to leave the terminal as it was.
 */
export function holdLifeline(interrupted: () => void): void {
  const descriptor = Number(process.env[INSIDE]);
  delete process.env[INSIDE];
  keepTrace(LIFELINE + 1);
  const end = (): never => {
    interrupted();
    process.exit(INTERRUPTED);
  };
  const lifeline = new Socket({ fd: descriptor, readable: true, writable: true });
  lifeline.on('error', end);
  lifeline.on('end', end);
  lifeline.resume();
  lifeline.write('inside\n');
  lifeline.unref();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
}
