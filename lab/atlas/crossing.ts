import type { Evidence } from '../exercise/judge/evidence.ts';
import type { Life } from '../exercise/judge/life.ts';
import type { Plan } from '../exercise/plan.ts';
import type { State } from '../tcp/states.ts';
import type { Provocation } from './provocation.ts';

/** What the socket table must show on one side of an edge: a socket in a state; CLOSED when it is not there. */
export interface Row {
  readonly life: Life;
  readonly state: State;
}

/** A socket that took an edge, as sock_diag saw it. */
export interface Crossing {
  readonly life: Life;
  /** When a look last showed it before the edge, and when one first showed it after, in milliseconds. */
  readonly afterMs: number;
  readonly beforeMs: number;
  readonly before: readonly Row[];
  readonly after: readonly Row[];
}

/**
 * The socket that took the edge. A passive open makes a socket of its own: the listener stays LISTEN, and what RFC 9293 draws
 * as LISTEN → SYN_RCVD and back is a new row of the table beside it, that appears and goes.
 */
export function crossingOf(provocation: Provocation, evidence: Evidence, plan: Plan): Crossing | undefined {
  const { edge, host } = provocation;
  const lives = evidence.lives(host).filter((life) => isMeant(provocation, plan, life));
  const isPassive = edge.from !== 'CLOSED' && edge.to !== 'CLOSED' && [edge.from, edge.to].includes('LISTEN');
  const crossings = isPassive
    ? listenersOf(lives).flatMap((listener) => lives.map((life) => besideListener(life, edge, listener)))
    : lives.map((life) => alone(life, edge));
  return crossings.find((crossing) => crossing !== undefined);
}

/** Whether a life is one of those that the provocation is about. */
export function isMeant({ socket }: Provocation, plan: Plan, { local, remote }: Life): boolean {
  const { localPort, remotePort } = socket(plan);
  return (localPort ?? local.port) === local.port && (remotePort ?? remote.port) === remote.port;
}

function alone(life: Life, { from, to }: { from: State; to: State }): Crossing | undefined {
  const { stays, goneMs } = life;
  const at = from === 'CLOSED' ? -1 : stays.findIndex(({ state }) => state === from);
  if (from !== 'CLOSED' && at === -1) return undefined;
  const stay = stays[at];
  const next = stays[at + 1];
  const isTaken = to === 'CLOSED' ? next === undefined && goneMs !== undefined : next?.state === to;
  if (!isTaken) return undefined;
  return {
    life,
    afterMs: stay?.seenToMs ?? 0,
    beforeMs: next?.fromMs ?? goneMs ?? 0,
    before: [{ life, state: from }],
    after: [{ life, state: to }],
  };
}

function besideListener(
  life: Life,
  { from, to }: { from: State; to: State },
  listener: Life,
): Crossing | undefined {
  const crossing = alone(life, from === 'LISTEN' ? { from: 'CLOSED', to } : { from, to: 'CLOSED' });
  const stay = listener.stays[0];
  if (crossing === undefined || stay === undefined) return undefined;
  if (stay.fromMs > crossing.beforeMs || stay.toMs <= crossing.beforeMs) return undefined;
  const listening: Row = { life: listener, state: 'LISTEN' };
  return {
    ...crossing,
    before: [listening, ...crossing.before],
    after: [listening, ...crossing.after],
  };
}

function listenersOf(lives: readonly Life[]): Life[] {
  return lives.filter(({ stays }) => stays[0]?.state === 'LISTEN');
}
