import type { JudgeJob } from '../../grade/job.ts';
import { Slots } from '../../grade/slots/slots.ts';

/**
 * Runs work with so many slots. Interrupted, it begins nothing new.
 * @param finishRuns whether what runs then may finish; if not, it is ended at once, and judged the next time
 */
export async function withSlots<T>(
  count: number,
  work: (judge: JudgeJob, stop: AbortSignal) => Promise<T>,
  { finishRuns = false }: { readonly finishRuns?: boolean } = {},
): Promise<T> {
  const interrupted = new AbortController();
  await using slots = await Slots.open(count);
  const interrupt = (): void => {
    interrupted.abort();
    if (!finishRuns) void slots.close();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, interrupt);
  try {
    return await work((job) => slots.judge(job), interrupted.signal);
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
  }
}
