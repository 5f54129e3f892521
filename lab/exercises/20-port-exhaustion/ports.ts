import { type Connection, isEndOf } from '../../exercise/judge/connection.ts';
import { type Evidence, segmentsOf } from '../../exercise/judge/evidence.ts';
import type { Judge } from '../../exercise/judge/judge.ts';
import { type Stay, stayIn } from '../../exercise/judge/life.ts';
import type { Plan } from '../../exercise/plan.ts';
import { FIN } from '../../tcp/flags.ts';

/** How many ports the client's kernel may give out. */
export const PORTS = 16;

/** The moments of the scenario, by the words of their steps. */
export const MOMENTS = {
  exhausted: 'all ports of the client are in TIME_WAIT',
  cured: 'tcp_tw_reuse is 1 on the client',
  waited: 'tcp_tw_reuse is 0 again, and no TIME_WAIT is left',
} as const;

/** The numbers of a run. */
export function numbers(plan: Plan) {
  const first = plan.number('first port', 33_000, 60_000);
  return {
    /** The ports of the client, both included. */
    first,
    last: first + PORTS - 1,
    /** The server that closes when the client has closed, and the one that closes first. */
    closesLast: plan.port,
    closesFirst: plan.port + 1,
    /** How many connections the client is told to open. */
    count: plan.number('count', 20, 28),
    /** How many with tcp_tw_reuse. */
    again: plan.number('again', 8, PORTS),
  };
}

/** The connections that the client opened to a port of the server: before the cure, after it, and when all had waited. */
export function opened(
  evidence: Evidence,
  port: number,
): Readonly<Record<'before' | 'after' | 'later', readonly Connection[]>> {
  const all = evidence.connections({ from: 'client', to: 'server', port });
  const [curedMs, waitedMs] = [MOMENTS.cured, MOMENTS.waited].map(
    (moment) => evidence.when(moment) ?? Number.POSITIVE_INFINITY,
  ) as [number, number];
  return {
    before: all.filter(({ fromMs }) => fromMs < curedMs),
    after: all.filter(({ fromMs }) => fromMs >= curedMs && fromMs < waitedMs),
    later: all.filter(({ fromMs }) => fromMs >= waitedMs),
  };
}

/** The client's port of a connection that it opened. */
export function clientPort({ opener }: Connection): number {
  return opener.endpoint.port;
}

/** Which host's FIN of a connection came first. */
export function firstToClose(connection: Connection): string | undefined {
  return connection.segments.find(({ segment }) => (segment.flags & FIN) !== 0)?.from;
}

/** The time that a host spent in TIME_WAIT for a connection. */
export function timeWait(evidence: Evidence, connection: Connection, host: string): Stay | undefined {
  return evidence
    .lives(host)
    .filter((life) => isEndOf(life, connection))
    .map((life) => stayIn(life, 'TIME_WAIT'))
    .find(
      (stay) => stay !== undefined && stay.fromMs >= connection.fromMs && stay.fromMs <= connection.untilMs,
    );
}

/** Every one of these connections came from a port of the kernel's range. */
export function inRange(j: Judge, plan: Plan, connections: readonly Connection[]): void {
  const { first, last } = numbers(plan);
  const outside = connections.find((each) => clientPort(each) < first || clientPort(each) > last);
  j.that(outside === undefined, {
    host: 'client',
    action: `each comes from a port from ${first} to ${last}, the kernel's choice`,
    expected: `only ports from ${first} to ${last}, the client's ip_local_port_range`,
    observed: `one connection came from port ${outside === undefined ? 0 : clientPort(outside)}`,
    because: 'own-port',
    atMs: outside?.fromMs ?? j.evidence.endMs,
    segments: outside === undefined ? [] : segmentsOf(outside, { from: 'client', flags: 'S' }),
    help: 'Leave the choice of the port to the kernel: no localPort, no bind().',
  });
}
