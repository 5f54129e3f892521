// docker/cluster/slurm-array.sh on a real Slurm of this test's own: one node, this machine. Where Slurm is not installed it is left out.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { availableParallelism, hostname, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { readJournal } from '../../lab/grade/journal-lines.ts';
import { readPlan } from '../../lab/grade/plan-file.ts';
import { toDo } from '../../lab/grade/settled.ts';
import { temporaryPath } from './temporary.ts';

const root = join(import.meta.dirname, '..', '..');
const run = promisify(execFile);
const READY_MS = 20_000;

const path = `${process.env.PATH ?? ''}:/usr/sbin:/sbin`;
const hasSlurm = ['sbatch', 'slurmctld', 'slurmd'].every((tool) =>
  path.split(':').some((folder) => existsSync(join(folder, tool))),
);

test.skipIf(!hasSlurm || userInfo().uid !== 0)(
  'an array of jobs judges every shard, and a job after it merges them',
  { timeout: 180_000 },
  async () => {
    const environment = await startSlurm();
    const graded = temporaryPath('graded');
    const submissions = join(dirname(graded), 'submissions');
    const tcplab = join(root, 'tcplab');
    for (const [student, exercise] of [
      ['ada', '4'],
      ['bob', '1'],
      ['eve', '2'],
    ] as const)
      await run(tcplab, ['dev', 'export', exercise, '--to', join(submissions, student)]);
    await run(tcplab, ['grade', 'plan', submissions, '--out', graded]);
    const planFile = join(graded, 'plan.jsonl');

    const script = join(root, 'docker/cluster/slurm-array.sh');
    const { stdout } = await run(script, [planFile, '2', graded], { env: environment });
    expect(stdout).toMatch(/^Jobs \d+ \(shards\) and \d+ \(merge\) are submitted\./);
    await untilIdle(environment);

    const said = readFileSync(join(graded, 'slurm-merge.txt'), 'utf8');
    expect(said).toContain('Every one has a verdict.');
    const plan = readPlan(planFile);
    const rows = readJournal(join(graded, 'journal.jsonl'));
    expect(toDo(plan, rows)).toEqual([]);
    expect(rows.map(({ student, status, result }) => [student, status, result?.verdict])).toEqual([
      ['ada', 'ok', 'pass'],
      ['bob', 'ok', 'pass'],
      ['eve', 'ok', 'pass'],
    ]);
    const shards = [1, 2].map((shard) => readJournal(join(graded, `journal-${shard}-of-2.jsonl`)).length);
    expect(shards.reduce((sum, count) => sum + count)).toBe(3);
    expect(Math.min(...shards)).toBe(1);
    expect(existsSync(join(graded, 'gradebook.html'))).toBe(true);
  },
);

test.each([[[]], [['plan.jsonl']], [['plan.jsonl', '0', 'out']], [['plan.jsonl', 'many', 'out']]])(
  'without what it needs it says how it is used: %j',
  async (args) => {
    const folder = dirname(temporaryPath('none'));
    await expect(
      run(join(root, 'docker/cluster/slurm-array.sh'), args, { cwd: folder }),
    ).rejects.toMatchObject({
      code: 2,
      stderr: 'usage: docker/cluster/slurm-array.sh PLAN SHARDS OUT [options of sbatch ...]\n',
    });
  },
);

/** @returns the environment in which Slurm's commands speak to it. It goes with the test. */
async function startSlurm(): Promise<NodeJS.ProcessEnv> {
  const folder = temporaryPath('slurm');
  for (const name of ['state', 'spool']) mkdirSync(join(folder, name), { recursive: true });
  const file = join(folder, 'slurm.conf');
  const name = hostname().split('.')[0] ?? 'localhost';
  const [control, daemon] = [await freePort(), await freePort()];
  writeFileSync(file, configuration(folder, name, control, daemon));
  const environment = { ...process.env, PATH: path, SLURM_CONF: file };
  start('slurmctld', ['-D', '-f', file], environment);
  start('slurmd', ['-D', '-f', file, '-N', name], environment);
  const deadline = performance.now() + READY_MS;
  for (;;) {
    const { stdout } = await run('sinfo', ['--noheader', '--format=%T'], { env: environment }).catch(
      (error: unknown) => ({
        stdout: String(error),
      }),
    );
    if (stdout.trim() === 'idle') return environment;
    if (performance.now() > deadline) throw new Error(`Slurm is not ready after ${READY_MS} ms: ${stdout}`);
    await setTimeout(100);
  }
}

function configuration(folder: string, name: string, control: number, daemon: number): string {
  return [
    'ClusterName=tcplab',
    `SlurmctldHost=${name}(127.0.0.1)`,
    `SlurmctldPort=${control}`,
    `SlurmdPort=${daemon}`,
    'AuthType=auth/none',
    'CredType=cred/none',
    'SlurmUser=root',
    'SlurmdUser=root',
    `StateSaveLocation=${folder}/state`,
    `SlurmdSpoolDir=${folder}/spool`,
    `SlurmctldPidFile=${folder}/slurmctld.pid`,
    `SlurmdPidFile=${folder}/slurmd.pid`,
    `SlurmctldLogFile=${folder}/slurmctld.log`,
    `SlurmdLogFile=${folder}/slurmd.log`,
    'ProctrackType=proctrack/linuxproc',
    'TaskPlugin=task/none',
    'SwitchType=switch/none',
    'MpiDefault=none',
    'SelectType=select/cons_tres',
    'SelectTypeParameters=CR_Core',
    'SchedulerParameters=sched_interval=1',
    'ReturnToService=2',
    // sbatch asks for two processors a task: on a machine with one it could never begin.
    `NodeName=${name} NodeAddr=127.0.0.1 CPUs=${Math.max(2, availableParallelism())} State=UNKNOWN`,
    'SlurmdParameters=config_overrides',
    'PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP',
    '',
  ].join('\n');
}

function start(program: string, args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  const child = spawn(program, args, { env, stdio: 'ignore' });
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await Promise.race([ended, setTimeout(5_000)]);
    child.kill('SIGKILL');
  });
  return child;
}

async function untilIdle(env: NodeJS.ProcessEnv): Promise<void> {
  const deadline = performance.now() + 120_000;
  for (;;) {
    const { stdout } = await run('squeue', ['--noheader'], { env });
    if (stdout.trim() === '') return;
    if (performance.now() > deadline) throw new Error(`jobs are still there after two minutes:\n${stdout}`);
    await setTimeout(200);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return address.port;
}
