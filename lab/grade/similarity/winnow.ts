/**
 * Winnowing: S. Schleimer, D. S. Wilkerson, A. Aiken, "Winnowing: Local Algorithms for Document Fingerprinting", SIGMOD 2003.
 * Of every `WINDOW` hashes in a row of `GRAM` tokens each, the smallest is kept. So no common passage shorter than `GRAM` tokens is
 * ever seen, and each of at least `GRAM + WINDOW - 1` tokens is.
 */
export const GRAM = 12;
export const WINDOW = 6;

/**
 * The hash of the `GRAM` tokens that begin at each position, as unsigned 32 bit; none for fewer tokens. Codes that are negative
 * stand for the ends of files: no gram has one, and its place has the hash -1.
 */
export function gramHashes(codes: readonly number[]): number[] {
  const hashes: number[] = [];
  let hole = -1;
  for (let n = 0; n < Math.min(GRAM, codes.length); n += 1) if ((codes[n] ?? 0) < 0) hole = n;
  for (let start = 0; start + GRAM <= codes.length; start += 1) {
    if ((codes[start + GRAM - 1] ?? 0) < 0) hole = start + GRAM - 1;
    hashes.push(hole >= start ? -1 : hashOf(codes, start));
  }
  return hashes;
}

function hashOf(codes: readonly number[], start: number): number {
  let hash = 0;
  for (let n = start; n < start + GRAM; n += 1) hash = Math.imul(hash, 0x01000193) + (codes[n] ?? 0) + 1;
  // The finish of MurmurHash3, so that the smallest hash is not that of the smallest tokens.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * The positions of the hashes that are kept, in their order: of each window the smallest, of several smallest the last.
 *
 * @param isStripped hashes that count as not there; a window of nothing else keeps none. -1 never counts
 */
export function winnow(hashes: readonly number[], isStripped: (hash: number) => boolean): number[] {
  const values = hashes.map((hash) => (hash < 0 || isStripped(hash) ? Number.POSITIVE_INFINITY : hash));
  const kept: number[] = [];
  let smallest = -1;
  for (let end = 0; end < values.length; end += 1) {
    const start = Math.max(0, end - WINDOW + 1);
    if (smallest < start) {
      smallest = start;
      for (let n = start; n <= end; n += 1) if (at(values, n) <= at(values, smallest)) smallest = n;
    } else if (at(values, end) <= at(values, smallest)) smallest = end;
    const isWhole = end >= WINDOW - 1 || end === values.length - 1;
    if (isWhole && at(values, smallest) < Number.POSITIVE_INFINITY && kept.at(-1) !== smallest)
      kept.push(smallest);
  }
  return kept;
}

function at(values: readonly number[], n: number): number {
  return values[n] ?? Number.POSITIVE_INFINITY;
}
