import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TimelineData } from '../../../lab/observe/timeline.ts';
import { parseJsonLines } from '../../../lab/report/json-lines.ts';

/**
 * Real runs, as `./tcplab play … --save` left them:
 * `close`: servers/echo.ts clients/close.ts
 * `withhold-ack`: servers/echo.ts clients/withhold-ack.ts --gate client:own-rst --knob server:tcp_synack_retries=1 --for 4000
 * `held-ack`: servers/echo.ts clients/close.ts --gate server:ack-of-syn-ack@1500 --for 4000
 */
export const RUNS = ['close', 'withhold-ack', 'held-ack'] as const;

/** The folder of a saved run. */
export function runFolder(name: (typeof RUNS)[number]): string {
  return join(import.meta.dirname, '../runs', name);
}

export function savedRun(name: (typeof RUNS)[number]): TimelineData {
  return parseJsonLines(readFileSync(join(runFolder(name), 'timeline.jsonl'), 'utf8'));
}
