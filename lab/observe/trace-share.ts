import { keptTrace } from '../host/namespaces/kept-trace.ts';
import { SystemCallError } from '../sys/errno.ts';
import type { Recorder } from './recorder.ts';
import type { TraceHeader } from './timeline.ts';
import type { Trace } from './trace.ts';

/** One observation's part in the trace. */
export interface TraceShare {
  /** Takes what was traced until now; to be called after each look at a socket table. */
  drain(): void;
  header(): TraceHeader;
  leave(): void;
}

let trace: Trace | undefined;
let problem: string | undefined;

/**
 * Begins to trace, when the process outside has handed over descriptors. To be called before the first observation; what a
 * trace needs is loaded only then, so that a run without one does not wait for it.
 */
export async function loadTrace(): Promise<void> {
  const descriptors = keptTrace();
  if (descriptors === undefined) return;
  const [{ Trace }, { TraceFormatError }] = await Promise.all([
    import('./trace.ts'),
    import('./trace-format.ts'),
  ]);
  try {
    trace = new Trace(descriptors);
  } catch (error) {
    if (!(error instanceof SystemCallError || error instanceof TraceFormatError)) throw error;
    problem = error.message;
  }
}

/** Takes part in this process's trace, if there is one. When it could not begin, a step on the timeline says why. */
export function joinTrace(recorder: Recorder, addresses: Iterable<string>): TraceShare | undefined {
  if (problem !== undefined) {
    recorder.add({ kind: 'step', atMs: recorder.milliseconds(), text: `no trace: ${problem}` });
  }
  return trace?.join(recorder, addresses);
}
