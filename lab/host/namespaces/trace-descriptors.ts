import { closeSync, readFileSync } from 'node:fs';
import { NEEDED_TRACEPOINTS, readTracepoint, TRACEPOINTS } from '../../sys/tracefs.ts';
import type { HandedOver } from './enter.ts';
import { TRACE } from './kept-trace.ts';

/** There is no third witness here; `message` says why, and the run goes on without it. */
export class NoTraceError extends Error {
  override readonly name = 'NoTraceError';
  readonly code = 'no-trace';
}

/**
 * Opens the tracepoints, in the process outside: the kernel lets nobody do so who has its capabilities from a user namespace
 * alone. koffi is loaded only here, and only after tracefs was found: it takes longer than everything else.
 * @throws NoTraceError
 */
export async function openTrace(): Promise<HandedOver> {
  const ids = TRACEPOINTS.map((name) => [name, readTracepoint(name, 'id')] as const);
  const missing = ids.find(([name, id]) => NEEDED_TRACEPOINTS.includes(name) && id === undefined);
  if (missing !== undefined) {
    throw new NoTraceError(
      `the tracepoint ${missing[0]} cannot be read; that takes root, and a mounted tracefs`,
    );
  }
  const { openTracepoint } = await import('../../sys/perf-event.ts');
  const cpus = onlineProcessors(readFileSync('/sys/devices/system/cpu/online', 'utf8'));
  const descriptors: number[] = [];
  try {
    for (const [, id] of ids) {
      if (id === undefined) continue;
      for (const cpu of cpus) descriptors.push(openTracepoint(Number(id), cpu));
    }
  } catch (cause) {
    for (const fd of descriptors) closeSync(fd);
    throw new NoTraceError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
  return { descriptors, environment: { [TRACE]: `${descriptors.length}/${cpus.length}` } };
}

/** The numbers in a list such as `0-3,6`, as the kernel writes processors. */
export function onlineProcessors(text: string): number[] {
  return text
    .trim()
    .split(',')
    .flatMap((range) => {
      const [first = 0, last = first] = range.split('-').map(Number);
      return Array.from({ length: last - first + 1 }, (_, n) => first + n);
    });
}
