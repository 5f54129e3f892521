import { spawn } from 'node:child_process';

/** What became of a command. */
export interface Attempt {
  /** False when there is no such program, or it may not be run. */
  readonly started: boolean;
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Long enough for a machine that is busy with something else; doctor itself takes well under two seconds. */
const LIMIT_MS = 15_000;

/** Runs a command to its end, in English, and says what became of it. Never rejects. */
export async function attempt(
  command: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Attempt> {
  const { promise, resolve } = Promise.withResolvers<Attempt>();
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    env: { ...environment, LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LIMIT_MS,
    killSignal: 'SIGKILL',
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.once('error', ({ message }) =>
    resolve({ started: false, exitCode: null, signal: null, stdout, stderr: message }),
  );
  child.once('close', (exitCode, signal) => resolve({ started: true, exitCode, signal, stdout, stderr }));
  return await promise;
}
