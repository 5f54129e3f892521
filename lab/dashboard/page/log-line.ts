import { type EventWords, gateWords } from '../../report/words.ts';
import type { EventTold } from '../protocol.ts';

/** What the lab did, or what a program printed: a line for people. */
export interface LogLine {
  readonly kind: 'step' | 'program' | 'stdout' | 'stderr';
  readonly atMs: number;
  readonly host: string | undefined;
  /** In a language; what programs print stays as it is. */
  readonly say: (words: EventWords) => string;
}

/** The line that an event gives the log, if it gives one. Pure. */
export function logLine(event: EventTold): LogLine | undefined {
  const { atMs } = event;
  if (event.kind === 'step')
    return { kind: 'step', atMs, host: event.host, say: ({ says }) => says(event.text) };
  if (event.kind === 'output') return { kind: event.stream, atMs, host: event.host, say: () => event.text };
  if (event.kind === 'program') {
    const { action, program, because = event.how, advice } = event;
    const say: LogLine['say'] = ({ starts, ends, says }) =>
      action === 'started'
        ? starts(program)
        : ends(
            program,
            [because, advice].flatMap((part) => (part === undefined ? [] : [says(part)])).join(' '),
          );
    return { kind: 'program', atMs, host: event.host, say };
  }
  if (event.kind === 'gate') {
    return { kind: 'step', atMs, host: event.host, say: (words) => gateWords(event, words) };
  }
  return undefined;
}
