import { duration } from '../../exercise/judge/life.ts';
import { oneLine } from '../../grade/formats/plain-text.ts';
import type { GateEvent, TimelineData } from '../../observe/timeline.ts';
import { livesOf, type SocketLife } from '../lives.ts';
import { ENGLISH, type PictureWords } from '../picture-words.ts';
import { type DrawingOptions, label, svgDocument, svgText, tidy } from '../svg.ts';
import { type Bar, barsOf } from './bars.ts';
import { foldedScale, type Scale } from './scale.ts';

const WIDTH = 960;
const LEFT = 176;
/** From the last moment to the edge. */
const MARGIN = 20;
const TOP = 40;
const BAR = 24;
const LANE = 17;
const GAP = 14;
/** More sockets than this are counted, and not drawn. */
const MOST = 40;

/** A gate of a host while it was closed, in milliseconds. */
interface Closed {
  readonly gate: string;
  readonly fromMs: number;
  readonly toMs: number;
}

export interface TrackSvgOptions extends DrawingOptions {
  /** Pixels; 960 when not said. */
  readonly width?: number;
  /** When it was looked last: a run that goes on is longer than to its last event. */
  readonly lookedMs?: number;
  /** When checks failed, in milliseconds. */
  readonly failedMs?: readonly number[];
}

/**
 * Each socket of a run as a bar through time, a piece a state with its name: one SVG document. A piece that is too short for its
 * name has it above. Long times in which nothing changes are folded.
 */
export function trackSvg(timeline: TimelineData, options: TrackSvgOptions = {}): string {
  const { width = WIDTH, words = ENGLISH } = options;
  const right = width - MARGIN;
  const endMs = Math.max(timeline.events.at(-1)?.atMs ?? 0, options.lookedMs ?? 0);
  const lives = livesOf(timeline, endMs);
  const drawn = lives.slice(0, MOST);
  const gates = timeline.header.hosts.map(({ name }) => closedOf(timeline, name, endMs, words));
  const failed = [...new Set((options.failedMs ?? []).map((atMs) => Math.min(atMs, endMs)))];
  const moments = [
    ...failed,
    ...drawn.flatMap(({ stays, goneMs }) => [...stays.map(({ fromMs }) => fromMs), goneMs ?? endMs]),
    ...gates.flat().flatMap(({ fromMs, toMs }) => [fromMs, toMs]),
  ];
  const lengths = drawn.flatMap(({ stays }) => stays.map(({ fromMs, toMs }) => toMs - fromMs));
  const scale = foldedScale(moments, LEFT, right, Math.min(...lengths.filter((ms) => ms > 0)));
  const rows: string[] = [];
  let y = TOP;
  for (const [n, { name }] of timeline.header.hosts.entries()) {
    const own = drawn.filter(({ host }) => host === name);
    const closed = gates[n] ?? [];
    if (own.length === 0 && closed.length === 0) continue;
    rows.push(label(12, y + 18, name, { look: 'strong' }));
    y += 28;
    for (const gate of closed) {
      rows.push(gateMarkup(gate, scale, y, words));
      y += BAR + 4;
    }
    for (const life of own) {
      const { bars, lanes } = barsOf(life, scale, right, words);
      const top = y + lanes * LANE;
      rows.push(label(24, top + 16, nameOf(life), { look: 'soft number' }));
      rows.push(...bars.map((bar) => barMarkup(bar, top)));
      y = top + BAR + GAP;
    }
  }
  const more = lives.length - drawn.length;
  const said = words.track;
  const foot = [
    said.times,
    ...(scale.folds.length > 0 ? [said.folded] : []),
    ...(lives.some(({ goneMs }) => goneMs === undefined) ? [said.lasting] : []),
    ...(failed.length > 0 ? [said.failed] : []),
    ...(more > 0 ? [said.more(more)] : []),
  ].join(' · ');
  const body = [
    ...foldsMarkup(scale, y),
    ...failed.map((atMs) => failureMarkup(scale.place(atMs), y)),
    ...rows,
    ...ticks(moments, scale, right),
    label(12, y + 20, lives.length === 0 ? said.noSocket : foot, { look: 'soft small' }),
  ];
  return svgDocument(said.title, { width, height: Math.ceil(y + 34) }, body, options);
}

function nameOf({ local, remote }: SocketLife): string {
  return remote.port === 0 ? `:${local.port}` : `:${local.port} → :${remote.port}`;
}

function barMarkup(bar: Bar, top: number): string {
  const { state, x, width, words, lane, labelX, title } = bar;
  const rect = `<rect x="${tidy(x)}" y="${top}" width="${tidy(width)}" height="${BAR}"/>`;
  const open = `<g class="state s-${state}"><title>${svgText(title)}</title>${rect}`;
  if (lane === undefined)
    return `${open}${label(labelX, top + 17, words, { at: 'middle', look: 'within' })}</g>`;
  const base = top - lane * LANE - 5;
  const leader = `<line class="leader" x1="${tidy(x + 1)}" y1="${base + 2}" x2="${tidy(x + 1)}" y2="${top}"/>`;
  return `${open}${leader}${label(labelX, base, words, { look: 'beside on-ground' })}</g>`;
}

function gateMarkup(
  { gate, fromMs, toMs }: Closed,
  scale: Scale,
  top: number,
  { track }: PictureWords,
): string {
  const x = scale.place(fromMs);
  const width = Math.max(scale.place(toMs) - x, 2);
  const words = track.gateClosed(duration(toMs - fromMs));
  return (
    `<g class="gate"><rect class="closed" x="${tidy(x)}" y="${top + 4}" width="${tidy(width)}" height="16"/>` +
    `${label(24, top + 17, gate, { look: 'small' })}${width > 150 ? label(x + width / 2, top + 17, words, { at: 'middle', look: 'on-ground small' }) : ''}</g>`
  );
}

function foldsMarkup({ folds }: Scale, bottom: number): string[] {
  let last = Number.NEGATIVE_INFINITY;
  return folds.flatMap(({ from, to, fromMs, toMs }) => {
    const middle = (from + to) / 2;
    const hasRoom = middle - last > 50;
    if (hasRoom) last = middle;
    return [
      ...[from + 6, to - 6].map(
        (x) =>
          `<line class="rule fold" x1="${tidy(x)}" y1="${TOP - 14}" x2="${tidy(x)}" y2="${tidy(bottom)}"/>`,
      ),
      ...(hasRoom
        ? [label(middle, TOP - 16, duration(toMs - fromMs), { at: 'middle', look: 'soft small' })]
        : []),
    ];
  });
}

function failureMarkup(x: number, bottom: number): string {
  return (
    `<line class="failing" x1="${tidy(x)}" y1="${TOP + 28}" x2="${tidy(x)}" y2="${tidy(bottom)}"/>` +
    label(x, TOP + 24, '✘', { at: 'middle', look: 'failure strong' })
  );
}

/** The times of what can be told apart on the axis, from left to right, at a distance that can be read. */
function ticks(moments: readonly number[], scale: Scale, right: number): string[] {
  let last = Number.NEGATIVE_INFINITY;
  return [...new Set(moments)]
    .sort((a, b) => a - b)
    .flatMap((atMs) => {
      const x = scale.place(atMs);
      const middle = Math.min(x, right - 16);
      if (middle - last < 54) return [];
      last = middle;
      return [
        label(middle, TOP + 2, atMs.toFixed(1), { at: 'middle', look: 'soft small number' }),
        `<line class="rule" x1="${tidy(x)}" y1="${TOP + 6}" x2="${tidy(x)}" y2="${TOP + 11}"/>`,
      ];
    });
}

function closedOf({ events }: TimelineData, host: string, endMs: number, { track }: PictureWords): Closed[] {
  const own = events.filter((event): event is GateEvent => event.kind === 'gate' && event.host === host);
  return own.flatMap((event, n) => {
    if (event.action !== 'closed') return [];
    const opens = own.slice(n + 1).find(({ gate, port }) => gate === event.gate && port === event.port);
    const name = event.port === undefined ? track.gate(event.gate) : `${event.gate} :${event.port}`;
    return [{ gate: oneLine(name), fromMs: event.atMs, toMs: opens?.atMs ?? endMs }];
  });
}
