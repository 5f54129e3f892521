import { duration } from '../../exercise/judge/life.ts';
import type { ProgramEvent, TimelineData } from '../../observe/timeline.ts';
import { tcpSummary } from '../tcp-summary.ts';
import { evidenceTables, type Table } from './evidence-tables.ts';

/** What there is to say of a run in words and tables. */
export interface RunFacts {
  readonly title: string;
  /** When, where and with which settings it was. */
  readonly about: readonly string[];
  /** What passed on the wire, by Wireshark's rules. */
  readonly wire: readonly string[];
  readonly tables: readonly Table[];
}

const MOST_NAMES = 4;

export function runFacts(timeline: TimelineData): RunFacts {
  const { header, events } = timeline;
  const programs = events.filter((event): event is ProgramEvent => event.kind === 'program');
  const names = [...new Set(programs.map(({ program, host }) => `${program} on ${host}`))];
  const endMs = events.at(-1)?.atMs ?? 0;
  return {
    title: titleOf(names),
    about: [
      `${header.startedAt}, ${duration(endMs)}, Linux ${header.kernel}`,
      ...header.hosts.map(({ name, addresses }) => `${name}: ${addresses.join(', ')}`),
      header.trace === undefined
        ? "States are what looks at the kernel's socket table have shown: one that lasts less than a few ms may be missing."
        : "States are what the kernel's socket table and its tracepoints have shown.",
    ],
    wire: tcpSummary(timeline),
    tables: evidenceTables(timeline),
  };
}

function titleOf(names: readonly string[]): string {
  if (names.length === 0) return 'A run';
  const more = names.length - MOST_NAMES;
  return [...names.slice(0, MOST_NAMES), ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}
