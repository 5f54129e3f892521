import { tracedWords } from '../observe/lines.ts';
import type {
  GateEvent,
  OutputEvent,
  SegmentEvent,
  SocketEvent,
  TimelineEvent,
  TraceEvent,
} from '../observe/timeline.ts';
import { withoutControlSequences } from './control-sequences.ts';

/** An event that happened on a host rather than between two. */
export type LocalEvent = Exclude<TimelineEvent, SegmentEvent>;

/** An event in a few words, without its time and host; undefined when it is of no interest to people. */
export function eventWords(event: LocalEvent): string | undefined {
  switch (event.kind) {
    case 'socket':
      return stateWords(event);
    case 'gate':
      return gateWords(event);
    case 'program':
      return event.action === 'started' ? `${event.program} starts` : `${event.program} ends: ${event.how}`;
    case 'output':
      return outputWords(event);
    case 'step':
      return event.text;
    case 'ss':
      return event.text === '' ? 'ss prints nothing: there is no TCP socket' : `ss: ${event.text}`;
    case 'file':
      return `${event.name} is read`;
    case 'counter':
      return `${event.name} ${event.value}`;
    case 'loss':
      return `the capture misses ${event.segments} segments: there were too many at once`;
    case 'trace':
      return traceWords(event);
  }
}

/** `SYN_SENT → ESTABLISHED`; a socket that is gone is in CLOSED. Queues and timers are not told. */
function stateWords({ change, socket, was }: SocketEvent): string | undefined {
  if (change === 'gone') return `${socket.state} → CLOSED`;
  if (change === 'appeared') return socket.state;
  return was === undefined ? undefined : `${was} → ${socket.state}`;
}

export function gateWords({ gate, port, action, dropped }: GateEvent): string {
  const name = port === undefined ? `gate ${gate}` : `gate ${gate} of port ${port}`;
  return action === 'closed' ? `${name} closed` : `${name} opened, it dropped ${dropped}`;
}

/** Changes of state, and what a reset was for; that one came, or a segment was sent again, the arrows show. */
function traceWords(event: TraceEvent): string | undefined {
  const { tracepoint } = event;
  if (tracepoint === 'inet_sock_set_state') return tracedWords(event);
  return tracepoint === 'tcp_send_reset' && event.reason !== undefined ? tracedWords(event) : undefined;
}

/** What a program printed; no empty lines, and nothing of Node's own places in a stack trace. */
function outputWords({ stream, text }: OutputEvent): string | undefined {
  if (text.trim() === '' || /^(node:internal\/|\s+at .*\bnode:)/.test(text)) return undefined;
  return `${stream === 'stdout' ? '>' : '!'} ${printable(text)}`;
}

/** What a program printed, without escape sequences and control characters: it must not move the reader's cursor. */
function printable(text: string): string {
  return withoutControlSequences(text.replaceAll('\t', '  ')).replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, '·');
}
