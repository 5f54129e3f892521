import type { LeftOut } from '../../grade/sketch/left-out.ts';
import { sketchText } from '../../grade/sketch/sketch.ts';
import { Fields } from '../../observe/fields.ts';
import type { TimelineData } from '../../observe/timeline.ts';
import { parseJsonLines } from '../json-lines.ts';

/** What a sketch holds: as much of a run's timeline as is drawn, and what of it is not. */
export interface Sketched {
  readonly timeline: TimelineData;
  readonly leftOut: readonly LeftOut[];
}

/** The inverse of `sketchOf`. @throws Error when it is no sketch: of zlib, JSON, TimelineFormatError or FieldError */
export function readSketch(sketch: string): Sketched {
  const text = sketchText(sketch);
  const timeline = parseJsonLines(text);
  const header = new Fields(JSON.parse(text.slice(0, text.indexOf('\n'))));
  const leftOut = header.list('leftOut', (gap) => ({
    fromMs: gap.amount('fromMs'),
    toMs: gap.amount('toMs'),
    segments: gap.count('segments'),
    states: gap.count('states'),
    others: gap.count('others'),
  }));
  return { timeline, leftOut };
}

/** `Left out: 9,812 segments, 98 changes of state`. */
export function leftOutWords({ segments, states, others }: LeftOut): string {
  const parts = [
    ...counted(segments, 'segment', 'segments'),
    ...counted(states, 'change of state', 'changes of state'),
    ...counted(others, 'note', 'notes'),
  ];
  return `Left out: ${parts.join(', ')}`;
}

function counted(count: number, one: string, many: string): string[] {
  return count === 0 ? [] : [`${count.toLocaleString('en')} ${count === 1 ? one : many}`];
}
