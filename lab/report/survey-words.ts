import type { StateCounts } from '../survey/counts.ts';
import type { Listener } from '../survey/listeners.ts';

/** `3 of 511`: what waits for accept(2), and the limit. */
export function acceptQueue({ acceptQueue, acceptLimit }: Listener): string {
  return `${acceptQueue} of ${acceptLimit}`;
}

/** `3 of 512`; without a limit where every SYN is answered with a cookie. */
export function halfOpen({ halfOpen, halfOpenLimit }: Listener): string {
  return halfOpenLimit === undefined ? `${halfOpen} (only cookies)` : `${halfOpen} of ${halfOpenLimit}`;
}

/** `ESTABLISHED 380, TIME_WAIT 20`, most sockets first, in at most `width` characters. */
export function statesInWords(states: StateCounts, width: number): string {
  const words = Object.entries(states)
    .sort(([, a], [, b]) => b - a)
    .map(([state, count]) => `${state} ${count}`);
  const whole = words.join(', ');
  if (whole.length <= width) return whole;
  let text = '';
  for (const word of words) {
    if (text.length + word.length + ', …'.length > width) break;
    text += `${word}, `;
  }
  return `${text}…`;
}
