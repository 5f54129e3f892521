/** The program in a slot of `bench grade`: runs a pair of programs as a judge does, on two hosts, one confined, and looks at nothing. */
import { fileURLToPath } from 'node:url';
import type { Job } from '../../grade/job.ts';
import { infraRow } from '../../grade/queue/infra-row.ts';
import type { GradeRow } from '../../grade/row.ts';
import { makeNetwork } from '../../host/backend.ts';
import { keepCompiled } from '../../host/compile/keep-compiled.ts';
import { answerCalls } from '../../host/docker/answers.ts';
import { Sandbox } from '../../host/sandbox/sandbox.ts';
import type { SlotOrders } from '../../host/sandbox/slot.ts';

const PROGRAM = fileURLToPath(new URL('./hold.ts', import.meta.url));

const [orders = '{}'] = process.argv.slice(2);
const sandbox = await Sandbox.open(JSON.parse(orders) as SlotOrders);
answerCalls({ judge: runPair });

/** @param job whose seed says how long both are to last, in milliseconds */
async function runPair(job: Job): Promise<GradeRow> {
  const beganAt = Date.now();
  await keepCompiled([PROGRAM]);
  await using network = await makeNetwork('namespaces', {
    hosts: ['client', 'server'],
    knobs: {},
    confinement: { sandbox, hosts: ['client'] },
  });
  const [client, server] = ['client', 'server'].map((name) => network.hosts.get(name));
  if (client === undefined || server === undefined) throw new Error('there are two hosts');
  const programs = [
    await server.run(PROGRAM, [job.seed]),
    await client.run(PROGRAM, [job.seed], { untrusted: true }),
  ];
  const ends = await Promise.all(programs.map(({ exited }) => exited));
  if (ends.some(({ code }) => code !== 0)) throw new Error('a program has failed');
  return { ...infraRow(job, 'nothing was judged', 'pair', beganAt), status: 'ok' };
}
