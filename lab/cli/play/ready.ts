import { describeExit } from '../../host/describe-exit.ts';
import type { RunningProgram } from '../../host/program.ts';
import type { ObservedHost } from '../../observe/observation.ts';
import { rawSocketAsker } from '../../observe/raw-sockets.ts';
import type { SocketRecord } from '../../observe/sock-diag.ts';
import type { Look } from '../../observe/witness.ts';
import { type Endpoint, family, formatEndpoint, sameAddress } from '../../tcp/address.ts';

/** The server did something else than listen where the client will connect. The message says what, and what to do. */
export class NotReadyError extends Error {
  override readonly name = 'NotReadyError';
  readonly code: 'ended' | 'listens-elsewhere' | 'never-listens';

  constructor(code: NotReadyError['code'], sentence: string) {
    super(sentence);
    this.code = code;
  }
}

const DEADLINE_MS = 5_000;
/** A program that listens somewhere else has this long to listen in the right place too. */
const ELSEWHERE_MS = 500;

/**
 * Waits until the kernel shows the server ready: a socket in LISTEN where it was told to listen, or a raw TCP socket.
 * @throws NotReadyError
 */
export async function serverReady(
  { witness }: ObservedHost,
  program: RunningProgram,
  wanted: Endpoint,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let firstMs: number | undefined;
  let elsewhereMs: number | undefined;
  const hasRawSocket = rawSocketAsker(witness.observer);
  const stop = witness.watch(({ atMs, sockets }: Look) => {
    const listeners = sockets.filter(({ state }) => state === 'LISTEN');
    if (listeners.some(({ local }) => reaches(local, wanted)) || hasRawSocket()) return resolve();
    if (program.exit !== undefined) return resolve();
    firstMs ??= atMs;
    if (listeners[0] !== undefined) elsewhereMs ??= atMs;
    const late = atMs - firstMs >= DEADLINE_MS;
    if (listeners[0] !== undefined && (late || atMs - (elsewhereMs ?? atMs) >= ELSEWHERE_MS)) {
      reject(new NotReadyError('listens-elsewhere', elsewhere(program, listeners[0].local, wanted)));
    } else if (late) reject(new NotReadyError('never-listens', never(program, sockets, wanted)));
  });
  try {
    await promise;
  } finally {
    stop();
  }
  if (program.exit === undefined) return;
  await program.exited;
  throw new NotReadyError('ended', `${describeExit(program)}, before it listened on port ${wanted.port}.`);
}

/** Whether a connection to `wanted` arrives at a listener on `local`. */
function reaches(local: Endpoint, wanted: Endpoint): boolean {
  if (local.port !== wanted.port) return false;
  const any = family(wanted.address) === 4 ? ['0.0.0.0', '::'] : ['::'];
  return any.includes(local.address) || sameAddress(local.address, wanted.address);
}

function elsewhere({ name }: RunningProgram, local: Endpoint, wanted: Endpoint): string {
  return local.port === wanted.port
    ? `${name} listens on ${formatEndpoint(local)}, where the client cannot reach it: listen on the address ` +
        `given as the first argument, ${wanted.address}.`
    : `${name} listens on port ${local.port}, not ${wanted.port}: listen on the port given as the second argument.`;
}

function never({ name }: RunningProgram, sockets: readonly SocketRecord[], wanted: Endpoint): string {
  const others = sockets.map(({ state, remote }) => `one in ${state} with ${formatEndpoint(remote)}`);
  const instead = others.length === 0 ? 'it has no TCP socket at all' : `it has ${others.join(', ')}`;
  return (
    `${name} runs, but did not listen on port ${wanted.port} within ${DEADLINE_MS / 1000} s; ${instead}. ` +
    'Does it call listen() with the port given as the second argument?'
  );
}
