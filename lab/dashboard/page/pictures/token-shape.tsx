import type { JSX } from 'preact';

/** Each host's tokens have a shape of their own, so that they can be told without colours. */
const SHAPES: readonly string[] = [
  'M0 -6 a6 6 0 1 0 .01 0z',
  'M-5.5 -5.5 h11 v11 h-11z',
  'M0 -7 l7 7 -7 7 -7 -7z',
  'M0 -7 l7 12.5 h-14z',
];

/** @param host a place among the timeline's hosts */
export function TokenShape({ host, x }: { readonly host: number; readonly x: number }): JSX.Element {
  return <path class="shape" d={SHAPES[Math.max(host, 0) % SHAPES.length]} transform={`translate(${x} 0)`} />;
}
