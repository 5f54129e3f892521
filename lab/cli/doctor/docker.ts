import { tooOld } from '../../host/docker/oldest-api.ts';
import { withDeadline } from '../../sys/deadline.ts';
import { attempt } from './attempt.ts';
import type { Check } from './check.ts';
import { askEngine, type EngineFacts, type NoEngine } from './docker-engine.ts';
import { type DockerFacts, dockerFinding } from './docker-finding.ts';
import { findTool } from './find-tool.ts';
import { firstLine } from './loading.ts';
import type { Machine } from './machine.ts';

const LIMIT_MS = 5_000;

/** Docker is the other place where hosts can be: not needed where namespaces work. */
export function dockerCheck(machine: Machine): Check {
  return {
    id: 'docker',
    title: 'Docker',
    group: 'Grading, Docker, third witness',
    async run() {
      const file = findTool('docker', machine.path)?.file;
      const address = process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock';
      const [client, found] = await Promise.all([
        file && clientVersion(file),
        askEngine(address, file).then(async (engine) => ({ engine, lab: await labOf(engine, machine) })),
      ]);
      return dockerFinding({ client: client || undefined, address, ...found }, machine);
    },
  };
}

async function clientVersion(file: string): Promise<string | undefined> {
  const { stdout } = await attempt([file, '--version']);
  return /version ([^,\s]+)/.exec(stdout)?.[1];
}

/** What an engine has of the lab. The packages that ask are loaded only where there is an engine to ask. */
async function labOf(engine: EngineFacts | NoEngine, machine: Machine): Promise<DockerFacts['lab']> {
  if ('failure' in engine || engine.kernel !== machine.kernel) return undefined;
  if (tooOld(engine.version, engine.api) !== undefined) return undefined;
  try {
    const { labOnEngine } = await import('./docker-lab.ts');
    const late = (): Error => new Error(`no answer within ${LIMIT_MS / 1_000} s`);
    return await withDeadline(labOnEngine(), LIMIT_MS, late);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return undefined;
    return { failure: firstLine(error instanceof Error ? error.message : String(error)) };
  }
}
