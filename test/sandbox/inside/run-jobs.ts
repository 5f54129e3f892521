// Runs inside a slot: opens the sandbox, and runs the jobs that it is given one after another on one pair of hosts.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { confinedNetwork } from '../../../lab/host/namespaces/network.ts';
import type { RunningProgram } from '../../../lab/host/program.ts';
import { Sandbox } from '../../../lab/host/sandbox/sandbox.ts';
import { SandboxError } from '../../../lab/host/sandbox/sandbox-error.ts';
import { withDeadline } from '../../../lab/sys/deadline.ts';
import type { Ended, Job, Jobs, JobsDone } from '../support/slot.ts';

const { orders, limits, jobs } = JSON.parse(process.argv[2] ?? '') as Jobs;
const sandbox = await Sandbox.open(orders, limits);
await using network = await confinedNetwork({
  hosts: ['client', 'server'],
  confinement: { sandbox, hosts: ['client', 'server'] },
});
const ended: Ended[] = [];
for (const job of jobs) ended.push(await run(job).catch(notRun));
const done: JobsDone = { confinement: sandbox.confinement, namespaces: namespaces(), left: left(), ended };
console.log(JSON.stringify(done));

async function run({ file, args = [], untrusted = true, signals = [], stop = false }: Job): Promise<Ended> {
  const begunMs = performance.now();
  const program = await network.host('client').run(file, args, { untrusted });
  if (signals.length > 0 || stop) await printed(program, 'ready');
  for (const signal of signals) program.signal(signal);
  const exit = stop ? await program.stop() : await program.exited;
  return {
    exit,
    limit: program.limit,
    hasRun: program.hasRun,
    stdout: program.stdout,
    stderr: program.stderr,
    ms: performance.now() - begunMs,
  };
}

function notRun(error: Error): Ended {
  if (!(error instanceof SandboxError)) throw error;
  const exit = { code: null, signal: null };
  return { exit, limit: undefined, hasRun: false, stdout: '', stderr: error.message, ms: 0 };
}

async function printed(program: RunningProgram, word: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = (): void => {
    if (program.stdout.includes(word)) resolve();
  };
  program.onOutput(look);
  look();
  await withDeadline(
    promise,
    10_000,
    () => new Error(`${program.name} never printed ${word}: ${program.stderr}`),
  );
}

function left(): string[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid)
    .map((pid) => /\((.*\) \w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1] ?? '');
}

function namespaces(): Record<string, string> {
  const kinds = ['user', 'net', 'pid', 'mnt', 'ipc', 'uts', 'cgroup'];
  return Object.fromEntries(kinds.map((kind) => [kind, readlinkSync(`/proc/self/ns/${kind}`)]));
}
