/** Set for the process inside: how many descriptors of tracepoints it was handed, and for how many processors. */
export const TRACE = 'TCPLAB_TRACE';

/** Descriptors of tracepoints: one for each of `rings` processors, then as many again for each further tracepoint. */
export interface TraceDescriptors {
  readonly descriptors: readonly number[];
  readonly rings: number;
}

let kept: TraceDescriptors | undefined;

/**
 * Takes what the process outside has handed over, in descriptors from `first` on. To be called once, before anything is
 * spawned: the environment variable goes, and Node itself has made inherited descriptors close on exec.
 */
export function keepTrace(first: number): void {
  const [count, rings] = (process.env[TRACE] ?? '').split('/').map(Number);
  delete process.env[TRACE];
  if (count === undefined || rings === undefined) return;
  kept = { descriptors: Array.from({ length: count }, (_, n) => first + n), rings };
}

/** The descriptors this process has, if any. */
export function keptTrace(): TraceDescriptors | undefined {
  return kept;
}
