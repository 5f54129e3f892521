/**
 * The process in a slot: judges jobs, one after another, as it is called for. It says nothing else on its standard output.
 * Arguments: the slot's orders as JSON, and the worker's name.
 */
import { answerCalls } from '../../host/docker/answers.ts';
import { Sandbox } from '../../host/sandbox/sandbox.ts';
import { SandboxError } from '../../host/sandbox/sandbox-error.ts';
import type { SlotOrders } from '../../host/sandbox/slot.ts';
import type { Job } from '../job.ts';
import { judgeJob, type Workplace } from './judge-job.ts';

/** In memory, and the slot's own. */
const SCRATCH = '/dev/shm';

const [orders = '{}', name = 'worker'] = process.argv.slice(2);

try {
  const sandbox = await Sandbox.open(JSON.parse(orders) as SlotOrders);
  const workplace: Workplace = {
    backend: 'namespaces',
    confining: { sandbox },
    confinement: { ...sandbox.confinement },
    scratch: SCRATCH,
  };
  answerCalls({ judge: (job: Job) => judgeJob(job, workplace, name) });
} catch (error) {
  if (!(error instanceof SandboxError)) throw error;
  console.error(error.message.replaceAll('\n', ' '));
  process.exitCode = 1;
}
