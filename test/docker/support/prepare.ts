import { execa } from 'execa';
import { labOnEngine } from '../../../lab/cli/doctor/docker-lab.ts';
import { quietly } from '../../support/tcplab.ts';

const BUILD_MS = 300_000;

/**
 * Sees to it that an engine answers and has an image of this checkout, which is built if it is missing or older. Nothing is installed
 * or started: that is what docker/engine.sh is for.
 * @returns why that cannot be had, in a sentence; undefined when all is well.
 */
export async function prepareEngine(): Promise<string | undefined> {
  if (process.env.TCPLAB_NO_DOCKER !== undefined) return process.env.TCPLAB_NO_DOCKER;
  try {
    if ((await labOnEngine()).state === 'fresh') return undefined;
    const build = ['compose', '--progress', 'plain', 'build', 'lab'];
    const { exitCode, all } = await execa('docker', build, { ...quietly, all: true, timeout: BUILD_MS });
    if (exitCode !== 0)
      return `docker compose build fails: ${all.trim().split('\n').at(-1)}. What this machine needs for it: docker/engine.sh`;
    const { state, image } = await labOnEngine();
    return state === 'fresh'
      ? undefined
      : `the image ${image} is not of this checkout, although it was built just now`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
