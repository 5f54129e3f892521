import type { EventJson } from '../../report/event-json.ts';

/** What the lab did, or what a program printed: a line for people. */
export interface LogLine {
  readonly kind: 'step' | 'program' | 'stdout' | 'stderr';
  readonly atMs: number;
  readonly host: string | undefined;
  readonly text: string;
}

/** The line that an event gives the log, if it gives one. Pure. */
export function logLine(event: EventJson): LogLine | undefined {
  const { atMs } = event;
  if (event.kind === 'step') return { kind: 'step', atMs, host: event.host, text: event.text };
  if (event.kind === 'output') return { kind: event.stream, atMs, host: event.host, text: event.text };
  if (event.kind === 'program') {
    const how = [event.because ?? event.how, event.advice].filter((part) => part !== undefined);
    const text = event.action === 'started' ? 'started' : `ended: ${how.join(' ')}`;
    return { kind: 'program', atMs, host: event.host, text: `${event.program} ${text}` };
  }
  if (event.kind === 'gate') {
    const text = `gate ${event.gate} ${event.action}, ${event.dropped} dropped so far`;
    return { kind: 'step', atMs, host: event.host, text };
  }
  return undefined;
}
