import { BOX, END, PLACES, type Point } from '../../../report/state-diagram-places.ts';
import type { Token } from './tokens.ts';

/** The size of a token, in the diagram's units. */
export const TOKEN = { width: 164, height: 28 };
/** From one token of a stack to the next. */
const STEP = 30;

/** Where the middle of each token is, on the state diagram: on the lower edge of its state's box, and one below the other. Pure. */
export function tokenPlaces(tokens: readonly Token[]): (Token & Point)[] {
  const stacked = new Map<string, number>();
  return tokens.map((token) => {
    const box = isAtEnd(token) ? END : PLACES[token.state];
    const place = `${box.x} ${box.y}`;
    const n = stacked.get(place) ?? 0;
    stacked.set(place, n + 1);
    return { ...token, x: box.x, y: box.y + BOX.height / 2 + 8 + n * STEP };
  });
}

/** The figure has CLOSED twice: a connection ends at the lower one, a listener and an attempt where they began. */
function isAtEnd({ left }: Token): boolean {
  return left !== undefined && left !== 'LISTEN' && left !== 'SYN_SENT';
}
