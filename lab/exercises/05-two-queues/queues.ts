import type { Connection } from '../../exercise/judge/connection.ts';
import type { Evidence } from '../../exercise/judge/evidence.ts';
import type { Judge } from '../../exercise/judge/judge.ts';
import { type Life, stayIn } from '../../exercise/judge/life.ts';
import type { Plan } from '../../exercise/plan.ts';
import type { SocketRecord } from '../../observe/sock-diag.ts';
import type { State } from '../../tcp/states.ts';

/** How many clients come before the accept queue is full, one of them too late, and how many after. */
export const EARLY = 3;
export const LATE = 2;
export const OVERFLOWS = 'ListenOverflows';

/** How many of a host's sockets for connections at the port are in a state. */
export function at(state: State, sockets: readonly SocketRecord[], { port }: Plan): number {
  return sockets.filter(
    (socket) => socket.state === state && (socket.local.port === port || socket.remote.port === port),
  ).length;
}

/** Every row that the kernel showed of a socket. */
export function rowsOf({ stays }: Life): SocketRecord[] {
  return stays.flatMap(({ rows }) => rows.map(({ socket }) => socket));
}

/** The listener at the port. @throws NotMet when there was none. */
export function listenerOf(j: Judge): Life {
  const [listener] = j.evidence.listeners('server', j.plan.port);
  return j.found(listener, {
    host: 'server',
    action: `the server listens on port ${j.plan.port}`,
    expected: `a listener on port ${j.plan.port} of the server`,
    observed: 'there was none',
    because: 'no-listener',
    atMs: listener?.stays[0]?.fromMs ?? j.evidence.endMs,
  });
}

/** The server's sockets for connections at its port, requests included. */
export function childrenOf(evidence: Evidence, { port }: Plan): Life[] {
  return evidence.lives('server').filter(({ local, remote }) => local.port === port && remote.port !== 0);
}

/** The clients that came before the queue was full. */
function early(evidence: Evidence, { port }: Plan): readonly Connection[] {
  return evidence.connections({ from: 'client', to: 'server', port }).slice(0, EARLY);
}

/** The clients that came when the queue was full. */
export function late(evidence: Evidence, { port }: Plan): readonly Connection[] {
  return evidence.connections({ from: 'client', to: 'server', port }).slice(EARLY);
}

/** The early client whose ACK came too late. */
export function rejected(evidence: Evidence, plan: Plan): Connection | undefined {
  return early(evidence, plan).find((connection) => {
    const life = evidence.life(connection, 'server');
    return life !== undefined && stayIn(life, 'ESTABLISHED') === undefined;
  });
}

/** The early client whose ACK came too late. @throws NotMet when none did. */
export function thirdClient(j: Judge): Connection {
  const third = rejected(j.evidence, j.plan);
  return j.found(third, {
    host: 'server',
    action: 'one of the first three clients finds the queue full',
    expected: 'two of the first three clients in the queue, and one outside',
    observed: `${early(j.evidence, j.plan).length} clients came, and none of them stayed outside`,
    because: 'no-third',
    atMs: third?.fromMs ?? j.evidence.endMs,
  });
}

/** The clients that came when the queue was full. @throws NotMet when not all of them came. */
export function lateClients(j: Judge): readonly Connection[] {
  const clients = late(j.evidence, j.plan);
  j.that(clients.length === LATE, {
    host: 'client',
    action: 'two more clients send a SYN',
    expected: 'SYNs from two more clients',
    observed: `there were ${clients.length}`,
    because: 'no-syn',
    atMs: clients[0]?.fromMs ?? j.evidence.endMs,
  });
  return clients;
}

/** The counter of overflows rose by at least `count` between the first time it was read and `untilMs`. */
export function overflowed(j: Judge, count: number, untilMs: number): void {
  const all = j.evidence.counter('server', OVERFLOWS).filter(({ atMs }) => atMs <= untilMs);
  const rise = (all.at(-1)?.value ?? 0) - (all[0]?.value ?? 0);
  j.that(rise >= count, {
    host: 'server',
    action: `the server’s kernel has counted ${OVERFLOWS}`,
    expected: `${OVERFLOWS} to rise by ${count} or more`,
    observed: `it rose by ${rise}`,
    because: 'not-counted',
    atMs: all.at(-1)?.atMs ?? j.evidence.endMs,
  });
}
