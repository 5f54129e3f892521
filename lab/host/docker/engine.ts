import type Dockerode from 'dockerode';
import { Docker } from './dockerode.ts';
import { EngineError, engineSays } from './engine-error.ts';
import { tooOld } from './oldest-api.ts';

/** The lab's image, which `docker compose build` makes. */
export const IMAGE = process.env.TCPLAB_IMAGE ?? 'tcplab';

const LIMIT_MS = 5_000;

/** The engine as it was found, once for this process. */
export interface Engine {
  readonly docker: Dockerode;
  readonly version: string;
}

let found: Promise<Engine> | undefined;

/**
 * The engine that DOCKER_HOST names, or the one of this machine.
 * @throws EngineError when none answers, this user may not use it, it is too old, or it has no image of the lab.
 */
export async function engine(): Promise<Engine> {
  found ??= findEngine();
  return await found;
}

async function findEngine(): Promise<Engine> {
  const docker = new Docker({ timeout: 0 });
  const { Version, ApiVersion } = await answered(docker);
  const old = tooOld(Version, ApiVersion);
  if (old !== undefined) throw new EngineError(old);
  return { docker, version: Version };
}

async function answered(docker: Dockerode): Promise<{ Version: string; ApiVersion: string }> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`nothing within ${LIMIT_MS / 1_000} s`)), LIMIT_MS);
  try {
    return await Promise.race([docker.version(), late]);
  } catch (error) {
    throw unanswered(error);
  } finally {
    clearTimeout(timer);
  }
}

function unanswered(error: unknown): EngineError {
  const where = process.env.DOCKER_HOST ?? '/var/run/docker.sock';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT')
    return new EngineError(
      `there is no Docker engine at ${where}. Install or start one (sudo systemctl start docker), or leave --backend docker away`,
      error,
    );
  if (code === 'ECONNREFUSED')
    return new EngineError(
      `the Docker engine at ${where} is not running. Start it: sudo systemctl start docker`,
      error,
    );
  if (code === 'EACCES' || code === 'EPERM')
    return new EngineError(
      `you may not use the Docker engine at ${where}. Join its group, which is as good as root, and log in again: sudo usermod -aG docker $USER`,
      error,
    );
  return new EngineError(
    `the Docker engine at ${where} gives no answer: ${engineSays(error)}. To see why: ./tcplab doctor`,
    error,
  );
}
