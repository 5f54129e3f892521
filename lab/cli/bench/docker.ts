import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Backend } from '../../host/backend.ts';
import { readyEngine } from '../../host/docker/network.ts';
import { outcome } from '../../host/tool.ts';
import { atMost, type Benchmark, median } from './measure.ts';
import type { ToldPhases } from './tell-phases.ts';
import { PARTS, type Part, whereTimeGoes } from './where-time-goes.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const TELL_PHASES = new URL('./tell-phases.ts', import.meta.url).href;

const EXERCISE = '4';
const ROUNDS = 5;
const MOST_S = 2.5;

const WORDS: Readonly<Record<Part, string>> = {
  command: 'Node and the verb are loaded',
  engine: 'then still waiting for the engine',
  network: 'the network is made',
  create: 'the hosts are created',
  start: 'and started',
  observers: 'their observers are started',
  hello: 'the programs in all of them start',
  prepare: 'the links are prepared',
  run: 'the run itself',
  end: 'everything is taken down',
  verdict: 'the verdict is printed',
};

/**
 * An exercise's reference in containers beside the same in namespaces: whole commands as a user has them, in turn. What is added is the
 * starts of containers, however long the exercise lasts: the limit is on the difference. The ratio is for this exercise.
 */
export async function benchDocker(told: (line: string) => void): Promise<Benchmark> {
  // A reason why there are no containers is said here, and not by a command that is measured.
  await readyEngine();
  for (const backend of ['namespaces', 'docker'] as const) await check(backend);
  const namespaces: number[] = [];
  const docker: number[] = [];
  const shares: Readonly<Record<Part, number>>[] = [];
  for (let n = 1; n <= ROUNDS; n++) {
    const without = await check('namespaces');
    const within = await check('docker');
    namespaces.push(without.ms);
    docker.push(within.ms);
    const { spans, endedMs } = within.phases;
    shares.push(whereTimeGoes(spans, endedMs));
    told(`${n}/${ROUNDS}: ${without.ms.toFixed(0)} ms in namespaces, ${within.ms.toFixed(0)} ms on Docker`);
  }
  const overheads = docker.map((ms, n) => (ms - (namespaces[n] as number)) / 1_000);
  return {
    name: 'docker',
    what: `./tcplab check ${EXERCISE} --reference in namespaces and with --backend docker, ${ROUNDS} times in turn`,
    figures: [
      { name: 'in namespaces, median', value: median(namespaces), unit: 'ms' },
      { name: 'on Docker, median', value: median(docker), unit: 'ms' },
      atMost('added by Docker, median', median(overheads), 's', MOST_S),
      { name: 'ratio', value: median(docker) / median(namespaces), unit: '' },
      ...PARTS.map((part) => ({
        name: `  ${WORDS[part]}`,
        value: median(shares.map((share) => share[part])),
        unit: 'ms',
      })),
    ],
    notes: ['the parts are those of the commands on Docker, each a median'],
  };
}

interface Measured {
  readonly ms: number;
  readonly phases: ToldPhases;
}

/** One command, from its start to its end. @throws Error with what it printed when it is not a pass. */
async function check(backend: Backend): Promise<Measured> {
  const args = ['check', EXERCISE, '--reference', '--backend', backend];
  const telling = backend === 'docker' ? ['--import', TELL_PHASES] : [];
  const child = spawn(process.execPath, [...telling, MAIN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const stop = (): void => void child.kill();
  process.once('exit', stop);
  try {
    const beganMs = performance.now();
    const [{ exitCode, stdout, stderr }, phases] = await Promise.all([
      outcome('node', child),
      text(child.stdio[3] as Readable),
    ]);
    const ms = performance.now() - beganMs;
    if (exitCode !== 0)
      throw new Error(`./tcplab ${args.join(' ')}: exit code ${exitCode}\n${stdout}${stderr}`);
    return { ms, phases: phases === '' ? { endedMs: ms, spans: [] } : (JSON.parse(phases) as ToldPhases) };
  } finally {
    process.off('exit', stop);
  }
}
