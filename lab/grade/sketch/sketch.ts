import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import type { TimelineData } from '../../observe/timeline.ts';
import { chooseEvents } from './choose.ts';
import { gapsOf } from './left-out.ts';
import { nothingAt, reducedEvent } from './reduced-event.ts';

/** Events in a sketch at most: a ladder of them is some pages long. */
export const MOST_EVENTS = 160;
/** Characters of a sketch at most. */
export const MOST_CHARACTERS = 16_384;
/** Bytes that a sketch may become when it is read. */
const MOST_BYTES = 1 << 22;

/**
 * What there is to draw of a run, so small that its row can carry it: a saved timeline with only what a ladder and a track show, of
 * long runs a part (`chooseEvents`), compressed, in base64. Its first line also has what was left out, as `leftOut`.
 * @param moments those that matter, in milliseconds
 * @returns `MOST_CHARACTERS` of ASCII at most
 */
export function sketchOf(timeline: TimelineData, moments: readonly number[]): string {
  for (let most = MOST_EVENTS; ; most = Math.floor(most / 2)) {
    const sketch = packed(linesOf(timeline, moments, most));
    if (sketch.length <= MOST_CHARACTERS || most === 0) return sketch;
  }
}

/** The saved timeline in a sketch. @throws Error when it is none */
export function sketchText(sketch: string): string {
  return brotliDecompressSync(Buffer.from(sketch, 'base64'), { maxOutputLength: MOST_BYTES }).toString(
    'utf8',
  );
}

function linesOf({ header, events }: TimelineData, moments: readonly number[], most: number): string {
  const { drawn, leftOut } = chooseEvents(events, moments, most);
  const { knobs: _knobs, hosts, ...about } = header;
  const first = {
    ...about,
    hosts: hosts.map(({ name, addresses }) => ({ name, addresses })),
    knobs: {},
    leftOut: gapsOf(events, drawn, leftOut),
  };
  const kept = events.filter((_, n) => drawn.has(n)).map(reducedEvent);
  const end = drawn.has(events.length - 1) ? [] : events.slice(-1).map(nothingAt);
  return [first, ...kept, ...end].map((line) => `${JSON.stringify(line)}\n`).join('');
}

function packed(text: string): string {
  const bytes = Buffer.from(text);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 6, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return brotliCompressSync(bytes, { params }).toString('base64');
}
