import type { TimelineEvent } from '../../observe/timeline.ts';
import { type Thread, type Threads, threadsOf } from './threads.ts';

/** A thread with more of it than this share may be drawn with gaps; a shorter one is there whole, or not at all. */
const LONG = 1 / 2;
/** What is of no thread may take up so much. */
const NOTES = 1 / 4;

/** Which events of a timeline are drawn, and which would be if there were room: by their places. */
export interface Choice {
  readonly drawn: ReadonlySet<number>;
  readonly leftOut: readonly number[];
}

/**
 * Chooses at most so many events for a picture: whole connections, those first that are nearest to one of the moments or to the
 * beginning. Of one that is too long, all states of its sockets and what is nearest to those moments, to its beginning and its end.
 * @param moments that matter, in milliseconds
 */
export function chooseEvents(
  events: readonly TimelineEvent[],
  moments: readonly number[],
  most: number,
): Choice {
  const all = threadsOf(events);
  const anchors = [0, ...moments.map((moment) => placeOf(events, moment))];
  const drawn = new Set(chosenNotes(all, anchors, Math.floor(most * NOTES)));
  for (const thread of all.threads.toSorted((a, b) => away(a, anchors) - away(b, anchors))) {
    const room = most - drawn.size;
    if (thread.size <= room) for (const place of placesOf(thread)) drawn.add(place);
    else if (thread.size > most * LONG) for (const place of partOf(thread, anchors, room)) drawn.add(place);
  }
  const places = [...all.threads.flatMap(placesOf), ...all.gates, ...all.notes].sort((a, b) => a - b);
  return { drawn, leftOut: places.filter((place) => !drawn.has(place)) };
}

/** Gates come first: without its end one would seem closed. */
function chosenNotes({ gates, notes }: Threads, anchors: readonly number[], most: number): number[] {
  const chosen = gates.slice(0, most);
  return [...chosen, ...nearest(notes, anchors, most - chosen.length)];
}

function placesOf({ sockets, segments }: Thread): number[] {
  return [...sockets.flat(), ...segments];
}

/** A part of a thread. A socket is in it with all its states, or not at all: it would seem to stay in one. */
function partOf(
  { sockets, segments, first, last }: Thread,
  anchors: readonly number[],
  room: number,
): number[] {
  const states: number[] = [];
  for (const places of sockets) if (states.length + places.length <= room * LONG) states.push(...places);
  return [...states, ...nearest(segments, [...anchors, first, last], room - states.length)];
}

/** Those of the places that are nearest to one of the anchors. */
function nearest(places: readonly number[], anchors: readonly number[], most: number): readonly number[] {
  if (places.length <= most) return places;
  const distance = (place: number): number => Math.min(...anchors.map((anchor) => Math.abs(anchor - place)));
  return places.toSorted((a, b) => distance(a) - distance(b)).slice(0, most);
}

/** How many events there are between a thread and the nearest anchor. */
function away({ first, last }: Thread, anchors: readonly number[]): number {
  return Math.min(...anchors.map((anchor) => Math.max(first - anchor, anchor - last, 0)));
}

/** The place of the last event up to a moment. */
function placeOf(events: readonly TimelineEvent[], moment: number): number {
  return Math.max(
    events.findLastIndex(({ atMs }) => atMs <= moment),
    0,
  );
}
