import { channel } from 'node:diagnostics_channel';

/**
 * What a network of containers spends time on, in the order in which one thing waits for another. Hosts are made side by side, so what
 * is said of one may go on while another is further.
 */
export const PHASES = [
  'engine',
  'network',
  'create',
  'start',
  'observers',
  'hello',
  'prepare',
  'end',
] as const;

export type Phase = (typeof PHASES)[number];

/** Times as `performance.now()` has them. */
export interface Span {
  readonly phase: Phase;
  readonly beganMs: number;
  readonly endedMs: number;
}

/** The name of the diagnostics channel on which every phase is told, a `Span`, when it is over. */
export const PHASE_CHANNEL = 'tcplab.docker.phase';

const told = channel(PHASE_CHANNEL);

/** Does one phase's work. It costs nothing when nobody listens to the channel. */
export async function phase<T>(name: Phase, work: () => Promise<T>): Promise<T> {
  if (!told.hasSubscribers) return await work();
  const beganMs = performance.now();
  try {
    return await work();
  } finally {
    told.publish({ phase: name, beganMs, endedMs: performance.now() } satisfies Span);
  }
}
