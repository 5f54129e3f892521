import type { HandedOver } from '../host/namespaces/enter.ts';

/** The option of every verb that can trace, for `parseArgs`. What it asks for happens before the verb runs. */
export const TRACE_OPTION = { type: 'boolean', default: false } as const;

/**
 * What `--trace` asks for. It is an option because it costs: a run begins about 10 ms later, and ends about 40 ms later for
 * each tracepoint, for so long the kernel waits until none of its processors is in one. Where there is no tracing, standard
 * error says why and the run goes on without it.
 */
export async function wantedTrace(args: readonly string[]): Promise<HandedOver | undefined> {
  if (!args.includes('--trace')) return undefined;
  const { NoTraceError, openTrace } = await import('../host/namespaces/trace-descriptors.ts');
  try {
    return await openTrace();
  } catch (error) {
    if (!(error instanceof NoTraceError)) throw error;
    console.error(`tcplab: going on without --trace: ${error.message}`);
    return undefined;
  }
}
