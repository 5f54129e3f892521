import { request } from 'node:http';
import { attempt } from './attempt.ts';
import type { Check, Finding, Step } from './check.ts';
import { findTool } from './find-tool.ts';
import { type Installing, installSteps } from './install.ts';
import type { Machine } from './machine.ts';

const LIMIT_MS = 1_500;

/** What an engine answered, or did not. */
export interface DockerFacts {
  /** Undefined when no client is installed. */
  readonly client: string | undefined;
  /** Where the engine was looked for. */
  readonly address: string;
  /** The engine's version, or why there is none: an errno name or a sentence. */
  readonly engine: { readonly version: string } | { readonly failure: string };
}

type Facts = Installing & Pick<Machine, 'user' | 'systemd' | 'container'>;

/** Docker is the other place where hosts can be: not needed where namespaces work. */
export function dockerCheck(machine: Machine): Check {
  return {
    id: 'docker',
    title: 'Docker',
    group: 'Grading, Docker, third witness',
    async run() {
      const file = findTool('docker', machine.path)?.file;
      const address = process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock';
      const [client, engine] = await Promise.all([
        file && clientVersion(file),
        address.startsWith('unix://') ? engineAt(address.slice('unix://'.length)) : engineOf(file),
      ]);
      return dockerFinding({ client: client || undefined, address, engine }, machine);
    },
  };
}

export function dockerFinding({ client, address, engine }: DockerFacts, machine: Facts): Finding {
  const withClient = client === undefined ? 'no client' : `client ${client}`;
  if ('version' in engine) return { status: 'works', detail: `engine ${engine.version}, ${withClient}` };
  const adds = 'hosts can be containers as well';
  switch (engine.failure) {
    case 'ENOENT':
      return client === undefined
        ? {
            status: 'optional',
            detail: `not installed; with it ${adds}`,
            remedy: installSteps(['docker'], machine),
          }
        : {
            status: 'optional',
            detail: `client ${client}, no engine at ${address}; with one ${adds}`,
            ...start(machine),
          };
    case 'ECONNREFUSED':
      return {
        status: 'optional',
        detail: `the engine at ${address} is not running; with it ${adds}`,
        ...start(machine),
      };
    case 'EACCES':
    case 'EPERM':
      return {
        status: 'optional',
        detail: `there is an engine, but user ${machine.user} has no access to ${address}; with it ${adds}`,
        remedy: [
          'Add yourself to its group, which is as good as root, then log out and in again:',
          { run: `sudo usermod -aG docker ${machine.user}` },
        ],
      };
    default:
      return { status: 'optional', detail: `no answer from ${address}: ${engine.failure}; with it ${adds}` };
  }
}

function start({ sudo, systemd, container }: Facts): { remedy?: readonly Step[] } {
  if (container !== undefined) return {};
  return { remedy: [{ run: `${sudo}${systemd ? 'systemctl start docker' : 'service docker start'}` }] };
}

async function clientVersion(file: string): Promise<string | undefined> {
  const { stdout } = await attempt([file, '--version']);
  return /version ([^,\s]+)/.exec(stdout)?.[1];
}

/** Asks an engine on a socket for its version, by the Engine API. */
async function engineAt(socketPath: string): Promise<DockerFacts['engine']> {
  const { promise, resolve } = Promise.withResolvers<DockerFacts['engine']>();
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

function readVersion(text: string): DockerFacts['engine'] {
  try {
    const { Version } = JSON.parse(text) as { Version?: unknown };
    return typeof Version === 'string' ? { version: Version } : { failure: 'an answer without a version' };
  } catch {
    return { failure: "an answer that is not an engine's" };
  }
}

/** An engine elsewhere (tcp, ssh): the client knows the way. */
async function engineOf(file: string | undefined): Promise<DockerFacts['engine']> {
  if (file === undefined) return { failure: 'ENOENT' };
  const { exitCode, stdout, stderr } = await attempt([file, 'version', '--format', '{{.Server.Version}}']);
  return exitCode === 0 ? { version: stdout.trim() } : { failure: stderr.trim().split('\n').at(-1) ?? '' };
}
