import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunStatus, Told } from '../../../lab/dashboard/protocol.ts';
import type { SocketRecord } from '../../../lab/observe/sock-diag.ts';
import type { TimelineHeader } from '../../../lab/observe/timeline.ts';
import type { EventJson } from '../../../lab/report/event-json.ts';

/** A run that was recorded, of those in test/report/runs. */
export function recorded(name: string): { header: TimelineHeader; events: EventJson[] } {
  const file = join(import.meta.dirname, '../../report/runs', name, 'timeline.jsonl');
  const [header, ...events] = readFileSync(file, 'utf8').trim().split('\n');
  return {
    header: JSON.parse(header ?? '') as TimelineHeader,
    events: events.map((line) => JSON.parse(line) as EventJson),
  };
}

/** The messages that a page is told of a recorded run, each change of a table by itself. */
export function toldOf(name: string, run: number): Told[] {
  const { header, events } = recorded(name);
  const tables = new Map<string, Map<string, SocketRecord>>();
  const looks = events.flatMap((event): Told[] => {
    if (event.kind !== 'socket') return [];
    const { host, atMs, change, socket } = event;
    const table = tables.get(host) ?? new Map<string, SocketRecord>();
    tables.set(host, table);
    if (change === 'gone') table.delete(socket.cookie);
    else table.set(socket.cookie, socket);
    return [{ tell: 'table', run, host, atMs, sockets: [...table.values()] }];
  });
  return [
    { tell: 'run', run: statusOf(run) },
    { tell: 'header', run, header },
    { tell: 'events', run, events },
    ...looks,
  ];
}

/** A run by hand in which nothing was done yet. */
export function statusOf(run: number, more: Partial<RunStatus> = {}): RunStatus {
  return {
    run,
    how: 'hands-on',
    number: 4,
    from: 'reference',
    phase: 'running',
    isTouched: false,
    hosts: ['client', 'server'].map((name) => ({ name, programs: [], gates: [], isHeld: false })),
    ...more,
  };
}
