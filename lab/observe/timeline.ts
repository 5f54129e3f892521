import type { GateName } from '../gate/kinds.ts';
import type { Endpoint } from '../tcp/address.ts';
import type { Segment } from '../tcp/segment.ts';
import type { State } from '../tcp/states.ts';
import type { SocketRecord } from './sock-diag.ts';
import type { Traced } from './trace-hit.ts';

/** Every event carries its time in milliseconds since the timeline's start, on CLOCK_MONOTONIC. */
interface At {
  readonly atMs: number;
}

/** A row of a host's socket table appeared, changed, or went away (`socket` is then its last row). */
export interface SocketEvent extends At {
  readonly kind: 'socket';
  readonly host: string;
  readonly change: 'appeared' | 'changed' | 'gone';
  readonly socket: SocketRecord;
  /** The state before, when the state is what changed. */
  readonly was?: State;
  /** When a look last showed it in that state, in milliseconds: what changed did so between then and `atMs`. */
  readonly seenMs?: number;
}

/** A segment arrived at `to`, before any gate there. `from` is the host whose address it carries. */
export interface SegmentEvent extends At {
  readonly kind: 'segment';
  readonly from: string;
  readonly to: string;
  readonly segment: Segment;
  /** The IP packet, at most its first 2,048 bytes, and its length on the wire. */
  readonly packet: Uint8Array;
  readonly length: number;
  /** Loopback has no wrong ones: its kernel leaves them out, and does not look at them. */
  readonly checksumOk: boolean;
  /** It came over the host's own loopback: no other host has sent it, whatever address it carries. */
  readonly loopback?: true;
}

export interface GateEvent extends At {
  readonly kind: 'gate';
  readonly host: string;
  readonly gate: GateName;
  /** The only port of the host that it drops segments of; absent when it drops those of every port. */
  readonly port?: number;
  readonly action: 'closed' | 'opened';
  /** Segments the gate had dropped by then. */
  readonly dropped: number;
}

export interface ProgramEvent extends At {
  readonly kind: 'program';
  readonly host: string;
  readonly program: string;
  readonly pid: number;
  readonly action: 'started' | 'ended';
  /** How it ended: an exit code or a signal, in words. */
  readonly how?: string;
  /** The same as a sentence, with the error that ended it and its place; absent when the lab stopped it. */
  readonly because?: string;
  /** What to do about that, when there is something to say. */
  readonly advice?: string;
}

/** One line that a program printed, for people: no verdict is ever drawn from it. */
export interface OutputEvent extends At {
  readonly kind: 'output';
  readonly host: string;
  readonly program: string;
  readonly stream: 'stdout' | 'stderr';
  /** Without its line end, at most 1,000 characters. */
  readonly text: string;
}

/** What the lab did or saw, in words. */
export interface StepEvent extends At {
  readonly kind: 'step';
  readonly host?: string;
  readonly text: string;
}

/** A line that `ss` printed. */
export interface SsEvent extends At {
  readonly kind: 'ss';
  readonly host: string;
  readonly text: string;
}

/** A file of the student's that is no program, as it was when the run began: answers, which are part of what is judged. */
export interface FileEvent extends At {
  readonly kind: 'file';
  /** `answers.json`. */
  readonly name: string;
  /** At most 64 KiB of it. */
  readonly text: string;
}

/** What a counter of the host's network stack showed when it was read: `ListenOverflows`, as `nstat` names it. */
export interface CounterEvent extends At {
  readonly kind: 'counter';
  readonly host: string;
  readonly name: string;
  readonly value: number;
}

/** A witness could not keep up: the timeline may miss so many segments. */
export interface LossEvent extends At {
  readonly kind: 'loss';
  readonly host: string;
  readonly segments: number;
}

/**
 * The kernel's own account of a socket, from a tracepoint: every change of state, however short the state was, and every reset
 * and retransmission. Requests (a passive SYN_RCVD) and TIME_WAIT are no sockets to it, so it never tells of them.
 */
export type TraceEvent = At &
  Traced & {
    readonly kind: 'trace';
    readonly host: string;
    /** As sock_diag has it, like both ends. */
    readonly cookie: string;
    readonly local: Endpoint;
    readonly remote: Endpoint;
  };

export type TimelineEvent =
  | SocketEvent
  | SegmentEvent
  | GateEvent
  | ProgramEvent
  | OutputEvent
  | StepEvent
  | SsEvent
  | FileEvent
  | CounterEvent
  | LossEvent
  | TraceEvent;

/** What a timeline says about itself, once. */
export interface TimelineHeader {
  readonly schema: 'tcplab/timeline/1';
  /** ISO 8601, when the timeline began. */
  readonly startedAt: string;
  /** The same instant in nanoseconds since 1970, a decimal number; capture files need more than ISO 8601 shows. */
  readonly startedAtNs: string;
  readonly kernel: string;
  readonly hosts: readonly HostHeader[];
  /** The knobs that every host was given the same. */
  readonly knobs: Readonly<Record<string, string>>;
  /** Absent when the tracepoints were not asked for, or could not be had. */
  readonly trace?: TraceHeader;
}

/** How far the tracepoints can be relied on. */
export interface TraceHeader {
  /** Hits at the addresses of this run that could not be tied to exactly one socket of it; perhaps they are another run's. */
  readonly leftOut: number;
  /** Hits on the whole machine that the kernel counted and did not record. What was traced may have so many gaps. */
  readonly lost: number;
  /** How many sockets' hits were tied to another socket, as its end has shown. */
  readonly mistaken: number;
}

export interface HostHeader {
  readonly name: string;
  readonly addresses: readonly string[];
  /** The knobs of this host that differ from the others'; absent when none does. */
  readonly knobs?: Readonly<Record<string, string>>;
}

/** Plain data: everything that was seen in a run, in order. */
export interface TimelineData {
  readonly header: TimelineHeader;
  readonly events: readonly TimelineEvent[];
}
