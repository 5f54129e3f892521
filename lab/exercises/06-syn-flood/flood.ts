import type { Connection } from '../../exercise/judge/connection.ts';
import type { Evidence } from '../../exercise/judge/evidence.ts';
import type { Judge } from '../../exercise/judge/judge.ts';
import { type Life, stayIn } from '../../exercise/judge/life.ts';
import type { Plan } from '../../exercise/plan.ts';
import type { SocketRecord } from '../../observe/sock-diag.ts';

/** The step at which the flood is over; see `Scene.step`. */
export const HONEST = 'the flood is over, and an honest client comes';

/** How many SYNs the student's program is asked for. */
export function wanted(plan: Plan): number {
  return plan.number('count', 280, 320);
}

/** The limit of the server's queues: the smaller one of what listen(2) is given and somaxconn. */
export function room(plan: Plan): number {
  return plan.number('queue', 48, 96);
}

/** How many of a host's sockets are half open. */
export function halfOpen(sockets: readonly SocketRecord[]): number {
  return sockets.filter(({ state }) => state === 'SYN_RCVD').length;
}

/** What the client's host opened before the honest clients came. */
export function flood({ evidence, plan }: Judge): readonly Connection[] {
  const untilMs = evidence.when(HONEST) ?? evidence.endMs;
  return evidence
    .connections({ from: 'client', to: 'server', port: plan.port })
    .filter(({ fromMs }) => fromMs < untilMs);
}

/** The ports from which connections were opened. */
export function portsOf(connections: readonly Connection[]): ReadonlySet<number> {
  return new Set(connections.map(({ opener }) => opener.endpoint.port));
}

/** What the server held in SYN_RCVD at a time. */
export function requestsAt(evidence: Evidence, atMs: number): Life[] {
  return evidence.lives('server').filter((life) => {
    const stay = stayIn(life, 'SYN_RCVD');
    return stay !== undefined && stay.fromMs <= atMs && stay.toMs >= atMs;
  });
}

/** The sockets of the honest clients. A flood made by hand has none. */
export function honestClients(evidence: Evidence, { port }: Plan): Life[] {
  const fromMs = evidence.when(HONEST);
  if (fromMs === undefined) return [];
  return evidence
    .lives('client')
    .filter(({ remote, stays }) => remote.port === port && (stays[0]?.fromMs ?? 0) >= fromMs);
}

/** A counter of the server rose between the first time it was read and `untilMs`. */
export function counted(j: Judge, name: string, untilMs: number): void {
  const all = j.evidence.counter('server', name).filter(({ atMs }) => atMs <= untilMs);
  const rise = (all.at(-1)?.value ?? 0) - (all[0]?.value ?? 0);
  j.that(rise > 0, {
    host: 'server',
    action: `the server’s kernel has counted ${name}`,
    expected: `${name} to rise`,
    observed: 'it stayed as it was',
    because: 'not-counted',
    atMs: all.at(-1)?.atMs ?? j.evidence.endMs,
  });
}
