import { type Evidence, segmentsOf } from '../../exercise/judge/evidence.ts';
import { stayIn } from '../../exercise/judge/life.ts';
import type { Plan } from '../../exercise/plan.ts';

/** TCP_TIMEWAIT_LEN, a constant of the kernel: no sysctl changes it. include/net/tcp.h. */
export const TIME_WAIT_MS = 60_000;

/** The clock of a TIME_WAIT at one look. */
export interface Reading {
  readonly atMs: number;
  /** What was left. */
  readonly timerMs: number;
  /** What it must have been set to by the FIN before it. */
  readonly setToMs: number;
}

/** The clock of the server's TIME_WAIT: as it began, last before the FIN came again, and last of all. */
export function timeWaitRun(
  evidence: Evidence,
  { port }: Pick<Plan, 'port'>,
): { entered?: Reading; fell?: Reading; restarted?: Reading } {
  const connection = evidence.connections({ from: 'client', port })[0];
  const life = connection === undefined ? undefined : evidence.life(connection, 'server');
  const stay = life === undefined ? undefined : stayIn(life, 'TIME_WAIT');
  if (connection === undefined || stay === undefined) return {};
  const again = segmentsOf(connection, { from: 'client', has: 'F' })[1];
  const againMs = again?.atMs ?? Number.POSITIVE_INFINITY;
  const reading = (row: (typeof stay.rows)[number] | undefined): Reading | undefined => {
    if (row === undefined) return undefined;
    const fin = segmentsOf(connection, { from: 'client', has: 'F', beforeMs: row.atMs }).at(-1);
    const setToMs = row.socket.timerMs + row.atMs - (fin?.atMs ?? row.atMs);
    return { atMs: row.atMs, timerMs: row.socket.timerMs, setToMs };
  };
  const entered = reading(stay.rows[0]);
  const fell = reading(stay.rows.findLast(({ atMs }) => atMs < againMs));
  const restarted = reading(stay.rows.findLast(({ atMs }) => atMs > againMs));
  return {
    ...(entered === undefined ? {} : { entered }),
    ...(fell === undefined ? {} : { fell }),
    ...(restarted === undefined ? {} : { restarted }),
  };
}
