import type { Host } from '../host/host.ts';
import { type State, stateOfSs } from '../tcp/states.ts';

/** The second witness of a socket's state disagrees, or has nothing to say. */
export class SsError extends Error {
  override readonly name = 'SsError';
  readonly code = 'ss';
}

/** What a student would type: all TCP sockets, numbers, timers, and the extended line with the cookie. ss(8). */
const ARGUMENTS = ['-H', '-O', '-tane', '-o'];

/**
 * The line `ss` prints for the socket with this cookie, spaces squeezed.
 * @throws SsError when there is none, ToolError when there is no ss.
 */
export async function ssLine(host: Host, cookie: string): Promise<string> {
  const lines = await ssLines(host);
  const line = lines.find((candidate) => cookieOfSs(candidate) === cookie);
  if (line === undefined)
    throw new SsError(`ss on ${host.name} shows no socket sk:${cookie}; it shows: ${lines.join(' | ')}`);
  return line;
}

/** Every line `ss` prints for a host, spaces squeezed. */
export async function ssLines(host: Host): Promise<string[]> {
  const { exitCode, stdout, stderr } = await host.exec('ss', ARGUMENTS);
  if (exitCode !== 0) throw new SsError(`ss failed on ${host.name}: ${stderr.trim()}`);
  return stdout
    .split('\n')
    .map((line) => line.trim().replaceAll(/\s+/g, ' '))
    .filter((line) => line !== '');
}

/** The state in a line of ss. @throws RangeError for a word that is no state. */
export function stateOfSsLine(line: string): State {
  return stateOfSs(line.split(' ')[0] ?? '');
}

/** The cookie in a line of ss; undefined when it has none. */
export function cookieOfSs(line: string): string | undefined {
  return /\bsk:([0-9a-f]+)/.exec(line)?.[1];
}
