import type { SocketRecord } from '../../observe/sock-diag.ts';
import type { State } from '../../tcp/states.ts';
import type { RunStatus } from '../protocol.ts';
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

/** The exercise about that state: what its text says is what the guide shows. */
export const GUIDE_EXERCISE = 4;

/** How often a server sends a SYN-ACK again, unless `tcp_synack_retries` is set otherwise; by hand it is never less. tcp(7). */
export const SYN_ACK_TRIES = 5;

/** How often the server has sent the SYN-ACK of the connection in SYN_RCVD again. Pure. */
export function synAcksAgain(tables: Readonly<Record<string, readonly Row[]>>): number {
  return Math.max(
    0,
    ...rowsNow(tables['server']).flatMap(({ state, retransmits }) =>
      state === 'SYN_RCVD' ? [retransmits] : [],
    ),
  );
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
  // Only what was held can come through: a connection from before the gate was closed is none.
  if (states.includes('ESTABLISHED') && (gate?.dropped ?? 0) > 0) return 'through';
  if (states.includes('SYN_RCVD') && gate?.isClosed === true) return 'held';
  if (states.includes('SYN_RCVD')) return synAcksAgain(tables) < SYN_ACK_TRIES ? 'released' : 'too-late';
  if (!states.includes('LISTEN')) {
    const isComing = run.phase === 'starting' || server?.programs.some(({ isRunning }) => isRunning) === true;
    return isComing ? 'making' : 'hosts';
  }
  if (clients.includes('ESTABLISHED') && !states.includes('ESTABLISHED')) return 'given-up';
  if (gate?.isClosed !== true) return 'gate';
  const isConnecting = client?.programs.some(({ isRunning }) => isRunning) === true;
  return isConnecting && !states.includes('ESTABLISHED') ? 'waiting' : 'client';
}

function statesIn(rows: readonly Row[] | undefined): State[] {
  return rowsNow(rows).map(({ state }) => state);
}

function rowsNow(rows: readonly Row[] = []): SocketRecord[] {
  return rows.filter(({ goneMs }) => goneMs === undefined).map(({ socket }) => socket);
}
