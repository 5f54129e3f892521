import type { Evidence } from '../../exercise/judge/evidence.ts';
import { type Life, stayIn } from '../../exercise/judge/life.ts';
import type { Plan } from '../../exercise/plan.ts';
import type { Scene } from '../../exercise/scene.ts';
import type { RunningProgram } from '../../host/program.ts';
import type { SocketRecord } from '../../observe/sock-diag.ts';

export type Option = 'reuse' | 'noreuse';

/** Longer than this, and three times as long as its first start took, a program gets to listen. */
const CHANCE_MS = 800;

/** So long a program has, once it has a connection, to do with it what it means to: one that is killed before has reset nobody yet. */
const KEPT_MS = 100;

/** The moments of the scenario, by the words of their steps. */
export const MOMENTS = {
  gone: 'the old servers are gone, and have left TIME_WAIT behind',
  noreuse: 'servers with noreuse have had their chance',
  reuse: 'servers with reuse have had their chance',
  beside: 'a second server with reuse has had its chance beside the first',
} as const;

/** Where the server that was there before ran without SO_REUSEADDR, and where it ran with it. */
export function portOf(plan: Pick<Plan, 'port'>, old: Option): number {
  return old === 'noreuse' ? plan.port : plan.port + 1;
}

/** Servers without and with the option are killed while they have a client; their ports are then tried with both. */
export async function restart(scene: Scene): Promise<void> {
  const { client, server, plan } = scene;
  const options = ['noreuse', 'reuse'] as const;
  const ports = options.map((old) => portOf(plan, old));
  const begunMs = performance.now();
  const old = await Promise.all(options.map((option) => start(scene, portOf(plan, option), option)));
  await Promise.all(ports.map((port) => server.listens(port)));
  const chanceMs = CHANCE_MS + 3 * (performance.now() - begunMs);

  await Promise.all(ports.map((port) => client.start('client', { args: [server.address, String(port)] })));
  let keptMs = Number.POSITIVE_INFINITY;
  await server.until(`to accept a connection on both ports, ${KEPT_MS} ms ago`, (sockets) => {
    const now = performance.now();
    if (ports.every((port) => sockets.some((socket) => isAccepted(socket, port))))
      keptMs = Math.min(keptMs, now + KEPT_MS);
    return now >= keptMs;
  });
  for (const program of old) program.signal('SIGKILL');
  await Promise.all(ports.map((port) => server.reaches('TIME_WAIT', { localPort: port, patient: true })));
  await Promise.all(old.map((program) => program.stop()));
  await scene.step(MOMENTS.gone);

  for (const option of options) {
    const programs = await attempt(scene, option, ports, chanceMs);
    await scene.step(MOMENTS[option]);
    if (option === 'reuse') await scene.ss();
    else await Promise.all(programs.map((program) => program.stop()));
  }
  await attempt(scene, 'reuse', [portOf(plan, 'reuse')], chanceMs);
  await scene.step(MOMENTS.beside);
}

function start({ server }: Scene, port: number, option: Option): Promise<RunningProgram> {
  return server.start('server', { args: [server.address, String(port), option] });
}

/** Starts a server on each port, and gives it its chance: until it listens, has ended, or had time enough. */
async function attempt(scene: Scene, option: Option, ports: readonly number[], chanceMs: number) {
  const { server } = scene;
  const before = new Set<string>();
  await server.until('to be looked at', (sockets) => {
    for (const { cookie } of sockets) before.add(cookie);
    return true;
  });
  const untilMs = performance.now() + chanceMs;
  const programs = await Promise.all(ports.map((port) => start(scene, port, option)));
  await server.until(
    `to listen with ${option}`,
    (sockets) =>
      performance.now() > untilMs ||
      programs.every(
        ({ exit }, n) =>
          exit !== undefined ||
          sockets.some(
            ({ state, local, cookie }) =>
              state === 'LISTEN' && local.port === ports[n] && !before.has(cookie),
          ),
      ),
    { patient: true, deadlineMs: 2 * chanceMs },
  );
  return programs;
}

/** Whether a program has taken a connection, and still has it or has left TIME_WAIT behind. */
function isAccepted({ state, local, inode }: SocketRecord, port: number): boolean {
  return local.port === port && state !== 'LISTEN' && (inode !== 0 || state === 'TIME_WAIT');
}

/** The listeners that appeared on the server between two moments; undefined when the run did not get to the second. */
export function newListeners(
  evidence: Evidence,
  from: keyof typeof MOMENTS,
  to: keyof typeof MOMENTS,
): readonly Life[] | undefined {
  const fromMs = evidence.when(MOMENTS[from]);
  const toMs = evidence.when(MOMENTS[to]);
  if (fromMs === undefined || toMs === undefined) return undefined;
  return evidence.listeners('server').filter((life) => {
    const beganMs = stayIn(life, 'LISTEN')?.fromMs ?? 0;
    return beganMs >= fromMs && beganMs <= toMs;
  });
}
