/**
 * The process that judges where the engine confines programs: like the one in a slot, but what nobody trusts is in containers, and
 * nothing of it here. Arguments: whether it is to try out first that the engine can do that, and the worker's name.
 */
import { makeNetwork } from '../../host/backend.ts';
import { answerCalls } from '../../host/docker/answers.ts';
import { cageConfinement } from '../../host/docker/cage.ts';
import { closeDockerNetworks, readyEngine } from '../../host/docker/network.ts';
import { DEFAULT_LIMITS } from '../../host/sandbox/limits.ts';
import type { Job } from '../job.ts';
import { judgeJob, type Workplace } from './judge-job.ts';
import { takeScratch } from './scratch.ts';

const [tries = 'false', name = 'worker'] = process.argv.slice(2);

try {
  const confinement = await cageConfinement(await readyEngine(), DEFAULT_LIMITS);
  const { limits } = confinement;
  if (tries === 'true') await tryOut();
  const scratch = takeScratch();
  const workplace: Workplace = {
    backend: 'docker',
    confining: { limits },
    confinement: { ...confinement },
    scratch: scratch.folder,
  };
  answerCalls({ judge: (job: Job) => judgeJob(job, workplace, name) }, async () => {
    await closeDockerNetworks().catch(() => {});
    scratch[Symbol.dispose]();
  });
} catch (error) {
  if (!(error instanceof Error && 'code' in error)) throw error;
  console.error(error.message.replaceAll('\n', ' '));
  process.exit(1);
}

/** A host with a cage, as every run makes them. @throws EngineError, CallError: what keeps it from being made. */
async function tryOut(): Promise<void> {
  const confinement = { limits: DEFAULT_LIMITS, hosts: ['trial'] };
  await using _network = await makeNetwork('docker', { hosts: ['trial'], confinement });
}
