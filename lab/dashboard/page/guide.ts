import type { SocketRecord } from '../../observe/sock-diag.ts';
import type { State } from '../../tcp/states.ts';
import type { RunStatus } from '../protocol.ts';
import { SYN_ACK_TRIES } from '../syn-ack-tries.ts';
import type { Row } from './rows.ts';

/** How far somebody is who holds SYN_RCVD for the first time. */
export type GuideStep =
  | 'hosts'
  | 'making'
  | 'gate'
  | 'client'
  | 'waiting'
  | 'held'
  | 'released'
  | 'too-late'
  | 'given-up'
  | 'through';

/** The programs that the guide starts. */
export const GUIDE_PROGRAMS = { server: 'servers/echo.ts', client: 'clients/connect.ts' } as const;

/** The exercise about that state. */
export const GUIDE_EXERCISE = 4;

/** The server's connection in SYN_RCVD, the youngest if there are several. Pure. */
export function heldSocket(tables: Readonly<Record<string, readonly Row[]>>): SocketRecord | undefined {
  const held = rowsNow(tables.server).filter(({ state }) => state === 'SYN_RCVD');
  return held.toSorted((a, b) => a.retransmits - b.retransmits)[0];
}

/** How far the guide is, from what the kernel shows. Pure. */
export function guideStep(
  run: RunStatus | null,
  tables: Readonly<Record<string, readonly Row[]>>,
): GuideStep {
  if (run === null || run.how !== 'hands-on' || run.phase === 'over' || run.phase === 'failed')
    return 'hosts';
  const [states, clients] = [statesIn(tables.server), statesIn(tables.client)];
  const server = run.hosts.find(({ name }) => name === 'server');
  const client = run.hosts.find(({ name }) => name === 'client');
  const gate = server?.gates.find((each) => each.gate === 'ack-of-syn-ack');
  const held = heldSocket(tables);
  if (held !== undefined && gate?.isClosed === true) return 'held';
  if (held !== undefined) return held.retransmits < SYN_ACK_TRIES ? 'released' : 'too-late';
  // What the server has forgotten, the client still has.
  if (count(clients, 'ESTABLISHED') > count(states, 'ESTABLISHED') && states.includes('LISTEN'))
    return 'given-up';
  // Only what was held can come through: a connection from before the gate was closed is none.
  if (states.includes('ESTABLISHED') && (gate?.dropped ?? 0) > 0) return 'through';
  if (!states.includes('LISTEN')) {
    const isComing = run.phase === 'starting' || server?.programs.some(({ isRunning }) => isRunning) === true;
    return isComing ? 'making' : 'hosts';
  }
  if (gate?.isClosed !== true) return 'gate';
  const isConnecting = client?.programs.some(({ isRunning }) => isRunning) === true;
  return isConnecting && !states.includes('ESTABLISHED') ? 'waiting' : 'client';
}

function count(states: readonly State[], state: State): number {
  return states.filter((each) => each === state).length;
}

function statesIn(rows: readonly Row[] | undefined): State[] {
  return rowsNow(rows).map(({ state }) => state);
}

function rowsNow(rows: readonly Row[] = []): SocketRecord[] {
  return rows.filter(({ goneMs }) => goneMs === undefined).map(({ socket }) => socket);
}
