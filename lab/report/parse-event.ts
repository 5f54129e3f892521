import { GATE_NAMES } from '../gate/kinds.ts';
import type { Fields } from '../observe/fields.ts';
import type { SocketRecord } from '../observe/sock-diag.ts';
import type { SegmentEvent, SocketEvent, TimelineEvent } from '../observe/timeline.ts';
import { TIMER_KINDS } from '../observe/timer-kinds.ts';
import type { Traced } from '../observe/trace-hit.ts';
import { type Endpoint, parseAddress } from '../tcp/address.ts';
import { decodePacket } from '../tcp/packet.ts';
import { STATES } from '../tcp/states.ts';

const TRACED: readonly Traced['tracepoint'][] = [
  'inet_sock_set_state',
  'tcp_send_reset',
  'tcp_receive_reset',
  'tcp_retransmit_skb',
  'tcp_retransmit_synack',
];

type Kind = TimelineEvent['kind'];
type Reader = (fields: Fields, at: { readonly atMs: number }) => TimelineEvent;

const READERS: Readonly<Record<Kind, Reader>> = {
  socket: readSocketEvent,
  segment: readSegmentEvent,
  gate: (fields, { atMs }) => ({
    kind: 'gate',
    atMs,
    host: fields.text('host'),
    gate: fields.oneOf('gate', GATE_NAMES),
    ...(fields.has('port') ? { port: fields.count('port', 0, 65_535) } : {}),
    action: fields.oneOf('action', ['closed', 'opened']),
    dropped: fields.count('dropped'),
  }),
  program: (fields, { atMs }) => ({
    kind: 'program',
    atMs,
    host: fields.text('host'),
    program: fields.text('program'),
    pid: fields.count('pid'),
    action: fields.oneOf('action', ['started', 'ended']),
    ...(fields.has('how') ? { how: fields.text('how') } : {}),
    ...(fields.has('because') ? { because: fields.text('because') } : {}),
    ...(fields.has('advice') ? { advice: fields.text('advice') } : {}),
  }),
  output: (fields, { atMs }) => ({
    kind: 'output',
    atMs,
    host: fields.text('host'),
    program: fields.text('program'),
    stream: fields.oneOf('stream', ['stdout', 'stderr']),
    text: fields.text('text'),
  }),
  step: (fields, { atMs }) => ({
    kind: 'step',
    atMs,
    ...(fields.has('host') ? { host: fields.text('host') } : {}),
    text: fields.text('text'),
  }),
  ss: (fields, { atMs }) => ({ kind: 'ss', atMs, host: fields.text('host'), text: fields.text('text') }),
  file: (fields, { atMs }) => ({ kind: 'file', atMs, name: fields.text('name'), text: fields.text('text') }),
  counter: (fields, { atMs }) => ({
    kind: 'counter',
    atMs,
    host: fields.text('host'),
    name: fields.text('name'),
    value: fields.count('value'),
  }),
  loss: (fields, { atMs }) => ({
    kind: 'loss',
    atMs,
    host: fields.text('host'),
    segments: fields.count('segments'),
  }),
  trace: (fields, { atMs }) => ({
    kind: 'trace',
    atMs,
    host: fields.text('host'),
    cookie: fields.text('cookie'),
    local: readEndpoint(fields.object('local')),
    remote: readEndpoint(fields.object('remote')),
    ...readTraced(fields),
  }),
};

const KINDS = Object.keys(READERS) as readonly Kind[];

/** The event that one saved line holds. @throws FieldError, PacketError when its packet is none. */
export function parseEvent(fields: Fields): TimelineEvent {
  const kind = fields.oneOf('kind', KINDS);
  return READERS[kind](fields, { atMs: fields.amount('atMs') });
}

function readSegmentEvent(fields: Fields, { atMs }: { readonly atMs: number }): SegmentEvent {
  const packet = fields.bytes('packet');
  return {
    kind: 'segment',
    atMs,
    from: fields.text('from'),
    to: fields.text('to'),
    segment: decodePacket(packet).segment,
    packet,
    length: fields.count('length'),
    checksumOk: fields.truth('checksumOk'),
    ...(fields.has('loopback') && fields.truth('loopback') ? { loopback: true } : {}),
  };
}

function readTraced(fields: Fields): Traced {
  const tracepoint = fields.oneOf('tracepoint', TRACED);
  if (tracepoint === 'inet_sock_set_state') {
    return { tracepoint, from: fields.oneOf('from', STATES), to: fields.oneOf('to', STATES) };
  }
  if (tracepoint !== 'tcp_send_reset' || !fields.has('reason')) return { tracepoint };
  return { tracepoint, reason: fields.text('reason') };
}

function readSocketEvent(fields: Fields, { atMs }: { readonly atMs: number }): SocketEvent {
  return {
    kind: 'socket',
    atMs,
    host: fields.text('host'),
    change: fields.oneOf('change', ['appeared', 'changed', 'gone']),
    socket: readSocket(fields.object('socket')),
    ...(fields.has('was') ? { was: fields.oneOf('was', STATES) } : {}),
    ...(fields.has('seenMs') ? { seenMs: fields.amount('seenMs') } : {}),
  };
}

function readSocket(fields: Fields): SocketRecord {
  return {
    cookie: fields.text('cookie'),
    state: fields.oneOf('state', STATES),
    local: readEndpoint(fields.object('local')),
    remote: readEndpoint(fields.object('remote')),
    receiveQueue: fields.count('receiveQueue'),
    sendQueue: fields.count('sendQueue'),
    timer: fields.oneOf('timer', TIMER_KINDS),
    timerMs: fields.count('timerMs'),
    retransmits: fields.count('retransmits'),
    uid: fields.count('uid'),
    inode: fields.count('inode'),
  };
}

/** @throws AddressError */
function readEndpoint(fields: Fields): Endpoint {
  const address = fields.text('address');
  parseAddress(address);
  return { address, port: fields.count('port', 0, 65_535) };
}
