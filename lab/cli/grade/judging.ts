import type { JudgeJob } from '../../grade/job.ts';
import { Slots } from '../../grade/slots/slots.ts';
import type { Backend } from '../../host/backend.ts';
import type { Interruption } from './interruption.ts';

/**
 * Runs work with so many slots. Interrupted, it begins nothing new.
 * @param finishRuns whether what runs then may finish; if not, it is ended at once, and judged the next time
 * @throws InterruptedError when it was interrupted before there were slots; SlotError
 */
export async function withSlots<T>(
  { count, backend }: { readonly count: number; readonly backend: Backend },
  interruption: Interruption,
  work: (judge: JudgeJob) => Promise<T>,
  { finishRuns = false }: { readonly finishRuns?: boolean } = {},
): Promise<T> {
  const { signal } = interruption;
  signal.throwIfAborted();
  await using slots = await Slots.open(count, { stop: signal, backend });
  const end = (): void => void slots.close();
  if (!finishRuns) signal.addEventListener('abort', end, { once: true });
  try {
    return await work((job) => slots.judge(job));
  } finally {
    signal.removeEventListener('abort', end);
  }
}
