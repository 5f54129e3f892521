import type { TimelineData, TimelineHeader } from '../../observe/timeline.ts';
import type { LadderRow } from '../ladder/row.ts';
import { ladder } from '../ladder/rows.ts';
import type { SocketLife } from '../lives.ts';
import { tcpSummary } from '../tcp-summary.ts';
import { type Step, walksOf } from '../walk/walks.ts';

/** A run as it is drawn, for programs. Times in milliseconds on the timeline; hosts of rows are places among the header's hosts. */
export interface RunDocument {
  readonly schema: 'tcplab/report/1';
  readonly header: TimelineHeader;
  /** What passed on the wire, in words, by Wireshark's rules. */
  readonly wire: readonly string[];
  /** Every socket: its states, and its way on the state diagram. */
  readonly sockets: readonly (SocketLife & { readonly steps: readonly Step[] })[];
  readonly ladder: readonly LadderRow[];
}

export function runDocument(timeline: TimelineData): RunDocument {
  return {
    schema: 'tcplab/report/1',
    header: timeline.header,
    wire: tcpSummary(timeline),
    sockets: walksOf(timeline).map(({ life, steps }) => ({ ...life, steps })),
    ladder: ladder(timeline).rows,
  };
}
