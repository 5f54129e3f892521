/**
 * For `node --import`: when the process ends, writes to descriptor 3 when it began and ended and which phases its networks of containers
 * had, as JSON. All times are milliseconds from its beginning.
 */
import { subscribe } from 'node:diagnostics_channel';
import { writeSync } from 'node:fs';
import { PHASE_CHANNEL, type Span } from '../../host/docker/phases.ts';

/** What is written. */
export interface ToldPhases {
  readonly endedMs: number;
  readonly spans: readonly Span[];
}

const spans: Span[] = [];
subscribe(PHASE_CHANNEL, (span) => spans.push(span as Span));
process.once('exit', () => {
  writeSync(3, JSON.stringify({ endedMs: performance.now(), spans } satisfies ToldPhases));
});
