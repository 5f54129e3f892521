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
  | 'given-up'
  | 'through';

/** The programs that the guide starts. */
export const GUIDE_PROGRAMS = { server: 'servers/echo.ts', client: 'clients/connect.ts' } as const;

/** Where it happens when the exercise that is open has other hosts. */
export const GUIDE_EXERCISE = 4;

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
  if (states.includes('ESTABLISHED')) return 'through';
  if (states.includes('SYN_RCVD')) return gate?.isClosed === true ? 'held' : 'released';
  if (!states.includes('LISTEN')) {
    const isComing = run.phase === 'starting' || server?.programs.some(({ isRunning }) => isRunning) === true;
    return isComing ? 'making' : 'hosts';
  }
  if (clients.includes('ESTABLISHED')) return 'given-up';
  if (gate?.isClosed !== true) return 'gate';
  return client?.programs.some(({ isRunning }) => isRunning) === true ? 'waiting' : 'client';
}

function statesIn(rows: readonly Row[] = []): State[] {
  return rows.filter(({ goneMs }) => goneMs === undefined).map(({ socket }) => socket.state);
}
