import { execa } from 'execa';
import { describe, test } from 'vitest';
import { quietly } from '../../support/tcplab.ts';

/** Why there is no engine to test with, in a sentence; undefined when there is one. */
const noEngine: string | undefined = process.env.TCPLAB_NO_DOCKER ?? (await ask());

/**
 * Tests that need a Docker engine and `docker compose`. Where there is none they are skipped, and say why; in CI, where docker/engine.sh
 * has tried to provide them, they fail with the reason.
 */
export function describeWithEngine(what: string, tests: () => void): void {
  if (noEngine === undefined) {
    describe(what, tests);
  } else if (process.env.CI === 'true') {
    test(what, () => {
      throw new Error(noEngine);
    });
  } else {
    describe.skip(`${what} (${noEngine})`, tests);
  }
}

async function ask(): Promise<string | undefined> {
  for (const args of [['version'], ['compose', 'version']]) {
    const { exitCode, shortMessage } = await execa('docker', args, quietly);
    if (exitCode === 0) continue;
    return `docker ${args.join(' ')} fails: ${shortMessage}. Remedy: sudo docker/engine.sh`;
  }
  return undefined;
}
