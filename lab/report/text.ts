import type { TimelineData } from '../observe/timeline.ts';
import { TextLines, type TextOptions } from './text-lines.ts';

/** A whole timeline as text for people, a line an event, with a line end after each. */
export function renderText(timeline: TimelineData, options: TextOptions = {}): string {
  const lines = new TextLines(timeline.header.hosts, {
    ...options,
    traced: timeline.header.trace !== undefined,
  });
  const all = [...lines.heading(), ...timeline.events.flatMap((event) => lines.next(event))];
  return all.map((line) => `${line}\n`).join('');
}
