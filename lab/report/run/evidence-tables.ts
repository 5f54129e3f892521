import { duration } from '../../exercise/judge/life.ts';
import type { ProgramEvent, SsEvent, TimelineData } from '../../observe/timeline.ts';
import { formatEndpoint } from '../../tcp/address.ts';
import type { LadderRow, SegmentRow } from '../ladder/row.ts';
import { ladder } from '../ladder/rows.ts';
import { walkWords } from '../walk/walk-words.ts';
import { walksOf } from '../walk/walks.ts';

/** A table of evidence: plain text, to be escaped by whoever renders it. */
export interface Table {
  readonly title: string;
  /** Why a reader would look at it. */
  readonly about: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What the witnesses of a run have told, by witness. Only tables that hold something. */
export function evidenceTables(timeline: TimelineData): Table[] {
  const { header, events } = timeline;
  const { rows, hosts } = ladder(timeline);
  const names = hosts.map(({ name }) => name);
  return [
    socketTable(timeline),
    segmentTable(rows, names),
    gateTable(rows, names),
    ssTable(events.filter((event): event is SsEvent => event.kind === 'ss')),
    programTable(events.filter((event): event is ProgramEvent => event.kind === 'program')),
    knobTable(header),
  ].filter((table) => table.rows.length > 0);
}

function socketTable(timeline: TimelineData): Table {
  return {
    title: 'Sockets',
    about: 'The way of each socket. In brackets: too quick to be seen, but there is no other way.',
    head: ['host', 'local', 'remote', 'way', 'times'],
    rows: walksOf(timeline).map((walk) => {
      const { host, local, remote, stays, goneMs } = walk.life;
      const times = stays.map(({ state, fromMs, toMs }, n) => {
        const isLasting = n === stays.length - 1 && goneMs === undefined;
        return `${state} ${duration(toMs - fromMs)}${isLasting ? ' to the end' : ''}`;
      });
      const there = remote.port === 0 ? 'any' : formatEndpoint(remote);
      return [host, formatEndpoint(local), there, walkWords(walk), times.join(', ')];
    }),
  };
}

function segmentTable(rows: readonly LadderRow[], hosts: readonly string[]): Table {
  const segments = rows.filter((row): row is SegmentRow => row.kind === 'segment');
  return {
    title: 'Segments',
    about:
      "As they arrived, before any gate. Numbers count from each side's SYN; beside them those on the wire. " +
      'Flags as tcpdump has them: S SYN, . ACK, P PSH, F FIN, R RST.',
    head: ['ms', 'from', 'to', 'port', 'segment', 'seq on the wire', 'ack on the wire', 'remarks'],
    rows: segments.map(({ atMs, from, to, claims, port, detail, absolute, dropped, marks }) => [
      atMs.toFixed(3),
      claims ?? hosts[from] ?? '',
      hosts[to] ?? '',
      String(port),
      detail,
      String(absolute.seq),
      String(absolute.ack ?? ''),
      [...marks, ...(dropped === undefined ? [] : [`dropped by gate ${dropped}`])].join(', '),
    ]),
  };
}

function gateTable(rows: readonly LadderRow[], hosts: readonly string[]): Table {
  const gates = rows.flatMap((row) => (row.kind === 'gate' ? [row] : []));
  return {
    title: 'Gates',
    about: "What was held back, and how much of it by the kernel's own count.",
    head: ['ms', 'host', 'what happened'],
    rows: gates.map(({ atMs, host, words }) => [atMs.toFixed(1), hosts[host] ?? '', words]),
  };
}

function programTable(programs: readonly ProgramEvent[]): Table {
  return {
    title: 'Programs',
    about: 'What was run. What a program prints or how it ends proves nothing about TCP.',
    head: ['ms', 'host', 'program', 'what happened'],
    rows: programs.map(({ atMs, host, program, action, how, because }) => [
      atMs.toFixed(1),
      host,
      program,
      action === 'started'
        ? 'starts'
        : `ends: ${[how, because].filter((words) => words !== undefined).join('. ')}`,
    ]),
  };
}

function ssTable(lines: readonly SsEvent[]): Table {
  return {
    title: 'ss',
    about: 'What ss printed at the decisive moments.',
    head: ['ms', 'host', 'ss -tanoe'],
    rows: lines.map(({ atMs, host, text }) => [atMs.toFixed(1), host, text === '' ? '(no socket)' : text]),
  };
}

function knobTable({ hosts, knobs }: TimelineData['header']): Table {
  const rows = [
    ...Object.entries(knobs).map(([name, value]) => ['every host', name, value]),
    ...hosts.flatMap(({ name: host, knobs: own = {} }) =>
      Object.entries(own).map(([name, value]) => [host, name, value]),
    ),
  ];
  return {
    title: 'Settings',
    about: 'The sysctls of the hosts, under net.ipv4 or net.core.',
    head: ['host', 'sysctl', 'value'],
    rows: rows.map((cells) => cells.map((cell) => cell.replaceAll(/\s+/g, ' '))),
  };
}
