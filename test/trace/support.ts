import { execa } from 'execa';
import type { EventJson } from '../../lab/report/event-json.ts';
import { readTracepoint } from '../../lab/sys/tracefs.ts';
import type { PlayDocument } from '../support/play.ts';
import { ROOT } from '../support/tcplab.ts';

/** Whether this process can open the tracepoints. */
export const traceable =
  process.getuid?.() === 0 && readTracepoint('sock/inet_sock_set_state', 'id') !== undefined;

/** For the names of tests that are skipped. */
export const needs = '(needs root, and tracefs mounted at /sys/kernel/tracing)';

export type TraceJson = Extract<EventJson, { kind: 'trace' }>;

/**
 * Plays with `--trace`, on the first processor: a kernel may not record what happens on another one that was idle but for
 * that. It says so in `lost`, but here nothing may be missing.
 */
export async function tracedPlay(...args: string[]): Promise<PlayDocument> {
  const command = [process.execPath, 'lab/cli/main.ts', 'play', '--trace', '--json', ...args];
  const { stdout } = await execa('taskset', ['-c', '0', ...command], { cwd: ROOT, stdin: 'ignore' });
  return JSON.parse(stdout) as PlayDocument;
}

/** What was traced on a host of sockets that do not listen, as `FROM → TO`. */
export function transitions(document: PlayDocument, host: string): string[] {
  return traced(document)
    .filter((event) => event.host === host && event.remote.port !== 0)
    .flatMap((event) => ('from' in event ? [`${event.from} → ${event.to}`] : []));
}

export function traced(document: PlayDocument): TraceJson[] {
  return document.events.filter((event): event is TraceJson => event.kind === 'trace');
}
