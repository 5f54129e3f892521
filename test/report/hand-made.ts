import type { SocketRecord } from '../../lab/observe/sock-diag.ts';
import type { SegmentEvent, SocketEvent, TimelineData, TimelineHeader } from '../../lab/observe/timeline.ts';
import { parseFlags } from '../../lab/tcp/flags.ts';
import type { Option } from '../../lab/tcp/options.ts';
import { decodePacket, encodePacket } from '../../lab/tcp/packet.ts';
import type { Segment } from '../../lab/tcp/segment.ts';
import type { State } from '../../lab/tcp/states.ts';

/** Timelines written by hand, so that renderers are tested where there is no Linux. */

const CLIENT = { address: '198.18.0.1', port: 40_000 };
const SERVER = { address: '198.18.0.2', port: 8_080 };

/** Initial sequence numbers; the client's wraps with its first byte. */
export const CLIENT_ISN = 0xffff_ffff;
export const SERVER_ISN = 7_000;

export const HEADER: TimelineHeader = {
  schema: 'tcplab/timeline/1',
  startedAt: '2026-01-02T03:04:05.678Z',
  startedAtNs: '1767323045678000999',
  kernel: '6.18.0',
  hosts: [
    { name: 'client', addresses: ['198.18.0.1'] },
    { name: 'server', addresses: ['198.18.0.2'], knobs: { tcp_fin_timeout: '2' } },
  ],
  knobs: { tcp_tw_reuse: '0' },
};

interface Fields {
  readonly seq?: number;
  readonly ack?: number;
  readonly payload?: string;
  readonly options?: readonly Option[];
  readonly port?: number;
}

/** A segment that arrived at the other host. Sequence numbers count from the sender's and receiver's initial ones. */
export function segment(
  atMs: number,
  from: 'client' | 'server',
  flags: string,
  fields: Fields = {},
): SegmentEvent {
  const client = { ...CLIENT, port: fields.port ?? CLIENT.port };
  const [source, destination] = from === 'client' ? [client, SERVER] : [SERVER, client];
  const [own, other] = from === 'client' ? [CLIENT_ISN, SERVER_ISN] : [SERVER_ISN, CLIENT_ISN];
  const mask = parseFlags(flags);
  const made: Segment = {
    source,
    destination,
    seq: (own + (fields.seq ?? 0)) >>> 0,
    ack: fields.ack === undefined ? 0 : (other + fields.ack) >>> 0,
    flags: mask,
    window: 64_240,
    urgent: 0,
    options: fields.options ?? [],
    payload: new TextEncoder().encode(fields.payload ?? ''),
  };
  return arrival(atMs, from, made);
}

/** Any segment as an event: with the packet it came in. */
export function arrival(atMs: number, from: 'client' | 'server', made: Segment): SegmentEvent {
  const packet = encodePacket(made);
  return {
    kind: 'segment',
    atMs,
    from,
    to: from === 'client' ? 'server' : 'client',
    segment: decodePacket(packet).segment,
    packet: new Uint8Array(packet),
    length: packet.length,
    checksumOk: true,
  };
}

/** A socket that appeared in a state, changed to it, or was last seen in it. */
export function socket(
  atMs: number,
  host: 'client' | 'server',
  state: State,
  change: { readonly was?: State; readonly gone?: true; readonly port?: number } = {},
): SocketEvent {
  const client = { ...CLIENT, port: change.port ?? CLIENT.port };
  const [local, remote] = host === 'client' ? [client, SERVER] : [SERVER, client];
  const record: SocketRecord = {
    cookie: state === 'LISTEN' ? 'f0' : host === 'client' ? 'c1' : 'd1',
    state,
    local,
    remote: state === 'LISTEN' ? { address: '0.0.0.0', port: 0 } : remote,
    receiveQueue: 0,
    sendQueue: 0,
    timer: 'none',
    timerMs: 0,
    retransmits: 0,
    uid: 1000,
    inode: 5,
  };
  const { was, gone } = change;
  if (gone) return { kind: 'socket', atMs, host, change: 'gone', socket: record, was: state };
  return was === undefined
    ? { kind: 'socket', atMs, host, change: 'appeared', socket: record }
    : { kind: 'socket', atMs, host, change: 'changed', socket: record, was };
}

const SYN_OPTIONS: readonly Option[] = [
  { kind: 'mss', mss: 1460 },
  { kind: 'sack-permitted' },
  { kind: 'timestamps', value: 4_123_456_789, echo: 0 },
  { kind: 'nop' },
  { kind: 'window-scale', shift: 10 },
];

/** One of every kind of event, in a connection whose client's FIN is held back once. */
export const HAND_MADE: TimelineData = {
  header: HEADER,
  events: [
    { kind: 'gate', atMs: 1, host: 'server', gate: 'fin', action: 'closed', dropped: 0 },
    { kind: 'program', atMs: 2, host: 'server', program: 'echo.ts', pid: 7, action: 'started' },
    socket(50, 'server', 'LISTEN'),
    { kind: 'program', atMs: 51, host: 'client', program: 'close.ts', pid: 9, action: 'started' },
    segment(99.94, 'client', 'S', { options: SYN_OPTIONS }),
    segment(99.96, 'server', 'S.', { ack: 1, options: SYN_OPTIONS }),
    socket(100, 'client', 'SYN_SENT'),
    socket(100, 'server', 'SYN_RCVD'),
    segment(100.1, 'client', '.', { seq: 1, ack: 1 }),
    socket(100.2, 'client', 'ESTABLISHED', { was: 'SYN_SENT' }),
    socket(100.3, 'server', 'ESTABLISHED', { was: 'SYN_RCVD' }),
    { ...socket(100.4, 'server', 'ESTABLISHED'), change: 'changed' },
    {
      kind: 'output',
      atMs: 101,
      host: 'client',
      program: 'close.ts',
      stream: 'stdout',
      text: '\u001b[31mhi\u001b[0m\ttab\u0007',
    },
    { kind: 'output', atMs: 101, host: 'client', program: 'close.ts', stream: 'stdout', text: '' },
    {
      kind: 'output',
      atMs: 102,
      host: 'server',
      program: 'echo.ts',
      stream: 'stderr',
      text: 'a long complaint that does not fit into the column of one host',
    },
    segment(110, 'client', 'P.', { seq: 1, ack: 1, payload: 'hello' }),
    segment(110.1, 'server', '.', { seq: 1, ack: 6 }),
    segment(120, 'client', 'F.', { seq: 6, ack: 1 }),
    socket(120.2, 'client', 'FIN_WAIT_1', { was: 'ESTABLISHED' }),
    { kind: 'ss', atMs: 121, host: 'client', text: 'FIN-WAIT-1 0 1 198.18.0.1:40000 198.18.0.2:8080' },
    segment(320, 'client', 'F.', { seq: 6, ack: 1 }),
    { kind: 'gate', atMs: 1500, host: 'server', gate: 'fin', action: 'opened', dropped: 2 },
    segment(1520, 'server', 'R.', { seq: 1, ack: 7 }),
    socket(1520.1, 'client', 'FIN_WAIT_1', { gone: true }),
    { kind: 'loss', atMs: 1600, host: 'server', segments: 3 },
    { kind: 'step', atMs: 1700, text: 'the play is over, and the lab stops what still runs' },
    {
      kind: 'program',
      atMs: 12_345.67,
      host: 'client',
      program: 'close.ts',
      pid: 9,
      action: 'ended',
      how: 'exit code 0',
    },
  ],
};
