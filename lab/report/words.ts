import { tracedWords } from '../observe/lines.ts';
import type { GateEvent, OutputEvent, SocketEvent, TraceEvent } from '../observe/timeline.ts';
import type { LocalEvent } from '../observe/told-states.ts';
import { withoutControlSequences } from './control-sequences.ts';

/** What is said of events, but for what programs and the kernel say of themselves. */
export interface EventWords {
  /** Says in these words' language what the lab has said of the run in English. */
  readonly says: (english: string) => string;
  readonly starts: (program: string) => string;
  readonly ends: (program: string, how: string) => string;
  readonly misses: (segments: number) => string;
  /** A gate's name, and the only port it drops segments of. */
  readonly gate: (gate: string, port: number | undefined) => string;
  /** `gate` is what the above says. */
  readonly closed: (gate: string) => string;
  readonly opened: (gate: string, dropped: number) => string;
}

export const WORDS_OF_EVENTS: EventWords = {
  says: (english) => english,
  starts: (program) => `${program} starts`,
  ends: (program, how) => `${program} ends: ${how}`,
  misses: (segments) => `the capture misses ${segments} segments: there were too many at once`,
  gate: (gate, port) => (port === undefined ? `gate ${gate}` : `gate ${gate} of port ${port}`),
  closed: (gate) => `${gate} closed`,
  opened: (gate, dropped) => `${gate} opened, it dropped ${dropped}`,
};

/** An event in a few words, without its time and host; undefined when it is of no interest to people. */
export function eventWords(event: LocalEvent, words = WORDS_OF_EVENTS): string | undefined {
  switch (event.kind) {
    case 'socket':
      return stateWords(event);
    case 'gate':
      return gateWords(event, words);
    case 'program':
      return event.action === 'started'
        ? words.starts(event.program)
        : words.ends(event.program, words.says(event.how ?? ''));
    case 'output':
      return outputWords(event);
    case 'step':
      return words.says(event.text);
    case 'ss':
      return event.text === '' ? 'ss prints nothing: there is no TCP socket' : `ss: ${event.text}`;
    case 'file':
      return `${event.name} is read`;
    case 'counter':
      return `${event.name} ${event.value}`;
    case 'loss':
      return words.misses(event.segments);
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

export function gateWords({ gate, port, action, dropped }: GateEvent, words = WORDS_OF_EVENTS): string {
  const name = words.gate(gate, port);
  return action === 'closed' ? words.closed(name) : words.opened(name, dropped);
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
