import type { GateName } from '../../gate/kinds.ts';
import type { State } from '../../tcp/states.ts';
import type { Numbers } from './segment-words.ts';

/** One thing that a ladder shows. Times in milliseconds on the timeline; all text is safe for one line. */
export type LadderRow = SegmentRow | StateRow | GateRow | NoteRow | IdleRow;

export interface SegmentRow extends Numbers {
  readonly kind: 'segment';
  readonly atMs: number;
  /** Where it came from and to, as places among the ladder's hosts; -1 for none of them. The same for what came over loopback. */
  readonly from: number;
  readonly to: number;
  /** What it says it comes from, when that is no host of the run, or another than the one whose loopback it came over. */
  readonly claims?: string;
  /** The port that tells its connection from others. */
  readonly port: number;
  readonly isReset: boolean;
  /** The gate that dropped it. */
  readonly dropped?: GateName;
  /** What Wireshark's rules make of it: `again`, `duplicate ACK`. */
  readonly marks: readonly string[];
  /** Nothing in it is new. */
  readonly isAgain: boolean;
}

export interface StateRow {
  readonly kind: 'state';
  readonly atMs: number;
  readonly host: number;
  readonly port: number;
  readonly state: State;
  /** The state before, when it was seen. */
  readonly was?: State;
}

export interface GateRow {
  readonly kind: 'gate';
  readonly atMs: number;
  readonly host: number;
  readonly gate: GateName;
  /** The only port it drops segments of. */
  readonly ofPort?: number;
  readonly isClosed: boolean;
  readonly words: string;
}

export interface NoteRow {
  readonly kind: 'note';
  readonly atMs: number;
  /** -1 when it is about no single host. */
  readonly host: number;
  readonly words: string;
  /** A check failed there. */
  readonly isFailure?: true;
}

/** Nothing of what a ladder shows happened for so long. */
export interface IdleRow {
  readonly kind: 'idle';
  readonly atMs: number;
  readonly ms: number;
}

/** What is told above and beside all rows. */
export interface LadderHead {
  /** The hosts' names and addresses, in the order of their columns. */
  readonly hosts: readonly { readonly name: string; readonly addresses: readonly string[] }[];
  /** Whether there is more than one connection, so that ports must be told. */
  readonly hasManyPorts: boolean;
  /** The port of the only connection; what is told of another port belongs to another socket. */
  readonly onlyPort?: number;
}

export interface Ladder extends LadderHead {
  readonly rows: readonly LadderRow[];
}
