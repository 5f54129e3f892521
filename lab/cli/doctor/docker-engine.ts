import { request } from 'node:http';
import { attempt } from './attempt.ts';

const LIMIT_MS = 1_500;
const UNIX = 'unix://';

/** An engine that answers. */
export interface EngineFacts {
  readonly version: string;
  /** Of its API: `1.41`. */
  readonly api: string;
  /** The release of the kernel that its containers run on. */
  readonly kernel: string;
}

/** Why there is no answer: an errno name, or a sentence. */
export interface NoEngine {
  readonly failure: string;
}

/** Asks an engine who it is. Needs no package. @param client the docker client, which alone knows the way to one that is elsewhere. */
export async function askEngine(
  address: string,
  client: string | undefined,
): Promise<EngineFacts | NoEngine> {
  return address.startsWith(UNIX) ? await engineAt(address.slice(UNIX.length)) : await engineOf(client);
}

/** Asks an engine on a socket, by the Engine API. */
async function engineAt(socketPath: string): Promise<EngineFacts | NoEngine> {
  const { promise, resolve } = Promise.withResolvers<EngineFacts | NoEngine>();
  const asked = request({ socketPath, path: '/version', timeout: LIMIT_MS }, (answer) => {
    let text = '';
    answer.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    answer.once('end', () => resolve(readVersion(text)));
  });
  asked.once('timeout', () => asked.destroy(new Error(`nothing within ${LIMIT_MS} ms`)));
  asked.once('error', (error: NodeJS.ErrnoException) => resolve({ failure: error.code ?? error.message }));
  asked.end();
  return await promise;
}

/** An engine elsewhere (tcp, ssh): the client knows the way. */
async function engineOf(client: string | undefined): Promise<EngineFacts | NoEngine> {
  if (client === undefined) return { failure: 'ENOENT' };
  const { exitCode, stdout, stderr } = await attempt([client, 'version', '--format', '{{json .Server}}']);
  return exitCode === 0 ? readVersion(stdout) : { failure: stderr.trim().split('\n').at(-1) ?? '' };
}

function readVersion(text: string): EngineFacts | NoEngine {
  try {
    const answer = JSON.parse(text) as Record<string, unknown>;
    const [version, api, kernel] = [
      answer.Version,
      answer.ApiVersion ?? answer.APIVersion,
      answer.KernelVersion,
    ];
    if (typeof version !== 'string' || typeof api !== 'string')
      return { failure: 'an answer without a version' };
    return { version, api, kernel: String(kernel) };
  } catch {
    return { failure: "an answer that is not an engine's" };
  }
}
