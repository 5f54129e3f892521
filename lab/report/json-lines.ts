import { FieldError, Fields } from '../observe/fields.ts';
import type { TimelineData, TimelineEvent, TimelineHeader } from '../observe/timeline.ts';
import { AddressError } from '../tcp/address.ts';
import { PacketError } from '../tcp/packet.ts';
import { eventToJson } from './event-json.ts';
import { parseEvent } from './parse-event.ts';
import { parseHeader } from './parse-header.ts';

/** Text that is no saved timeline. `line` counts from 1. */
export class TimelineFormatError extends Error {
  override readonly name = 'TimelineFormatError';
  readonly code: 'empty' | 'not-json' | 'header' | 'event';
  readonly line: number;

  constructor(code: TimelineFormatError['code'], line: number, sentence: string, cause?: unknown) {
    super(`line ${line} of the timeline: ${sentence}`, { cause });
    this.code = code;
    this.line = line;
  }
}

/** A timeline as JSON Lines: the header in the first line, then one event a line. */
export function toJsonLines(timeline: TimelineData): string {
  const lines = [timeline.header, ...timeline.events.map(eventToJson)];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/**
 * The timeline in text that `toJsonLines` wrote. Empty lines count but hold nothing; members it does not know are ignored.
 * @throws TimelineFormatError with the number of the line, for another schema too.
 */
export function parseJsonLines(text: string): TimelineData {
  let header: TimelineHeader | undefined;
  const events: TimelineEvent[] = [];
  for (const [n, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    if (header === undefined) header = readLine('header', n + 1, line, parseHeader);
    else events.push(readLine('event', n + 1, line, parseEvent));
  }
  if (header === undefined) throw new TimelineFormatError('empty', 1, 'there is no header');
  return { header, events };
}

function readLine<T>(code: 'header' | 'event', line: number, text: string, read: (fields: Fields) => T): T {
  try {
    return read(new Fields(JSON.parse(text)));
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new TimelineFormatError('not-json', line, `no JSON: ${error.message}`, error);
    if (error instanceof FieldError || error instanceof PacketError || error instanceof AddressError)
      throw new TimelineFormatError(code, line, error.message, error);
    throw error;
  }
}
